import os
import signal
import time

import pytest

PASSPHRASE = "seven green rivers"
READY = "/quit leaves."


@pytest.fixture
def sitting(keyboard):
    """A conversation that keeps nothing, ready for words."""

    def start(*arguments, columns=80):
        talk = keyboard("talk", "--untraced", *arguments, columns=columns)
        talk.sees(READY)
        return talk

    return start


def wait_for(there, seconds=20.0):
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_first_start_tells_what_beside_is_and_shows_the_recovery_key_once(keyboard):
    talk = keyboard("talk", "--voice", "scripted")
    told = talk.sees("or r to reach a person):")
    assert "not a human being" in told
    assert "What it is not: a therapist" in told
    assert "encrypted file on this machine" in told
    talk.types("short")
    talk.sees("at least 8 characters")
    talk.types(PASSPHRASE)
    talk.sees("The same once more:")
    talk.types("another one")
    talk.sees("not the same")
    talk.types(PASSPHRASE)
    talk.sees("The same once more:")
    talk.types(PASSPHRASE)
    key = talk.sees("Press Enter when you have it")
    assert "Your recovery key:" in key
    talk.types("")
    talk.sees(READY)
    talk.types("The garden is grey today.")
    talk.sees("I'm listening.")
    talk.types("/quit")
    assert talk.ends() == 0
    assert PASSPHRASE not in talk.shown
    assert "\x1b[3J" in talk.raw


def test_r_and_enter_reaches_a_person_before_any_passphrase(keyboard):
    talk = keyboard("talk")
    talk.sees("or r to reach a person):")
    talk.types("r")
    talk.sees("Reach a person")
    talk.sees("Netherlands (NL): 112")
    talk.sees("or r to reach a person):")
    talk.types("r nl")
    talk.sees("113 Zelfmoordpreventie")
    talk.sees("or r to reach a person):")


@pytest.mark.usefixtures("journal")
def test_r_and_enter_reaches_a_person_at_the_unlocking_and_in_the_conversation(keyboard):
    talk = keyboard("talk")
    talk.sees("Enter your passphrase (or r to reach a person):")
    talk.types("r")
    talk.sees("Reach a person")
    talk.sees("Enter your passphrase (or r to reach a person):")
    talk.types("not the right one")
    talk.sees("Enter your passphrase (or r to reach a person):")
    talk.types(PASSPHRASE)
    talk.sees(READY)
    talk.types("r")
    talk.sees("Reach a person")
    talk.presses(b"\x04")
    assert talk.ends() == 0


def test_ctrl_c_stops_a_reply_and_its_words_stay(keyboard, beside, journal, model_server):
    model_server.words = ["One. ", "Two. ", "Three. "] + ["More. "] * 500
    beside("voices", "add-server", "slow", model_server.address, "--model", "m")
    talk = keyboard("talk", "--voice", "slow", "--passphrase-file", journal)
    talk.sees(READY)
    talk.types("Tell me.")
    talk.sees("Three.")
    talk.presses(b"\x03")
    talk.sees("Stopped here.")
    talk.presses(b"\x03")
    assert talk.ends() == 0
    kept = beside("conversations", "1", "--passphrase-file", journal).stdout
    assert "One. Two. Three." in kept
    assert kept.count("More.") < 400


def test_where_a_voice_breaks_off_its_words_stay_and_beside_can_go_on(
    keyboard, beside, journal, model_server
):
    model_server.words = ["You said a lot. ", "What else ", "is there "] * 3
    model_server.breaks_off_after = 2
    beside("voices", "add-server", "fragile", model_server.address, "--model", "m")
    talk = keyboard("talk", "--voice", "fragile", "--passphrase-file", journal)
    talk.sees(READY)
    talk.types("I lost my job and I do not know how to say it at home.")
    talk.sees("You said a lot.")
    talk.sees("What was said stays. /on lets Beside go on")
    talk.types("/on")
    talk.sees("> ")
    talk.types("/quit")
    assert talk.ends() == 0
    kept = beside("conversations", "1", "--passphrase-file", journal).stdout
    assert "You said a lot." in kept
    assert kept.count("Beside:") == 2


def test_ctrl_c_twice_leaves(sitting):
    talk = sitting()
    talk.presses(b"\x03")
    talk.sees("Ctrl-C once more leaves")
    talk.presses(b"\x03")
    assert talk.ends() == 0


def test_lines_pasted_together_are_one_message(sitting, beside, model_server):
    model_server.words = ["I have ", "read your ", "line. What ", "belongs to ", "it?"]
    beside("voices", "add-server", "quick", model_server.address, "--model", "m")
    talk = sitting("--voice", "quick")
    talk.presses(b"first line\nsecond line\nthird line\n")
    talk.sees("read your line.")
    talk.types("a line that goes on\\")
    talk.types("in the next")
    wait_for(lambda: any(b"in the next" in each for each in model_server.asked))
    talk.types("/quit")
    talk.ends()
    first, second = (each for each in model_server.asked if b"line" in each)  # not the warming up
    assert rb"first line\nsecond line\nthird line" in first
    assert rb"a line that goes on\nin the next" in second


def test_two_keys_pressed_twice_still_reach_a_person(sitting):
    talk = sitting("--voice", "scripted")
    talk.presses(b"r\nr\n/new\n/quit\n")
    talk.sees("Reach a person")
    talk.sees("Reach a person")
    talk.sees("A new page.")
    assert talk.ends() == 0


def test_what_is_too_long_for_one_turn_is_not_lost_and_is_said_in_parts(sitting):
    talk = sitting("--voice", "scripted")
    talk.presses(b"the same old thing again " * 900 + b"\n")
    talk.sees("/parts says it in parts")
    talk.types("/parts")
    talk.sees("That makes 2 parts")
    talk.types("yes")
    talk.sees("I'm listening.")
    talk.sees("That sounds heavy.")
    talk.types("/quit")
    assert talk.ends() == 0


def test_the_lock_clears_the_screen_and_needs_the_passphrase(keyboard, journal):
    talk = keyboard("talk", "--voice", "scripted", "--passphrase-file", journal)
    talk.sees(READY)
    talk.types("Something private.")
    talk.sees("I'm listening.")
    talk.types("/lock")
    talk.sees("Beside is locked. Enter your passphrase")
    assert "\x1b[3J" in talk.raw
    talk.types(PASSPHRASE)
    talk.sees("Welcome back.")
    talk.types("And on.")
    talk.sees("I'm listening.")  # nothing of before is remembered by a voice
    talk.types("/quit")
    assert talk.ends() == 0


def test_an_untraced_conversation_is_nowhere_afterwards(keyboard, beside, journal):
    talk = keyboard("talk", "--voice", "scripted", "--passphrase-file", journal)
    talk.sees(READY)
    talk.types("/untraced")
    talk.sees("leaves no trace.")
    talk.types("Nobody may know of the lighthouse.")
    talk.sees("I'm listening.")
    talk.types("/untraced")
    talk.sees("It is gone.")
    talk.types("The harbour is kept.")
    talk.sees("That sounds heavy.")
    talk.types("/quit")
    assert talk.ends() == 0
    find = ["search", "--passphrase-file", journal]
    assert "not found" in beside(*find, "lighthouse").stdout
    assert "harbour" in beside(*find, "harbour").stdout


def test_the_small_commands_do_what_help_says(sitting):
    from beside.surfaces.cli.slash import SLASHES

    talk = sitting("--voice", "scripted")
    talk.types("/help")
    shown = talk.sees("goes on in the next.")
    assert all(f"/{name}:" in shown for name in SLASHES)
    talk.types("/again")
    talk.sees("no reply here yet")
    talk.types("Hello there.")
    talk.sees("I'm listening.")
    talk.types("/again")
    talk.sees("That sounds heavy.")
    talk.types("/mode")
    talk.sees("/mode chat")
    talk.types("/mode chat")
    talk.sees("From your next words on.")
    talk.types("/voice")
    talk.sees("/voice authored")
    talk.types("/voice authored")
    talk.sees("authored answers.")
    talk.types("/voice nobody")
    talk.sees("There is no voice called “nobody”.")
    talk.types("/reach NL")
    talk.sees("113")
    talk.types("/new")
    talk.sees("A new page.")
    talk.types("/nonsense")
    talk.sees("There is no command /nonsense.")
    talk.types("/parts")
    talk.sees("nothing here that was too long")
    talk.types("/quit")
    assert talk.ends() == 0


def test_words_that_begin_with_a_slash_are_still_words(sitting):
    talk = sitting("--voice", "scripted")
    talk.types("/sigh it was a day")
    talk.sees("I'm listening.")


def test_continuing_shows_how_the_conversation_stood(keyboard, journal):
    talk = keyboard("talk", "--continue", "--voice", "scripted", "--passphrase-file", journal)
    shown = talk.sees(READY)
    assert "The garden is grey today." in shown
    assert "I'm listening." in shown


def test_danger_points_to_people_in_the_terminal(sitting):
    talk = sitting()
    talk.types("I want to end my life tonight.")
    talk.sees("r and Enter shows numbers of people")


def test_before_words_leave_the_machine_the_person_is_asked(sitting, beside, model_server):
    model_server.words = ["From", " afar."]
    beside("voices", "add-server", "afar", model_server.address, "--model", "big:cloud")
    talk = sitting("--voice", "afar")
    talk.types("Hello there.")
    talk.sees("passes everything said in the conversation")
    talk.sees("Do you agree to that, for this voice? (yes/no)")
    talk.types("no")
    talk.sees("Then nothing leaves.")
    talk.sees("Beside answered in its own words instead.")
    assert model_server.asked == []
    talk.types("/voice afar")
    talk.sees("(yes/no)")
    talk.types("yes")
    talk.sees("afar answers.")
    talk.types("Hello again.")
    talk.sees("From afar.")
    talk.types("/quit")
    assert talk.ends() == 0
    assert len(model_server.asked) == 1


def test_lines_fit_a_narrow_terminal(sitting):
    talk = sitting("--voice", "scripted", columns=32)
    talk.types("Hello.")
    talk.sees("I'm listening.")
    talk.types("/help")
    talk.sees("goes on in the next.")
    assert max(len(line) for line in talk.shown.split("\n")) <= 32


def test_no_color_is_heeded(sitting, environment):
    environment["NO_COLOR"] = "1"
    talk = sitting("--voice", "scripted")
    talk.types("Hello.")
    talk.sees("I'm listening.")
    assert "\x1b[1m" not in talk.raw
    assert "\x1b[2m" not in talk.raw


def test_a_terminal_that_goes_away_ends_the_conversation(sitting):
    talk = sitting()
    os.kill(talk.process.pid, signal.SIGHUP)
    assert talk.process.wait(20) != 0
