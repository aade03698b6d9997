"""Every sentence of the command line goes through gettext: with a pseudo-language, none is bare."""

import io
import re
from pathlib import Path

import babel.messages.extract as extracting
import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo

from beside.surfaces import language

SURFACES = Path(language.__file__).parent
KEYWORDS = {"_": None, "gettext": None, "N_": None, "Sentence": None}
BARE = re.compile(r"⟦[^⟧]*⟧")


SIGNS = (
    r"beside( [a-z-]+)*( \[[A-Z]+\])*",
    r"--[a-z0-9-]+|-h,",
    r"\[?[A-Z]+[a-z0-9|\[\]<=.x]*\]?(\.\.\.)?",
)
"""What stands in help and is no sentence: commands, options, what they take."""


def sentences():
    for folder in (SURFACES / "cli", SURFACES):
        for path in folder.glob("*.py"):
            with path.open("rb") as file:
                for _, found, _, _ in extracting.extract("python", file, KEYWORDS):
                    yield found


@pytest.fixture
def pseudo(tmp_path, monkeypatch):
    """A folder of languages in which Dutch is English in brackets."""
    catalog = Catalog(locale="nl")
    for sentence in sentences():
        paragraphs = (f"⟦{each}⟧" for each in sentence.split("\n\n"))
        catalog.add(sentence, string="\n\n".join(paragraphs))
    written = io.BytesIO()
    write_mo(written, catalog)
    at = tmp_path / "locale" / "nl" / "LC_MESSAGES"
    at.mkdir(parents=True)
    (at / "beside.mo").write_bytes(written.getvalue())
    monkeypatch.setattr(language, "LOCALE_FOLDER", tmp_path / "locale")
    import gettext

    monkeypatch.setattr(gettext, "_translations", {})
    return catalog


def bare_words(text):
    """What is left when the bracketed sentences are taken away."""
    flat = " ".join(text.split())
    while BARE.search(flat):
        flat = BARE.sub("", flat)
    return flat


def commands():
    from beside.surfaces.cli.program import COMMANDS

    yield []
    for name in COMMANDS:
        yield [name]
    yield from (["voices", n] for n in ("choose", "try", "add", "add-server", "find", "remove"))
    yield from (["settings", n] for n in ("set", "unset"))


@pytest.mark.usefixtures("pseudo")
@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_the_help_of_every_command_is_translated(beside, command):
    shown = beside("--language", "nl", *command, "--help").stdout
    left = bare_words(shown)
    for sign in SIGNS:
        left = re.sub(sign, "", left)
    words = set(re.findall(r"[a-z]{3,}", left))
    names = {n for each in commands() for word in each for n in word.split("-")} | {
        "en",
        "nl",
        "bash",
        "zsh",
        "fish",
    }
    choices = {"markdown", "jsonl", "suffering", "issue", "chat", "default", "range"}
    assert words <= names | choices, words


@pytest.mark.usefixtures("pseudo")
def test_what_commands_say_is_translated(beside, journal):
    nl = ["--language", "nl"]
    for command in (
        ["tlak"],
        ["erase"],
        ["export", "--format", "pdf"],
        ["talk", "--nonsense"],
        ["settings", "set", "nonsense", "1"],
        ["conversations", "7", "--passphrase-file", journal],
        ["conversations", "--passphrase-file", "none"],
        ["search", "zebra", "--passphrase-file", journal],
        ["restore", "none", "--passphrase-file", journal],
        ["import", "none"],
    ):
        shown = beside(*nl, *command).output
        assert "⟦" in shown, command
        assert not re.search(r"[A-Za-z]+ [a-z]+ [a-z]+", bare_words(shown)), shown


def test_every_sentence_with_names_in_it_names_them():
    for sentence in sentences():
        assert "{}" not in sentence
        assert "%s" not in sentence
