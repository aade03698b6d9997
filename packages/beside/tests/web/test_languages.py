import re
from gettext import NullTranslations
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from beside.settings import Settings
from beside.surfaces.language import LANGUAGES, choose, translation
from beside.surfaces.web.app import create_app
from beside.voices.scripted import ScriptedVoice
from beside.wiring import Beside

PASSPHRASE = "warm rain on slate"
ORIGIN = {"Origin": "http://127.0.0.1:8787"}
OWN = re.compile(r"http://\S+|Beside|Esc|English|Nederlands|JSONL|Markdown|·{3}|[‹›·:.,]|\d+|☎")
"""What is the same in every language, between translated sentences."""
COUNTRY = re.compile("[A-Z]{2}")
FREE = {"line", "words", "code", "number", "who", "known"}
"""Where words stand that are no sentence of ours: what someone said, numbers and their sources."""
SPOKEN = ("title", "aria-label", "placeholder", "data-answering", "data-lost")


class Pseudo(NullTranslations):
    """A language in which a translated sentence can be told from a forgotten one."""

    def gettext(self, message: str) -> str:
        return f"⟦{message} ~~~⟧"

    def ngettext(self, one: str, more: str, number: int) -> str:
        return f"⟦{one if number == 1 else more} ~~~⟧"


class Visible(HTMLParser):
    """The words of a page that are not inside a translated sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[str, bool]] = []
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        classes = set((given.get("class") or "").split())
        free = bool(classes & FREE) or tag in ("script", "code", "textarea", "time")
        own_name = tag == "option" and (
            given.get("lang") or COUNTRY.fullmatch(given["value"] or "")
        )
        free = free or bool(own_name) or given.get("translate") == "no"
        self.found += [given[name] for name in SPOKEN if given.get(name)]
        if tag not in ("input", "meta", "link", "br", "hr", "circle"):
            self.stack.append((tag, free or (bool(self.stack) and self.stack[-1][1])))

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not (self.stack and self.stack[-1][1]):
            self.found.append(data)


def forgotten(page: str) -> list[str]:
    visible = Visible()
    visible.feed(page)
    left = [_without(_without(each)) for each in visible.found]
    return [each.strip() for each in left if OWN.sub("", each).strip()]


def _without(text: str) -> str:
    return re.sub(r"⟦[^⟦⟧]*⟧", "", text)


@pytest.fixture
def pseudo(tmp_path: Path):
    settings = Settings(data_folder=tmp_path, voice="scripted", country="NL")
    beside = Beside.open(settings, voices={"scripted": ScriptedVoice(["12 34."], fail_after=2)})
    app = create_app(beside, port=8787, translate=lambda _language: Pseudo())
    with TestClient(app, base_url="http://127.0.0.1:8787") as client:
        yield client


def test_no_page_says_anything_that_is_not_translated(pseudo):
    seen: dict[str, list[str]] = {}
    page = ""

    def take(name: str, answer) -> str:
        nonlocal page
        page = answer.text
        if missed := forgotten(page):
            seen[name] = missed
        return page

    def get(path: str) -> str:
        return take(path, pseudo.get(path))

    def post(path: str, **fields: str) -> str:
        key = re.search(r'name="key" value="([^"]+)"', page)[1]
        return take(f"POST {path}", pseudo.post(path, data={"key": key, **fields}, headers=ORIGIN))

    get("/")
    post("/begin", passphrase="x", again="x")
    post("/begin", passphrase=PASSPHRASE, again=PASSPHRASE)
    post("/recovery-key")
    post("/recovery-key", kept="yes")
    post("/talk", words="")
    post("/talk", words="12")
    talk = "/talk/" + re.search(r'action="/talk/(\w+)"', page)[1]
    reply = re.findall(r'class="turn reply" id="turn-(\w+)"', page)[0]
    pseudo.get(f"{talk}/words/{reply}")
    get(talk)
    post(f"{talk}/again", turn=reply)
    mine = re.findall(r'class="turn mine" id="turn-(\w+)"', page)[0]
    for path in (f"{talk}/edit/{mine}", f"{talk}/erase/{mine}", f"{talk}/erase", "/", "/reach"):
        get(path)
    for path in ("/conversations", "/settings", "/settings/erase", "/carry", "/about", "/nothing"):
        get(path)
    post("/conversations", words="12")
    post("/settings/lines", name="12", number="x")
    post("/settings/lines", name="12", number="34")
    post("/settings/notes", note="12")
    post("/settings/passphrase", old="x", passphrase="y", again="z")
    get("/voices")
    post("/voices/add", name="x y", address="z", model="12")
    post("/voices/add", name="12", address="https://34.example", model="12")
    get("/voices/agree/12")
    post("/carry/import")
    post("/untraced/begin")
    post("/lock")
    post("/unlock", passphrase="not this one")
    get("/recover")
    post("/talk", words="12")
    post("/leave")
    assert seen == {}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_page_speaks_the_readers_language_until_another_is_chosen(reader, language):
    page = reader.get("/begin", **{"Accept-Language": f"{language},en;q=0.1"})
    assert f'<html lang="{language}"' in page
    assert translation(language).gettext("Reach a person") in page


def test_dutch_is_dutch(reader):
    page = reader.get("/begin", **{"Accept-Language": "nl-BE,nl;q=0.9"})
    for words in ("Welkom.", "Bereik een mens", "Wat het bewaart", "Snel weg", "Nederland"):
        assert words in page
    assert "Welcome" not in page


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (None, "en"),
        ("pt", "en"),
        ("pt,nl;q=0.5", "nl"),
        ("en;q=0.2,nl;q=0.8", "nl"),
        ("x;q=y", "en"),
    ],
)
def test_the_first_language_of_the_reader_that_there_is_counts(asked, given):
    assert choose(asked) == given


def test_a_chosen_language_counts_more_than_the_readers():
    assert choose("en", "nl") == "nl"
