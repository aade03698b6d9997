"""All conversations: the list, finding words in it, and erasing.

What is searched for comes as a form and never stands in an address: addresses are kept by
browsers, in histories that outlive a lock.
"""

from fastapi import APIRouter
from pydantic import AwareDatetime
from starlette.responses import Response

from beside.surfaces.web.routes.talk import Which
from beside.surfaces.web.visit import Here
from beside.talk.ids import TurnId

PAGE_CONVERSATIONS = 30
MOST_FOUND = 50

router = APIRouter(include_in_schema=False)


@router.get("/conversations")
async def shelf(here: Here, before: AwareDatetime | None = None) -> Response:
    """The conversations, newest first; `before` asks for those further down."""
    listed = await here.keeper.read(
        lambda journal: journal.conversations(limit=PAGE_CONVERSATIONS + 1, before=before)
    )
    shown = listed[:PAGE_CONVERSATIONS]
    return here.page(
        "conversations.html",
        conversations=shown,
        earlier=shown[-1].last_at.isoformat() if len(listed) > len(shown) else None,
        words="",
        found=None,
    )


@router.post("/conversations")
async def search(here: Here) -> Response:
    """The turns that hold these words."""
    words = here.form["words"]
    found = await here.keeper.read(lambda journal: journal.search(words, limit=MOST_FOUND))
    return here.page("conversations.html", conversations=(), earlier=None, words=words, found=found)


@router.get("/talk/{conversation}/erase")
async def ask(here: Here, conversation: Which) -> Response:
    """Ask before a conversation is erased."""
    tree = await here.keeper.conversation(conversation)
    return here.page("erase.html", conversation=tree.id, turn=None, at=tree.last_at)


@router.post("/talk/{conversation}/erase")
async def erase(here: Here, conversation: Which) -> Response:
    """Erase a conversation: it is really gone."""
    person = here.keeper
    for reply in (await person.conversation(conversation)).speaking():
        await person.stop(reply.id)
    await person.read(lambda journal: journal.erase_conversation(conversation))
    here.house.drafts.forget(person, conversation)
    return here.go("/conversations")


@router.get("/talk/{conversation}/erase/{turn}")
async def ask_for_turn(here: Here, conversation: Which, turn: str) -> Response:
    """Ask before a turn is erased."""
    tree = await here.keeper.conversation(conversation)
    found = tree.turns.get(TurnId(turn))
    if found is None:
        return here.go(f"/talk/{conversation}")
    return here.page("erase.html", conversation=tree.id, turn=turn, at=found.at)


@router.post("/talk/{conversation}/erase/{turn}")
async def erase_turn(here: Here, conversation: Which, turn: str) -> Response:
    """Erase a turn: it is really gone."""
    person = here.keeper
    for reply in (await person.conversation(conversation)).speaking():
        await person.stop(reply.id)
    await person.read(lambda journal: journal.erase_turn(conversation, TurnId(turn)))
    return here.go(f"/talk/{conversation}")
