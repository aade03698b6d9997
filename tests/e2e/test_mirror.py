"""The whole way of the mirror in a real browser: by keyboard alone, seen by axe, and on paper."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from packages.beside.tests.mirror.sessions import TALK
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser

CONSENT = "She agreed on 4 May that I look at this by myself."
MOST_TABS = 120


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what has the focus is this."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by Tab")


def clean(page: Page) -> None:
    """Nothing that axe finds."""
    page.wait_for_load_state()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()[:1500]


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A window in which axe may run."""
    context = chromium.new_context(
        viewport={"width": 1000, "height": 720}, bypass_csp=True, locale="en-GB"
    )
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def brought(begun, served):
    """A page on which the speakers of a pasted conversation are corrected, by keyboard."""
    page = begun
    page.goto(f"{served.address}/mirror")
    tab_to(page, "#words")
    page.keyboard.insert_text(TALK)
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mirror/new/*")
    return page


def keep_and_mark(page: Page) -> None:
    tab_to(page, "#consent")
    page.keyboard.insert_text(CONSENT)
    tab_to(page, "button[value=keep]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your own mark first")).to_be_visible()


def put_mark(page: Page) -> None:
    tab_to(page, "#mark")
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    tab_to(page, "#words")
    page.keyboard.insert_text("I was there at the end.")
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="One question")).to_be_visible(timeout=120_000)


def test_the_whole_way_goes_by_keyboard_alone(brought):
    page = brought
    tab_to(page, "#role-A")
    expect(page.locator("#role-A")).to_have_value("practitioner")
    page.keyboard.press("ArrowDown")
    tab_to(page, "#role-B")
    page.keyboard.press("ArrowUp")
    tab_to(page, "button[value=correct]")
    page.keyboard.press("Enter")
    expect(page.locator("#role-A")).to_have_value("person")
    expect(page.locator("#role-B")).to_have_value("practitioner")
    tab_to(page, "#role-A")
    page.keyboard.press("ArrowUp")
    tab_to(page, "#role-B")
    page.keyboard.press("ArrowDown")
    keep_and_mark(page)
    assert not re.search(r"between \d\.\d and", page.content())
    put_mark(page)
    expect(page.locator("main")).to_contain_text("at 62 of 100")
    expect(page.locator("mark").filter(has_text="You should").first).to_be_visible()
    tab_to(page, "figure summary")
    page.keyboard.press("Enter")
    expect(page.locator("figure table").first).to_be_visible()
    tab_to(page, "a[href$='/take']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/take")
    tab_to(page, "#part-rewordings")
    page.keyboard.press("Space")
    tab_to(page, "main form button")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".html")


def test_axe_finds_nothing_on_the_way_and_paper_holds_what_was_seen(brought, served):
    page = brought
    clean(page)
    keep_and_mark(page)
    clean(page)
    put_mark(page)
    for summary in page.locator("main summary").all():
        summary.click()
    clean(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="One question")).to_be_visible()
    expect(page.locator("svg.picture").first).to_be_visible()
    expect(page.locator(".strip")).to_be_hidden()
    expect(page.locator("nav.sheet")).to_be_hidden()
    page.emulate_media(media="screen")
    where = page.url.split("#")[0]
    for path in (f"{where}/take", f"{where}/erase", f"{where}?mark"):
        page.goto(path)
        clean(page)
    for path in ("/mirror", "/mirror/room", "/mirror/time"):
        page.goto(served.address + path)
        clean(page)


CUT_OFF = """[...document.querySelectorAll('main *')].filter((e) => {
  const box = e.getBoundingClientRect();
  const inside = e.closest('.unseen, .wide, svg, details:not([open]) > :not(summary)');
  return box.width && !inside && (box.right > innerWidth + 1 || box.left < -1);
}).map((e) => e.outerHTML.slice(0, 90))"""


def test_in_every_theme_and_on_a_narrow_screen_what_is_seen_can_be_read(brought, served):
    page = brought
    keep_and_mark(page)
    put_mark(page)
    where = page.url.split("#")[0]
    paths = (where, f"{where}/take", f"{where}?mark", f"{served.address}/mirror/room")
    for theme in ("dark", "contrast"):
        look = {"name": "beside_look", "value": f"-.{theme}.NL", "url": served.address}
        page.context.add_cookies([look])
        for path in paths:
            page.goto(path)
            clean(page)
    page.set_viewport_size({"width": 320, "height": 720})
    for path in paths:
        page.goto(path)
        assert page.evaluate(CUT_OFF) == [], path
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), path


def test_what_is_taken_along_opens_alone_prints_and_passes_axe(brought, tmp_path):
    page = brought
    keep_and_mark(page)
    put_mark(page)
    page.goto(page.url.split("#")[0] + "/take")
    with page.expect_download() as download:
        page.get_by_role("button", name="Make the file").click()
    file = tmp_path / "report.html"
    download.value.save_as(file)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert [each for each in asked if not each.startswith("file:")] == []
    clean(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="One question")).to_be_visible()
    expect(page.locator("figure table").first).to_be_visible()
    assert page.locator("script").count() == 0
    assert CONSENT in page.content()


def test_where_there_is_room_the_words_stand_in_the_middle_and_what_is_tied_to_them_beside(brought):
    page = brought
    keep_and_mark(page)
    put_mark(page)

    def box(selector: str) -> dict[str, float]:
        found = page.locator(selector).first.bounding_box()
        assert found is not None
        return found

    expect(page.locator(".noted").first).to_be_hidden()
    expect(page.get_by_role("heading", name="What opened")).to_be_visible()
    page.set_viewport_size({"width": 1440, "height": 900})
    words, note = box("#turn-5 .words"), box("#turn-5 .noted.closed")
    assert note["x"] >= words["x"] + words["width"]
    assert abs(note["y"] - words["y"]) < 60
    opened = page.locator(".noted.opened").first.bounding_box()
    assert opened is not None
    assert opened["x"] + opened["width"] <= words["x"]
    assert abs(words["x"] + words["width"] / 2 - 720) < 40
    expect(page.locator("#opened")).to_be_hidden()
    assert box("#said")["y"] < box("#profile")["y"]
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    clean(page)
    page.emulate_media(media="print")
    expect(page.locator("#opened")).to_be_visible()
    expect(page.locator(".noted").first).to_be_hidden()
