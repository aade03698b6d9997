"""A conversation: to begin, to read, to go on. The same in both rooms."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from beside.errors import JournalLocked, StoreError, TurnError
from beside.surfaces.web.talking import NEW, hush, keep_draft, new_page, newest, talk_page
from beside.surfaces.web.visit import Here, Visit
from beside.talk.events import ConversationNamed, Mode
from beside.talk.ids import ConversationId, TurnId

MODES: tuple[Mode, ...] = ("issue", "suffering", "chat")
LONGEST_NAME = 120

router = APIRouter(include_in_schema=False)


def _which(conversation: str) -> ConversationId:
    return ConversationId(conversation)


Which = Annotated[ConversationId, Depends(_which)]


@router.get("/talk")
async def new(here: Here) -> Response:
    """A page to begin on."""
    await here.person.get_ready()
    return await new_page(here)


@router.post("/talk")
async def begin(here: Here) -> Response:
    """The first words of a conversation."""
    words = here.form["words"]
    try:
        said = await here.person.say(words, mode=_mode(here))
    except JournalLocked:
        raise
    except (TurnError, StoreError) as error:
        return await new_page(here, error=error, words=words)
    await keep_draft(here, NEW, "")
    return newest(here, said.conversation)


@router.get("/talk/{conversation}")
async def read(
    here: Here, conversation: Which, before: str | None = None, around: str | None = None
) -> Response:
    """The newest turns, those before a turn, or those around one."""
    await here.person.get_ready()
    return await talk_page(here, conversation, before=before, around=around)


@router.post("/talk/{conversation}")
async def say(here: Here, conversation: Which) -> Response:
    """The person goes on. A reply that is still being written gives way; its words stay."""
    words = here.form["words"]
    try:
        await hush(here, conversation)
        await here.person.say(words, conversation=conversation, mode=_mode(here))
    except JournalLocked:
        raise
    except (TurnError, StoreError) as error:
        return await talk_page(here, conversation, error=error, words=words)
    await keep_draft(here, conversation, "")
    return newest(here, conversation)


@router.post("/talk/{conversation}/stop")
async def stop(here: Here, conversation: Which) -> Response:
    """Stop a reply; its words stay."""
    await here.person.stop(TurnId(here.form["turn"]))
    return newest(here, conversation)


@router.post("/talk/{conversation}/name")
async def name(here: Here, conversation: Which) -> Response:
    """Give the conversation a name."""
    title = " ".join(here.form["title"].split())[:LONGEST_NAME]
    if title:
        named = ConversationNamed(at=here.beside.clock(), conversation=conversation, title=title)
        await here.person.read(lambda journal: journal.append(named))
    return here.go(f"{here.base}/talk/{conversation}")


@router.post("/draft")
async def draft(here: Here) -> Response:
    """Keep words that are not said yet, for as long as this Beside runs."""
    await keep_draft(here, here.form["conversation"] or NEW, here.form["words"])
    return Response(status_code=204)


def _mode(here: Visit) -> Mode | None:
    return next((mode for mode in MODES if mode == here.form["mode"]), None)
