"""Sessions of the mirror go out and come in again, as copies; a broken one is refused."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from packages.beside.tests.mirror.sessions import AT, talk, transcripts

from beside.carry import jsonl
from beside.errors import NotAConversation
from beside.mirror.session import kept, marked, replay_mirror
from beside.talk.events import MirrorPractised, MirrorRead

CONSENT = "She agreed on 4 May."


def facts(name="s", transcript=None):
    return [
        kept(transcript or talk(), id=name, at=AT, consent=CONSENT, initials=True),
        marked(name, 0.6, at=AT, place=None, words="near"),
        marked(name, 0.2, at=AT, place=4, words=None),
        MirrorRead(at=AT, session=name, gauge="g", figures=("relief 2.00 1.00 3.00 6",)),
    ]


def test_a_session_comes_in_as_a_copy_with_its_marks_and_estimates(bring_in):
    imported = bring_in(jsonl.write(facts()))
    assert imported.skipped == 0
    (session,) = replay_mirror(imported.facts())
    assert session.id != "s"
    assert session.transcript.turns == talk().turns
    assert (session.consent, session.initials, session.at) == (CONSENT, True, AT)
    assert (session.mark.value, session.mark.words, session.marks[4].value) == (0.6, "near", 0.2)
    assert session.read.figures == ("relief 2.00 1.00 3.00 6",)


def test_a_way_that_branched_off_still_knows_from_which_session(bring_in):
    branch = kept(talk(), id="t", at=AT, consent=CONSENT, initials=False)
    practised = MirrorPractised(
        at=AT, session="t", person="ines", seed=1, branch_of="s", branch_at=3
    )
    first, second = replay_mirror(bring_in(jsonl.write([*facts(), branch, practised])).facts())
    assert second.practised.branch_of == first.id
    (alone,) = replay_mirror(bring_in(jsonl.write([branch, practised])).facts())
    assert alone.practised.branch_of is None


@settings(max_examples=40, deadline=None)
@given(transcript=transcripts())
def test_any_session_comes_in_again(transcript, bring_in):
    one = kept(transcript, id="s", at=AT, consent=CONSENT, initials=False)
    (session,) = replay_mirror(bring_in(jsonl.write([one])).facts())
    assert len(session.transcript.turns) == len(transcript.turns)


@pytest.mark.parametrize(
    "broken",
    [
        facts()[1:],
        [*facts(), facts()[0]],
        [replace(facts()[0], names=("A",))],
        [replace(facts()[0], seconds=())],
        [facts()[0], replace(facts()[1], mark=2.0)],
        [facts()[0], replace(facts()[1], mark=float("nan"))],
        [facts()[0], replace(facts()[1], place=99)],
    ],
)
def test_a_session_whose_facts_do_not_fit_is_refused_as_a_whole(broken, bring_in):
    with pytest.raises(NotAConversation, match="damaged"):
        bring_in(jsonl.write(broken))
