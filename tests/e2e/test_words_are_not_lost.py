"""What was typed stays with the person, whatever the page has missed meanwhile."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

pytestmark = pytest.mark.browser

PASSPHRASE = "warm rain on slate"


def say(page: Page, words: str) -> None:
    page.fill("#words", words)
    page.keyboard.press("Enter")
    expect(page.locator(".mine .words").last).to_have_text(words)
    expect(page.locator("[data-words]")).to_have_count(0)


@pytest.fixture
def lock_elsewhere(begun: Page, context: BrowserContext, served):
    """Beside is locked in another tab; this one does not know it yet."""

    def lock(*, and_unlock: bool) -> None:
        other = context.new_page()
        other.goto(served.address)
        other.get_by_role("button", name="Lock").click()
        expect(other).to_have_url(served.address + "/unlock")
        if and_unlock:
            other.get_by_label("Passphrase").fill(PASSPHRASE)
            other.get_by_role("button", name="Unlock").click()
            expect(other).to_have_url(served.address + "/")
        begun.bring_to_front()

    return lock


def test_leaving_quickly_locks_also_from_a_page_of_before_the_last_unlock(
    begun, served, lock_elsewhere
):
    say(begun, "the blue kettle")
    # This tab stays in sight all the while, so it has not noticed.
    begun.evaluate(
        "document.addEventListener('visibilitychange', e => e.stopImmediatePropagation(), true)"
    )
    lock_elsewhere(and_unlock=True)
    begun.keyboard.press("Escape")
    begun.keyboard.press("Escape")
    expect(begun).to_have_url(served.address + "/away")
    assert served.beside._open["me"].locked


def test_words_said_on_a_page_of_before_the_last_unlock_come_back_to_be_said(begun, lock_elsewhere):
    say(begun, "first")
    lock_elsewhere(and_unlock=True)
    begun.fill("#words", "the blue kettle")
    begun.keyboard.press("Enter")
    expect(begun.get_by_role("heading", name="Once more, please.")).to_be_visible()
    expect(begun.locator("#words")).to_have_value("the blue kettle")
    begun.get_by_role("button", name="Say it").click()
    expect(begun.locator(".mine .words").last).to_have_text("the blue kettle")


def test_words_said_on_a_page_that_is_locked_by_now_are_in_the_box_after_the_unlock(
    begun, lock_elsewhere
):
    say(begun, "first")
    where = begun.url.partition("#")[0]
    begun.evaluate(
        "document.addEventListener('visibilitychange', e => e.stopImmediatePropagation(), true)"
    )
    lock_elsewhere(and_unlock=False)
    begun.fill("#words", "the blue kettle")
    begun.keyboard.press("Enter")
    expect(begun.get_by_text("What you just wrote is not lost")).to_be_visible()
    begun.get_by_label("Passphrase").fill(PASSPHRASE)
    begun.get_by_role("button", name="Unlock").click()
    expect(begun).to_have_url(re.compile(re.escape(where)))
    expect(begun.locator("#words")).to_have_value("the blue kettle")


def test_words_for_a_conversation_that_was_erased_elsewhere_stay_in_the_box(
    begun, context: BrowserContext
):
    say(begun, "first")
    other = context.new_page()
    other.goto(begun.url.partition("#")[0] + "/erase")
    other.locator("main button").first.click()
    expect(other).to_have_url(re.compile("/conversations$"))
    begun.bring_to_front()
    begun.fill("#words", "the blue kettle")
    begun.keyboard.press("Enter")
    expect(begun.locator("#notice")).to_contain_text("may have been erased")
    expect(begun.locator("#words")).to_have_value("the blue kettle")


def test_what_is_typed_while_the_words_are_on_their_way_stays_in_the_box(begun):
    say(begun, "first")
    held: list[Route] = []
    begun.route(re.compile("/talk/[^/]+$"), lambda route: held.append(route))
    begun.fill("#words", "second")
    with begun.expect_request(re.compile("/talk/[^/]+$")):
        begun.keyboard.press("Enter")
    begun.locator("#words").press_sequentially(" and a third")
    held[0].continue_()
    expect(begun.locator(".mine .words").last).to_have_text("second")
    expect(begun.locator("#words")).to_have_value("and a third")
