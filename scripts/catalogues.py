"""Bring the catalogues of the interface up to date: `beside.pot`, `beside.po`, `beside.mo`.

Run it after a visible sentence has changed, translate what is then empty or fuzzy in `beside.po`,
and run it again. The tests fail where a sentence is untranslated or a catalogue is stale.
"""

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parent.parent / "packages" / "beside"
SOURCE = PACKAGE / "src" / "beside"
LOCALE = SOURCE / "locale"
TEMPLATE = LOCALE / "beside.pot"
BEGUN = datetime(2026, 11, 22, tzinfo=UTC)
"""The date in the headers; the history has the others."""


def extracted() -> Catalog:
    """Every visible sentence of the surfaces, as the sources have it."""
    with (PACKAGE / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    catalog = Catalog(
        project="Beside",
        version="0.1",
        copyright_holder="The Beside authors",
        msgid_bugs_address="beside",
        header_comment="# What the surfaces of Beside say.\n#",
        creation_date=BEGUN,
        fuzzy=False,
    )
    for file, _line, message, comments, context in extract_from_dir(
        SOURCE, methods, options, {**DEFAULT_KEYWORDS, "Sentence": None}
    ):
        catalog.add(message, None, [(file, 1)], auto_comments=comments, context=context)
    return catalog


def translated(path: Path, template: Catalog) -> Catalog:
    """The translation at `path`, brought up to date with the template."""
    with path.open("rb") as file:
        catalog = read_po(file)
    catalog.update(template, no_fuzzy_matching=False)
    catalog.obsolete.clear()
    catalog.creation_date = catalog.revision_date = BEGUN
    catalog.version = template.version
    catalog.header_comment = template.header_comment
    catalog.msgid_bugs_address = template.msgid_bugs_address
    return catalog


def written(catalog: Catalog) -> bytes:
    """A catalogue as text, always in the same order."""
    out = io.BytesIO()
    write_po(out, catalog, width=100, sort_output=True, include_lineno=False)
    return out.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """A catalogue as gettext reads it."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def main() -> None:
    """Bring everything up to date."""
    template = extracted()
    TEMPLATE.write_bytes(written(template))
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/beside.po")):
        catalog = translated(path, template)
        path.write_bytes(written(catalog))
        path.with_suffix(".mo").write_bytes(compiled(catalog))


if __name__ == "__main__":
    main()
