"""Every page in every theme: nothing that axe finds, and what axe cannot see."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from packages.beside.tests.mirror.sessions import TALK
from playwright.sync_api import Browser, Page, expect

from beside.voices.scripted import ScriptedVoice

pytestmark = pytest.mark.browser

PASSPHRASE = "warm rain on slate"
THEMES = ("light", "dark", "contrast")


@pytest.fixture
def voices():
    replies = [
        "**Yes.**\n\n- one\n- two\n\n> quoted\n\n`code`",
        "Second.",
        "Third one. And more of it.",
    ]
    return {"scripted": ScriptedVoice(replies)}


def open_page(chromium: Browser, address: str, theme: str, width: int = 1000) -> Page:
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, bypass_csp=True, locale="en-GB"
    )
    context.set_default_timeout(30_000)
    look = {"name": "beside_look", "value": f"-.{theme}.NL", "url": address}
    context.add_cookies([look])
    return context.new_page()


def every_page(page: Page, address: str):
    """Walk through all pages; gives the name of each while it is shown."""

    def go(path: str) -> str:
        page.goto(address + path)
        return path

    page.goto(address)
    yield "first start"
    page.fill("#passphrase", "short")
    page.fill("#again", "short")
    page.click("main button.main")
    page.get_by_role("alert").wait_for()
    yield "first start, refused"
    page.fill("#passphrase", PASSPHRASE)
    page.fill("#again", PASSPHRASE)
    page.click("main button.main")
    page.wait_for_url("**/recovery-key")
    yield "recovery key"
    page.check("#kept")
    page.click("main button.main")
    page.wait_for_url(address + "/")
    yield "new conversation"
    for words in ("I lie awake.", "I took the pills and I want to die."):
        page.wait_for_load_state()
        page.fill("#words", words)
        page.keyboard.press("Enter")
        page.locator(".mine", has_text=words).wait_for()
        expect(page.locator("[data-words]")).to_have_count(0)
    page.reload()
    talk = page.url.removeprefix(address).split("#")[0]
    page.locator(".reply .more-of-turn summary").first.click()
    page.get_by_role("button", name="Try again").first.click()
    expect(page.locator(".branch")).to_have_count(1)
    expect(page.locator("[data-words]")).to_have_count(0)
    for summary in page.locator("main summary").all():
        summary.click()
    yield "conversation"
    page.fill("#words", "x" * 20_001)
    page.get_by_role("button", name="Say it").click()
    page.get_by_role("alert").wait_for()
    yield "conversation, refused"
    page.locator("summary", has_text="Reach a person").click()
    yield "card"
    turn = page.locator(".mine").first.get_attribute("id").removeprefix("turn-")
    yield go(f"{talk}/edit/{turn}")
    yield go(f"{talk}/erase/{turn}")
    yield go(f"{talk}/erase")
    yield go("/conversations")
    page.fill("#find", "awake")
    page.keyboard.press("Enter")
    page.locator(".found").wait_for()
    yield "found"
    page.goto(address + "/settings")
    page.fill("#note", "I live by the sea.")
    page.keyboard.press("Enter")
    page.wait_for_url("**/settings#notes")
    page.fill("#line-name", "Aunt Ada")
    page.fill("#line-number", "020 555 01 23")
    page.keyboard.press("Enter")
    page.wait_for_url("**/settings#lines")
    yield "settings"
    page.goto(address + "/voices")
    page.fill("#voice-name", "far")
    page.fill("#model", "m")
    page.fill("#address", "http://models.example/v1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/voices#voice-far")
    yield "voices"
    yield go("/voices/agree/far")
    yield go("/carry")
    yield go("/about")
    yield go("/reach")
    yield go("/nothing")
    page.goto(address)
    page.get_by_role("button", name="Talk without a trace").click()
    page.wait_for_url("**/untraced/talk")
    yield "without a trace"
    yield go("/settings/erase")
    page.get_by_role("button", name="Lock").click()
    page.wait_for_url("**/unlock")
    yield "locked"
    page.fill("#passphrase", "not this one")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    yield "locked, refused"
    yield go("/recover")
    page.get_by_role("button", name="Leave quickly").click()
    page.wait_for_url("**/away")
    yield "away"


def every_page_of_the_mirror(page: Page, address: str):
    """The same for the mirror and for practising."""

    def go(path: str) -> str:
        page.goto(address + path)
        return path

    def press(selector: str) -> None:
        page.locator(selector).first.click()
        page.wait_for_load_state()

    page.goto(address)
    page.fill("#passphrase", PASSPHRASE)
    page.fill("#again", PASSPHRASE)
    page.click("main button.main")
    page.check("#kept")
    page.click("main button.main")
    page.wait_for_url(address + "/")
    yield go("/mirror")
    press("form[action='/mirror/read'] button")
    page.get_by_role("alert").wait_for()
    yield "mirror, refused"
    page.fill("#words", TALK)
    press("form[action='/mirror/read'] button")
    page.wait_for_url("**/mirror/new/*")
    yield "speakers"
    press("button[value=keep]")
    page.get_by_role("alert").wait_for()
    yield "speakers, refused"
    page.fill("#consent", "She agreed on 4 May.")
    press("button[value=keep]")
    page.locator("#mark").wait_for()
    yield "own mark"
    page.fill("#words", "I was there at the end.")
    press("form[action$='/mark'] button")
    page.locator("#question").wait_for(timeout=120_000)
    seen = page.url.removeprefix(address).split("#")[0]
    yield "what was seen"
    for summary in page.locator("main summary").all():
        summary.click()
    yield "what was seen, with its tables"
    yield go(f"{seen}?mark")
    yield go(f"{seen}/take")
    yield go(f"{seen}/erase")
    page.goto(address + "/mirror")
    page.locator("main summary").click()
    yield "mirror, with what was kept"
    yield go("/mirror/room")
    yield go("/practise")
    press("form[action^='/practise/own'] button")
    page.get_by_role("alert").wait_for()
    yield "practise, refused"
    press("button[value=ines]")
    page.wait_for_url("**/practise/*")
    for words in ("Take your time.", "You should sleep."):
        page.fill("#words", words)
        press("form[action$='/say'] button")
    yield "practice"
    page.locator("form[action$='/back'] button").last.click()
    page.wait_for_load_state()
    page.fill("#words", "I am here.")
    press("form[action$='/say'] button")
    yield "practice, another way"
    press("a[href$='/compare']")
    page.wait_for_url("**/compare")
    page.locator("main summary").click()
    yield "two ways"
    page.go_back()
    press("form[action$='/keep'] button")
    page.locator("#mark").wait_for()
    press("form[action$='/mark'] button")
    page.locator("#question").wait_for(timeout=120_000)
    yield "practice, seen"
    yield go("/mirror/time")


WALKS = pytest.mark.parametrize("walk", [every_page, every_page_of_the_mirror])


@WALKS
@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_on_any_page(chromium, served, theme, walk):
    page = open_page(chromium, served.address, theme)
    axe = Axe()
    found: dict[str, str] = {}
    seen = []
    for name in walk(page, served.address):
        page.wait_for_load_state()
        seen.append(name)
        results = axe.run(page)
        if results.violations_count:
            found[name] = results.generate_report()[:1500]
    page.context.close()
    assert len(seen) >= (25 if walk is every_page else 19)
    assert found == {}


TOO_WIDE = """[...document.querySelectorAll('body *')].filter((e) => {
  const box = e.getBoundingClientRect();
  const hidden = e.closest('.unseen, .skip, .wide, svg, details:not([open]) > :not(summary)');
  return box.width && !hidden && (box.right > innerWidth + 1 || box.left < -1);
}).map((e) => e.outerHTML.slice(0, 90))"""
TOO_SMALL = """[...document.querySelectorAll('a, button, summary, select, textarea, input')]
.filter((e) => {
  const box = e.getBoundingClientRect();
  const inline = getComputedStyle(e).display === 'inline';
  const hidden = e.closest('.unseen, .skip') || e.type === 'hidden' || e.labels?.length;
  return box.width && !hidden && !inline && (box.height < 24 || box.width < 24);
}).map((e) => e.outerHTML.slice(0, 90))"""


@WALKS
def test_at_320_pixels_nothing_is_cut_off_and_everything_can_be_hit(chromium, served, walk):
    page = open_page(chromium, served.address, "light", width=320)
    found: dict[str, list[str]] = {}
    for name in walk(page, served.address):
        page.wait_for_load_state()
        wrong = page.evaluate(TOO_WIDE) + page.evaluate(TOO_SMALL)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append("scrolls sideways")
        if wrong:
            found[name] = wrong
    page.context.close()
    assert found == {}


@WALKS
def test_with_the_text_twice_as_large_nothing_is_cut_off(chromium, served, walk):
    page = open_page(chromium, served.address, "light", width=1280)
    found: dict[str, list[str]] = {}
    for name in walk(page, served.address):
        page.wait_for_load_state()
        page.add_style_tag(content="html { font-size: 225% !important; }")
        wrong = page.evaluate(TOO_WIDE)
        if wrong:
            found[name] = wrong
    page.context.close()
    assert found == {}


@WALKS
def test_headings_and_landmarks_tell_the_page_to_the_ear(chromium, served, walk):
    page = open_page(chromium, served.address, "light")
    wrong: dict[str, str] = {}
    for name in walk(page, served.address):
        page.wait_for_load_state()
        if name == "away":
            continue
        if page.locator("h1").count() != 1 or page.locator("main").count() != 1:
            wrong[name] = "one main heading and one main part"
        if page.get_by_role("status").count() < 1:
            wrong[name] = "no status region"
        levels = [
            int(each.evaluate("e => e.tagName[1]")) for each in page.locator("h1,h2,h3").all()
        ]
        if any(b - a > 1 for a, b in zip(levels, levels[1:], strict=False)):
            wrong[name] = f"headings skip a level: {levels}"
    page.context.close()
    assert wrong == {}


def test_what_has_the_focus_can_be_seen(chromium, served):
    page = open_page(chromium, served.address, "light")
    page.goto(served.address)
    for _ in range(12):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " if (document.activeElement === document.body) return true;"
            " return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; })()"
        )
        assert seen, page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
    page.context.close()


def test_reduced_motion_is_respected_and_nothing_blinks(chromium, served):
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(served.address)
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter((e) => { const s = getComputedStyle(e);"
        " return s.animationName !== 'none' || parseFloat(s.transitionDuration) > 0; }).length"
    )
    assert moving == 0
    context.close()


def test_the_first_thing_that_tab_leads_to_is_a_person(chromium, served):
    page = open_page(chromium, served.address, "light")
    page.goto(served.address + "/about")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="112", exact=True)).to_be_visible()
    page.context.close()
