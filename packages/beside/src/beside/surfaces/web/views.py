"""A conversation as the page shows it: the newest turns of the visible line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from beside.companion.helplines import HelplineBook
from beside.companion.turn import CARE_VOICE
from beside.surfaces.explain import explain_end
from beside.surfaces.web.reach import Card, card
from beside.surfaces.web.words import plain_html, reply_html
from beside.talk.conversation import Conversation, PersonTurn, Turn

PAGE_TURNS = 100
CARE_TURNS = 6
"""For so many turns after words of danger, the ways to reach someone stay at hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """Where a turn stands among the others that were tried in its place."""

    number: int
    count: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnView:
    """One turn, ready to be shown."""

    id: str
    mine: bool
    at: datetime
    html: Markup
    text: str
    speaking: bool
    ending: tuple[str, ...]
    failed: bool
    voice: str | None
    branch: Branch | None
    why: bool = False
    """Whether it can be told why the reply has these words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkView:
    """A conversation, ready to be shown; `earlier` is the turn before which there is more."""

    id: str
    title: str | None
    source: str | None
    mode: str
    turns: tuple[TurnView, ...]
    earlier: str | None
    newest: bool
    speaking: str | None
    elsewhere: str | None
    """A turn that was asked for and is on another branch."""
    near: Card | None


def talk_view(
    tree: Conversation,
    *,
    before: str | None,
    around: str | None,
    book: HelplineBook,
    country: str | None,
    gettext: Callable[[str], str],
) -> TalkView:
    """The newest page of a conversation, or the page before or around a turn."""
    line = tree.line()
    places: dict[str, int] = {turn.id: at for at, turn in enumerate(line)}
    end = len(line)
    if before is not None and before in places:
        end = places[before]
    elif around is not None and around in places:
        end = min(len(line), places[around] + PAGE_TURNS // 2)
    begin = max(0, end - PAGE_TURNS)
    shown = line[begin:end]
    turns = tuple(turn_view(tree, turn, gettext) for turn in shown)
    danger = _danger(line)
    return TalkView(
        id=tree.id,
        title=tree.title,
        source=tree.source,
        mode=tree.mode,
        turns=turns,
        earlier=shown[0].id if begin and shown else None,
        newest=end == len(line),
        speaking=next((turn.id for turn in turns if turn.speaking), None),
        elsewhere=around if around in tree.turns and around not in places else None,
        near=card(book, country, danger.care_kinds) if danger else None,
    )


def turn_view(tree: Conversation, turn: Turn, gettext: Callable[[str], str]) -> TurnView:
    """One turn of a conversation."""
    if isinstance(turn, PersonTurn):
        return TurnView(
            id=turn.id,
            mine=True,
            at=turn.at,
            html=plain_html(turn.text),
            text=turn.text,
            speaking=False,
            ending=(),
            failed=False,
            voice=None,
            branch=_branch(tree, turn),
        )
    speaking = turn.state == "speaking"
    return TurnView(
        id=turn.id,
        mine=False,
        at=turn.at,
        html=reply_html(turn.text),
        text=turn.text,
        speaking=speaking,
        ending=() if speaking else explain_end(turn.state, turn.reason, gettext),
        failed=turn.state == "failed",
        voice=turn.weighed.source if turn.weighed is not None else turn.voice,
        branch=_branch(tree, turn),
        why=turn.weighed is not None or turn.voice == CARE_VOICE,
    )


def _branch(tree: Conversation, turn: Turn) -> Branch | None:
    siblings = tree.siblings(turn.id)
    if len(siblings) < 2:
        return None
    at = siblings.index(turn.id)
    return Branch(
        number=at + 1,
        count=len(siblings),
        before=siblings[at - 1] if at else None,
        after=siblings[at + 1] if at + 1 < len(siblings) else None,
    )


def _danger(line: Sequence[Turn]) -> PersonTurn | None:
    """The newest words of danger among the last turns of the line."""
    return next(
        (
            turn
            for turn in reversed(line[-CARE_TURNS:])
            if isinstance(turn, PersonTurn) and turn.care_level >= 2
        ),
        None,
    )
