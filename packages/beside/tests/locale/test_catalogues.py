import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
PLACES = re.compile(
    r"%\(\w+\)s|\{\w+\}|`[^`]+`|\b(?:WHICH|NAME|FILE|WORDS|ADDRESS|COUNTRY|VALUE)\b"
)


@pytest.fixture(scope="module")
def catalogues():
    where = importlib.util.spec_from_file_location("catalogues", ROOT / "scripts/catalogues.py")
    module = importlib.util.module_from_spec(where)
    where.loader.exec_module(module)
    return module


def languages(catalogues):
    found = sorted(catalogues.LOCALE.glob("*/LC_MESSAGES/beside.po"))
    assert found
    return found


def test_the_template_has_every_sentence_that_the_surfaces_say(catalogues):
    stale = catalogues.written(catalogues.extracted()) != catalogues.TEMPLATE.read_bytes()
    assert not stale, "run scripts/catalogues.py"


def test_no_sentence_is_untranslated_or_guessed(catalogues):
    for path in languages(catalogues):
        catalog = catalogues.translated(path, catalogues.extracted())
        for message in catalog:
            assert not (message.id and message.fuzzy), message.id
            words = message.string if isinstance(message.string, tuple) else (message.string,)
            assert all(words), message.id


def test_a_translation_has_the_same_places_commands_and_names(catalogues):
    for path in languages(catalogues):
        for message in catalogues.translated(path, catalogues.extracted()):
            if not message.id:
                continue
            said = message.id if isinstance(message.id, tuple) else (message.id,)
            told = message.string if isinstance(message.string, tuple) else (message.string,)
            for source, words in zip(said, told, strict=True):
                assert sorted(set(PLACES.findall(source))) == sorted(set(PLACES.findall(words)))


def test_what_is_compiled_is_what_is_written(catalogues):
    for path in languages(catalogues):
        catalog = catalogues.translated(path, catalogues.extracted())
        assert path.with_suffix(".mo").read_bytes() == catalogues.compiled(catalog)


def test_no_sentence_hides_where_it_cannot_be_found(catalogues):
    hidden = re.compile(r"""f("[^"\n]*_\('|'[^'\n]*_\(")""")
    for path in catalogues.SOURCE.rglob("*.py"):
        assert not hidden.search(path.read_text("utf-8")), path.name
