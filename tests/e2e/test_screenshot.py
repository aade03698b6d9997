"""The picture in the README is what the page shows, with the voice that is always there."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser

PICTURE = Path(__file__).parents[2] / "docs" / "start" / "talk.png"
WORDS = (
    "I lie awake again. It is the house, I think, or what is not in it any more.",
    "My mother died in May. Her chair is still by the window.",
)


def test_the_readme_shows_a_real_conversation(chromium: Browser, tmp_path: Path, serving):
    with serving(tmp_path / "data", {}, "authored") as served:
        context = chromium.new_context(
            viewport={"width": 880, "height": 790}, device_scale_factor=2, locale="en-GB"
        )
        page = context.new_page()
        page.goto(served.address)
        page.fill("#passphrase", "warm rain on slate")
        page.fill("#again", "warm rain on slate")
        page.click("main button.main")
        page.check("#kept")
        page.click("main button.main")
        for words in WORDS:
            page.wait_for_load_state()
            page.fill("#words", words)
            page.keyboard.press("Enter")
            expect(page.locator(".mine .words").last).to_have_text(words)
            expect(page.locator("[data-words]")).to_have_count(0)
        page.locator("#words").blur()
        page.mouse.move(0, 0)
        made = page.screenshot(path=tmp_path / "talk.png")
        expect(page.locator(".reply .words").last).not_to_be_empty()
        context.close()
    if not PICTURE.exists() or os.environ.get("NEW_PICTURE"):
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        PICTURE.write_bytes(made)
