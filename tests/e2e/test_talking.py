"""A person and the page, in a real browser."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from beside.voices.scripted import ScriptedVoice

pytestmark = pytest.mark.browser

PASSPHRASE = "warm rain on slate"
SLOW = "One sentence is here now. Then there is a second one. And a third, which takes its time. "


@pytest.fixture
def slow(voices):
    """A voice that takes its time."""
    voices["scripted"] = ScriptedVoice([SLOW * 3], pieces_per_second=6)


def say(page: Page, words: str) -> None:
    page.wait_for_load_state()
    page.fill("#words", words)
    page.keyboard.press("Enter")
    expect(page.locator(".mine .words").last).to_have_text(words)


def spoken(page: Page) -> None:
    expect(page.locator("[data-words]")).to_have_count(0)
    expect(page.locator(".reply .words").last).not_to_be_empty()


def test_a_first_start_shows_the_recovery_key_once_and_opens_the_page(page, served):
    page.goto(served.address)
    expect(page).to_have_url(served.address + "/begin")
    expect(page.get_by_text("What it keeps")).to_be_visible()
    page.get_by_label("A passphrase").fill(PASSPHRASE)
    page.get_by_label("The same once more").fill(PASSPHRASE)
    page.get_by_role("button", name="Begin").click()
    key = page.locator(".recovery").inner_text()
    page.reload()
    expect(page.locator(".recovery")).to_have_text(key)
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("I have kept it.").check()
    page.get_by_role("button", name="Go on").click()
    expect(page).to_have_url(served.address + "/")
    assert key not in page.content()


def test_a_conversation_is_written_as_it_is_spoken_and_is_there_after_a_reload(begun):
    page = begun
    say(page, "I lie awake.")
    expect(page.locator(".reply .words").first).to_contain_text("I am here with it.")
    spoken(page)
    expect(page.locator("#words")).to_be_empty()
    say(page, "Since May.")
    expect(page.locator("#words")).to_be_focused()
    spoken(page)
    page.reload()
    expect(page.locator(".mine .words")).to_have_text(["I lie awake.", "Since May."])
    expect(page.locator(".reply .words")).to_have_count(2)


@pytest.mark.usefixtures("slow")
def test_one_status_region_speaks_at_the_boundaries_and_the_transcript_is_not_live(begun):
    page = begun
    say(page, "I lie awake.")
    status = page.get_by_role("status")
    expect(status).to_have_text("Beside is answering.")
    say(page, "wait")
    page.get_by_role("button", name="Stop").click()
    expect(status).to_have_text("Stopped here. What was said stays.")
    assert page.locator("#turns [aria-live], #turns [role=log], #turns [role=status]").count() == 0
    assert page.locator("[aria-live], [role=status], [role=log]").count() == 1


@pytest.mark.usefixtures("slow")
def test_stop_keeps_the_words_that_were_spoken(begun):
    page = begun
    say(page, "I lie awake.")
    expect(page.locator(".reply .words")).to_contain_text("One sentence is here now.")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".ending")).to_have_text("Stopped here.")
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    words = page.locator(".reply .words").inner_text()
    page.reload()
    assert page.locator(".reply .words").inner_text() == words


@pytest.mark.usefixtures("slow")
def test_a_reload_in_the_middle_of_a_reply_goes_on_where_it_is(begun):
    page = begun
    say(page, "I lie awake.")
    expect(page.locator(".reply .words")).to_contain_text("One sentence is here now.")
    page.reload()
    expect(page.locator(".reply .words")).to_contain_text("One sentence is here now.")
    expect(page.locator("[data-words]")).to_have_count(1)
    spoken(page)
    assert page.locator(".reply .words").inner_text().count("And a third") == 3


@pytest.mark.usefixtures("slow")
def test_closing_the_page_does_not_stop_the_reply(begun, context: BrowserContext):
    say(begun, "I lie awake.")
    where = begun.url
    begun.close()
    page = context.new_page()
    page.goto(where)
    spoken(page)
    assert page.locator(".reply .words").inner_text().count("And a third") == 3


def test_two_tabs_at_once_see_the_same_words_and_lose_none(begun, context: BrowserContext):
    say(begun, "said in the first")
    spoken(begun)
    other = context.new_page()
    other.goto(begun.url)
    say(other, "said in the second")
    spoken(other)
    say(begun, "said in the first again")
    spoken(begun)
    for page in (begun, other):
        page.reload()
        expect(page.locator(".mine .words")).to_have_text(
            ["said in the first", "said in the second", "said in the first again"]
        )


@pytest.mark.usefixtures("slow")
def test_two_tabs_listen_to_one_reply(begun, context: BrowserContext):
    say(begun, "I lie awake.")
    other = context.new_page()
    other.goto(begun.url)
    for page in (begun, other):
        spoken(page)
    assert (
        begun.locator(".reply .words").inner_text() == other.locator(".reply .words").inner_text()
    )


def test_enter_says_it_and_shift_with_enter_begins_a_line(begun):
    page = begun
    page.locator("#words").press_sequentially("one")
    page.keyboard.press("Shift+Enter")
    page.locator("#words").press_sequentially("two")
    page.keyboard.press("Enter")
    expect(page.locator(".mine .words")).to_have_text("one\ntwo", use_inner_text=True)


def test_enter_that_belongs_to_an_input_method_says_nothing(begun, context: BrowserContext):
    page = begun
    page.locator("#words").focus()
    tools = context.new_cdp_session(page)
    tools.send("Input.imeSetComposition", {"text": "にほ", "selectionStart": 2, "selectionEnd": 2})
    page.evaluate(
        "document.querySelector('#words').dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"
    )
    page.evaluate(
        "document.querySelector('#words').dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Enter', keyCode: 229, bubbles: true, cancelable: true}))"
    )
    assert "/talk/" not in page.url
    tools.send("Input.insertText", {"text": "日本"})
    expect(page.locator("#words")).to_have_value("日本")
    page.keyboard.press("Enter")
    expect(page.locator(".mine .words")).to_have_text("日本")


def test_enter_with_nothing_to_say_does_nothing(begun, served):
    begun.locator("#words").press("Enter")
    expect(begun).to_have_url(served.address + "/")


def test_a_draft_is_there_after_a_reload_and_in_no_storage_of_the_browser(begun):
    page = begun
    with page.expect_response("**/draft"):
        page.locator("#words").press_sequentially("half a sent")
    page.reload()
    expect(page.locator("#words")).to_have_value("half a sent")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    databases = page.evaluate("indexedDB.databases()")
    assert databases == []


@pytest.mark.usefixtures("slow")
def test_the_page_follows_the_newest_words_until_the_reader_scrolls_up(begun):
    page = begun
    page.set_viewport_size({"width": 500, "height": 560})
    for words in ("first", "second", "third"):
        say(page, words)
        page.get_by_role("button", name="Stop").click()
        spoken_or_stopped = page.locator("[data-words]")
        expect(spoken_or_stopped).to_have_count(0)
    say(page, "fourth")
    expect(page.locator(".reply .words").last).to_contain_text("a second one.")
    at_end = "Math.ceil(innerHeight + scrollY) >= document.documentElement.scrollHeight - 90"
    assert page.evaluate(at_end)
    page.mouse.move(200, 200)
    page.mouse.wheel(0, -400)
    page.wait_for_function(f"!({at_end})")
    there = page.evaluate("scrollY")
    expect(page.locator(".reply .words").last).to_contain_text("And a third")
    assert page.evaluate("scrollY") == there
    page.get_by_role("link", name="To the newest words").click()
    page.wait_for_function(at_end)


def test_the_lock_closes_the_page_and_back_shows_nothing(begun, served):
    page = begun
    say(page, "the blue kettle")
    spoken(page)
    page.get_by_role("button", name="Lock").click()
    expect(page).to_have_url(served.address + "/unlock")
    page.go_back()
    expect(page.get_by_role("heading", name="Beside is locked.")).to_be_visible()
    assert "kettle" not in page.content()
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Unlock").click()
    page.get_by_role("link", name="Go on with the conversation").click()
    expect(page.locator(".mine .words")).to_have_text("the blue kettle")
    expect(page.locator("#words")).to_be_empty()


def test_a_lock_in_another_tab_closes_this_one_when_it_is_seen(begun, context, served):
    say(begun, "the blue kettle")
    spoken(begun)
    other = context.new_page()
    other.goto(served.address)
    other.get_by_role("button", name="Lock").click()
    begun.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(begun).to_have_url(served.address + "/unlock")


@pytest.mark.parametrize("way", ["click", "keys"])
def test_leaving_quickly_empties_the_page_locks_and_back_shows_nothing(begun, served, way):
    page = begun
    say(page, "the blue kettle")
    spoken(page)
    if way == "click":
        page.get_by_role("button", name="Leave quickly").click()
    else:
        page.locator("#words").press("Escape")
        page.locator("#words").press("Escape")
    expect(page).to_have_url(served.address + "/away")
    assert "Beside" not in page.content().replace("/static/", "")
    page.go_back()
    assert "kettle" not in page.content()
    assert "Beside" not in page.title()
    page.goto(served.address)
    expect(page.get_by_role("heading", name="Beside is locked.")).to_be_visible()


def test_everything_can_be_taken_along(begun):
    page = begun
    say(page, "the blue kettle")
    spoken(page)
    page.goto(page.url.split("/talk")[0] + "/carry")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="All as JSONL").click()
    kept = waiting.value.path().read_text("utf-8")
    assert "the blue kettle" in kept
    assert re.fullmatch(r"beside-\d{4}-\d\d-\d\d\.jsonl", waiting.value.suggested_filename)


def test_everything_goes_by_keyboard_alone(page, served):
    def tab_to(name: str) -> None:
        page.wait_for_load_state()
        for _ in range(40):
            page.keyboard.press("Tab")
            active = "document.activeElement"
            named = page.evaluate(
                f"{active}.innerText || ({active}.labels || [])[0]?.innerText || ''"
            )
            if named.strip() == name:
                return
        raise AssertionError(f"Tab does not lead to {name!r}")

    def type_in(name: str, words: str) -> None:
        tab_to(name)
        page.keyboard.type(words)

    page.goto(served.address)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="112", exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    type_in("A passphrase", PASSPHRASE)
    type_in("The same once more", PASSPHRASE)
    tab_to("Begin")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recovery-key")
    tab_to("I have kept it.")
    page.keyboard.press("Space")
    tab_to("Go on")
    page.keyboard.press("Enter")
    expect(page.locator("#words")).to_be_focused()
    page.keyboard.type("I lie awake.")
    page.keyboard.press("Enter")
    spoken(page)
    tab_to("···")
    page.keyboard.press("Enter")
    tab_to("Say it differently")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/**")
    expect(page.locator("#words")).to_be_focused()
    page.keyboard.press("F1")
    expect(page.get_by_role("link", name="112", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="112", exact=True)).to_be_hidden()
    tab_to("Lock")
    page.keyboard.press("Enter")
    expect(page).to_have_url(served.address + "/unlock")


def test_everything_works_without_script(chromium: Browser, served, voices):
    context = chromium.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(served.address)
    page.fill("#passphrase", PASSPHRASE)
    page.fill("#again", PASSPHRASE)
    page.click("main button.main")
    page.check("#kept")
    page.click("main button.main")
    voices["scripted"]._pace = 0.4
    page.fill("#words", "I lie awake.")
    page.get_by_role("button", name="Say it").click()
    expect(page.get_by_text("Beside is answering.")).to_be_visible()
    expect(page.locator(".reply .words")).to_contain_text("What is it like, tonight?")
    expect(page.get_by_text("Beside is answering.")).to_have_count(0)
    page.fill("#words", "Since May.")
    page.get_by_role("button", name="Say it").click()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".ending")).to_have_text("Stopped here.")
    page.locator("summary", has_text="Reach a person").click()
    expect(page.get_by_role("link", name="112", exact=True)).to_be_visible()
    page.locator("summary", has_text="Reach a person").click()
    page.get_by_role("button", name="Leave quickly").click()
    expect(page).to_have_url(served.address + "/away")
    context.close()


def test_nothing_outside_this_machine_is_ever_asked(begun, context, served):
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    say(begun, "an image: ![x](https://evil.example/x.png) <img src='https://evil.example/y.png'>")
    spoken(begun)
    for path in ("settings", "voices", "carry", "conversations", "about", "reach", "nothing"):
        begun.goto(f"{served.address}/{path}")
    assert asked
    assert [url for url in asked if not url.startswith(served.address)] == []


def test_the_words_that_were_not_taken_are_in_the_box(begun):
    page = begun
    say(page, "first")
    spoken(page)
    many = "more " * 5000
    page.fill("#words", many)
    page.get_by_role("button", name="Say it").click()
    expect(page.get_by_role("alert")).to_contain_text("longer than one turn")
    expect(page.locator("#words")).to_have_value(many)


def test_when_beside_has_ended_the_words_are_still_in_the_box(begun, context):
    page = begun
    say(page, "first")
    spoken(page)
    context.set_offline(True)
    page.route("**/talk/**", lambda route: route.abort())
    page.fill("#words", "not lost")
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("still in the box")
    expect(page.locator("#words")).to_have_value("not lost")


def test_the_shell_is_kept_and_no_page(begun, served):
    page = begun
    say(page, "the blue kettle")
    spoken(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto(served.address + "/conversations")
    kept = page.evaluate(
        "caches.keys().then(async (names) => (await Promise.all(names.map(async (name) =>"
        " (await (await caches.open(name)).keys()).map((r) => new URL(r.url).pathname)))).flat())"
    )
    assert kept
    assert all(path.startswith("/static/") for path in kept)
