"""A reply while it is being written, as a stream; closing it stops nothing."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.responses import JSONResponse, Response

from beside.errors import JournalLocked, NoSuchTurn
from beside.surfaces.web.routes.talk import Which
from beside.surfaces.web.talking import view_of
from beside.surfaces.web.views import TurnView
from beside.surfaces.web.visit import Here, Visit, visit
from beside.surfaces.web.words import reply_html, spoken_text
from beside.talk.conversation import ReplyTurn
from beside.talk.ids import TurnId

LONGEST_SPOKEN = 600
"""Characters that the status region says at once; the transcript holds the rest."""

router = APIRouter(include_in_schema=False)


async def _reply(
    here: Annotated[Visit, Depends(visit)], conversation: Which, turn: str
) -> ReplyTurn:
    reply = (await here.person.conversation(conversation)).turns.get(TurnId(turn))
    if not isinstance(reply, ReplyTurn):
        raise NoSuchTurn("This reply is not in the conversation.")
    return reply


@router.get("/talk/{conversation}/words/{turn}", response_class=EventSourceResponse)
async def words(
    here: Here, conversation: Which, reply: Annotated[ReplyTurn, Depends(_reply)]
) -> AsyncIterator[ServerSentEvent]:
    """`words` events hold the reply so far as HTML; one `end` event holds the finished turn."""
    said = ""
    async with aclosing(here.person.listen(conversation, reply.id)) as updates:
        async for update in updates:
            said += update.text
            if update.state == "speaking":
                yield ServerSentEvent(event="words", data={"html": reply_html(said)})
    try:
        talk = await view_of(here, conversation, around=reply.id)
    except JournalLocked:
        yield ServerSentEvent(event="locked", data={})
        return
    turn = next((each for each in talk.turns if each.id == reply.id), None)
    if turn is None:
        yield ServerSentEvent(event="gone", data={})
        return
    html = here.render("_turn.html", talk=talk, turn=turn, last=turn is talk.turns[-1])
    yield ServerSentEvent(event="end", data={"html": html, "spoken": _spoken(here, turn)})


@router.get("/awake")
async def awake(here: Here) -> Response:
    """How many seconds are left until the idle lock, 0 when locked. Asking does not move it."""
    open_now = [each for each in (here.session.person, here.session.untraced) if each is not None]
    if not open_now:
        return JSONResponse({"seconds": 0})
    quiet = max((here.beside.clock() - each.last_seen).total_seconds() for each in open_now)
    return JSONResponse({"seconds": max(1, round(here.idle_seconds - quiet))})


def _spoken(here: Visit, turn: TurnView) -> str:
    """What the status region says at the end of a reply."""
    if turn.ending:
        return " ".join((*turn.ending, here.gettext("What was said stays.")))
    said = spoken_text(turn.html)
    if len(said) > LONGEST_SPOKEN:
        short = said[:LONGEST_SPOKEN].rsplit(" ", 1)[0]
        sentence = here.gettext("Beside said: {words}… The rest is in the conversation.")
        return sentence.format(words=short)
    return here.gettext("Beside said: {words}").format(words=said)
