"""What was stored can hold anything; a terminal obeys escape sequences. They never meet."""

from hypothesis import given
from hypothesis import strategies as st

from beside.surfaces.cli.flow import Flow, wrapped
from beside.surfaces.cli.plain import plain, plain_line, whole

EVIL = "before\x1b]0;owned\x07\x1b[2J\x1b[31m\x9b31m\x08\x08 after\r over\u202egnirts"


def test_stored_escape_sequences_are_never_sent_to_the_terminal(beside, journal, tmp_path):
    brought = tmp_path / "brought.md"
    brought.write_text(
        "<!-- beside-markdown 1 -->\n\n# A \x1b[31mtitle\n\n"
        f"## You · 2026-01-01 10:00:00 UTC\n\nlighthouse {EVIL}\n",
        "utf-8",
    )
    assert beside("import", str(brought), "--passphrase-file", journal).exit_code == 0
    for command in (
        ["conversations"],
        ["conversations", "2"],
        ["search", "lighthouse"],
    ):
        shown = beside(*command, "--passphrase-file", journal).stdout
        assert "before" in shown or command == ["conversations"]
        assert not set(shown) & {"\x1b", "\x07", "\x08", "\x9b", "\u202e"}


def test_an_export_shown_in_a_terminal_is_made_safe_too(keyboard, journal, tmp_path):
    brought = tmp_path / "brought.md"
    brought.write_text(
        "<!-- beside-markdown 1 -->\n\n## You · 2026-01-01 10:00:00 UTC\n\nover\u202egnirts\n",
        "utf-8",
    )
    keyboard("import", str(brought), "--passphrase-file", journal).ends()
    shown = keyboard("export", "2", "--passphrase-file", journal)
    shown.sees("overgnirts")


def test_what_is_safe_stays_as_it_is():
    kept = "Grüße, שלום, 你好, 👩‍👩‍👧, naïve\n\tindented"
    assert plain(kept) == kept


def test_a_line_is_one_line():
    assert plain_line("one\r\ntwo\u2028three\x1b[0m") == "one two three"


def test_half_characters_become_the_replacement_sign():
    assert whole("caf\udce9") == "caf\ufffd"
    assert whole("a\ud800b") == "a\ufffdb"


@given(st.text(st.characters(codec=None)))
def test_whatever_text_there_is_no_control_character_is_left(text):
    shown = plain(text)
    shown.encode("utf-8")
    assert all(letter in "\n\t" or ord(letter) >= 32 for letter in shown)
    assert not any(0x7F <= ord(letter) <= 0x9F for letter in shown)
    assert plain(shown) == shown


@given(st.lists(st.text("ab \n界é")), st.integers(2, 12))
def test_streamed_words_are_wrapped_and_none_is_lost(pieces, width):
    written: list[str] = []
    flow = Flow(written.append, width)
    for piece in pieces:
        flow.add(piece)
    flow.end()
    shown = "".join(written)
    assert "".join(shown.split()) == "".join("".join(pieces).split())
    from rich.cells import cell_len

    assert all(cell_len(line.rstrip()) <= width for line in shown.split("\n"))


def test_a_pipe_gets_the_words_as_they_came():
    written: list[str] = []
    flow = Flow(written.append, None)
    for piece in ("One  two", " three\n\n  four", " five"):
        flow.add(piece)
    flow.end()
    assert "".join(written) == "One  two three\n\n  four five\n"


def test_lines_keep_their_own_indentation():
    assert wrapped("verse one\n  verse two", 40) == ["verse one", "  verse two"]
