"""Why did it say that: a page about one reply, for whoever asks."""

from fastapi import APIRouter
from starlette.responses import Response

from beside.errors import NoSuchTurn
from beside.surfaces.web.routes.talk import Which
from beside.surfaces.web.visit import Here
from beside.surfaces.web.words import reply_html
from beside.surfaces.why import explain_choice
from beside.talk.conversation import ReplyTurn
from beside.talk.ids import TurnId

router = APIRouter(include_in_schema=False)


@router.get("/talk/{conversation}/why/{turn}")
async def why(here: Here, conversation: Which, turn: str) -> Response:
    """What can be told of why this reply has these words."""
    reply = (await here.person.conversation(conversation)).turns.get(TurnId(turn))
    if not isinstance(reply, ReplyTurn):
        raise NoSuchTurn("This reply is not in the conversation.")
    return here.page(
        "why.html",
        conversation=conversation,
        turn=turn,
        words=reply_html(reply.text),
        why=explain_choice(reply, here.gettext),
    )
