"""The whole way of a practice in a browser, by keyboard only, with axe on every page."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser


def reach(page: Page, words: str) -> None:
    """Press Tab until the link or the button that has the focus says these words."""
    page.wait_for_load_state("load")
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.locator("a:focus, button:focus, summary:focus").filter(has_text=words).count():
            return
    raise AssertionError(f"{words!r} cannot be reached by keyboard")


def sound(page: Page, where: str) -> None:
    """Nothing that axe finds, one main heading, nothing wider than the window."""
    results = Axe().run(page)
    assert results.violations_count == 0, f"{where}: {results.generate_report()[:1500]}"
    assert page.locator("h1").count() == 1, where
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide, f"{where} scrolls sideways"


def say(page: Page, words: str) -> None:
    page.locator("#words").focus()
    page.keyboard.type(words)
    reach(page, "Say it")
    page.keyboard.press("Enter")
    expect(page.locator(".practised .words", has_text=words)).to_be_visible(timeout=240_000)
    page.wait_for_load_state("load")


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A narrow window in which axe may run."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 800}, bypass_csp=True, locale="en-GB"
    )
    context.set_default_timeout(120_000)
    yield context
    context.close()


def test_a_practice_goes_its_whole_way_by_keyboard(begun, served):
    page = begun
    page.goto(served.address + "/practise")
    sound(page, "choosing")
    reach(page, "Be with them")
    page.keyboard.press("Enter")
    page.wait_for_url("**/practise/*")
    sound(page, "beginning")
    say(page, "Take your time.")
    say(page, "You should sleep more.")
    sound(page, "talking")
    reach(page, "Take turn 2 anew")
    page.keyboard.press("Enter")
    expect(page.locator("#words")).to_have_value("You should sleep more.")
    page.locator("#words").focus()
    page.keyboard.press("Control+a")
    say(page, "There is no hurry.")
    reach(page, "Lay two ways side by side")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare")
    sound(page, "comparing")
    expect(page.get_by_role("heading", name="Way 1")).to_be_visible()
    reach(page, "Go on")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Say it")).to_be_visible()
    reach(page, "End here, and look at it")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mirror/*")
    expect(page.get_by_role("heading", name="Your own mark first")).to_be_visible()
    expect(page.locator("svg.picture")).to_have_count(0)
