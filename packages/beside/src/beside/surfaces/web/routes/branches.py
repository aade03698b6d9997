"""Other ways a conversation could go: try again, say it differently, and back and forth between."""

from fastapi import APIRouter
from starlette.responses import Response

from beside.errors import JournalLocked, NoSuchTurn, StoreError, TurnError
from beside.surfaces.explain import explain
from beside.surfaces.web.faults import status_of
from beside.surfaces.web.routes.talk import Which
from beside.surfaces.web.talking import hush, newest
from beside.surfaces.web.visit import Here
from beside.talk.conversation import PersonTurn
from beside.talk.ids import TurnId

router = APIRouter(include_in_schema=False)


@router.post("/talk/{conversation}/again")
async def try_again(here: Here, conversation: Which) -> Response:
    """Another reply to the same words."""
    await hush(here, conversation)
    await here.person.try_again(conversation, TurnId(here.form["turn"]))
    return newest(here, conversation)


@router.post("/talk/{conversation}/go-on")
async def go_on(here: Here, conversation: Which) -> Response:
    """Beside goes on in its own words where a voice broke off."""
    await hush(here, conversation)
    await here.person.go_on(conversation, TurnId(here.form["turn"]))
    return newest(here, conversation)


@router.post("/talk/{conversation}/go-to")
async def go_to(here: Here, conversation: Which) -> Response:
    """To another branch."""
    turn = TurnId(here.form["turn"])
    await hush(here, conversation)
    await here.person.go_to(conversation, turn)
    return here.go(f"{here.base}/talk/{conversation}?around={turn}#turn-{turn}")


@router.get("/talk/{conversation}/edit/{turn}")
async def edit_page(here: Here, conversation: Which, turn: str) -> Response:
    """The person's own words, to say them differently."""
    old = (await here.person.conversation(conversation)).turns.get(TurnId(turn))
    if not isinstance(old, PersonTurn):
        raise NoSuchTurn("This turn is not here, or is not one of the person's own.")
    return here.page("edit.html", conversation=conversation, turn=turn, words=old.text, error=None)


@router.post("/talk/{conversation}/edit/{turn}")
async def edit(here: Here, conversation: Which, turn: str) -> Response:
    """The same turn, said differently: a branch beside it."""
    words = here.form["words"]
    try:
        await hush(here, conversation)
        await here.person.edit(conversation, TurnId(turn), words)
    except JournalLocked:
        raise
    except (TurnError, StoreError) as error:
        return here.page(
            "edit.html",
            status=status_of(error),
            conversation=conversation,
            turn=turn,
            words=words,
            error=explain(error, here.gettext),
        )
    return newest(here, conversation)
