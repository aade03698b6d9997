"""Other words: Beside's own and a voice's, weighed alike; a voice elsewhere is not simply asked."""

import asyncio

import pytest
from packages.beside.tests.mirror.sessions import MARK, talk

from beside.errors import VoiceMissing
from beside.mirror.exchanges import answered
from beside.mirror.looking import look
from beside.mirror.proposing import proposed, tidied
from beside.mirror.session import MirrorSession
from beside.mirror.transcript import read
from beside.settings import Settings
from beside.talk.ids import MirrorId
from beside.voices.authored.voice import AuthoredVoice
from beside.voices.scripted import ScriptedVoice
from beside.wiring import Beside

NEAR = "Something sits on you, and you want it gone. What is it like when it comes?"


def session(transcript=None):
    return MirrorSession(
        id=MirrorId("s"), at=MARK.at, transcript=transcript or talk(), consent="", initials=False
    )


def moments(transcript=None):
    return {each.reply.place: each for each in answered(transcript or talk())}


def looked(gauge, voice):
    return asyncio.run(look(session(), MARK, gauge, own=AuthoredVoice(), voice=voice))


def test_a_voice_proposes_and_its_words_stand_with_its_name_and_one_reason(gauge):
    seen = looked(gauge, ScriptedVoice([NEAR], name="near"))
    assert seen.voice == "near"
    theirs = [each for each in seen.others if each.source == "near"]
    assert theirs
    assert all(each.text == NEAR and each.dimension for each in theirs)
    assert len(seen.others) <= 5
    assert len({each.place for each in seen.others}) == len(seen.others)


@pytest.mark.parametrize(
    "said",
    [
        "You should really try to write it down before you sleep.",
        "You're amazing for telling me this!",
        "As an AI, I would suggest saying: that sounds hard.",
        "1. **Validate** the feeling",
    ],
)
def test_what_a_plain_check_points_at_is_no_other_wording(gauge, said):
    assert all(each.source == "authored" for each in looked(gauge, ScriptedVoice([said])).others)


def test_a_voice_that_breaks_off_leaves_besides_own_words(gauge):
    seen = looked(gauge, ScriptedVoice([NEAR], fail_after=2))
    assert all(each.source == "authored" for each in seen.others)


def test_a_voice_hears_the_moment_and_nothing_else_of_the_session():
    voice = ScriptedVoice([NEAR])
    (place, moment), *_ = [each for each in moments().items() if each[0] == 4]
    assert asyncio.run(proposed(voice, {place: moment})) == {4: (NEAR,)}
    stance, *heard = voice.heard
    assert stance.role == "stance"
    assert [each.role for each in heard] == ["person", "companion", "person"]
    assert heard[-1].text.startswith("Like something sits on me")
    assert "father" not in " ".join(each.text for each in voice.heard)


def test_in_danger_no_voice_is_asked_for_another_wording():
    voice = ScriptedVoice([NEAR])
    words = "Nurse: How was the night?\nJo: I took all the pills. I want to die.\nNurse: Oh dear."
    transcript = read(words.encode(), name="a.txt")
    assert asyncio.run(proposed(voice, moments(transcript))) == {}
    assert voice.heard == ()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ('"It sits on you. What is it like?"', "It sits on you. What is it like?"),
        ("Helper: There is no hurry.", "There is no hurry."),
        ("One. Two. Three. Four.", "One. Two. Three."),
        ("It never came to an", None),
        ("Here is another version: I hear you.", None),
        ("", None),
    ],
)
def test_what_voices_add_is_taken_off_and_what_is_no_answer_is_put_aside(said, kept):
    assert tidied(said) == kept


def test_a_voice_elsewhere_is_asked_only_after_a_yes(tmp_path):
    beside = Beside.open(Settings(data_folder=tmp_path, voice="far"))
    beside.catalogue.add_server("far", "http://models.example/v1", "m")
    assert beside._proposing("far", agreed=False) is None
    assert beside._proposing("far", agreed=True).name == "far"
    assert beside._proposing("authored", agreed=True) is None
    assert beside._proposing("nobody", agreed=True) is None
    with pytest.raises(VoiceMissing):
        beside.voice("nobody", agreed=True)
    asyncio.run(beside.close())
