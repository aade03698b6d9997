"""The pages of a conversation, and what several addresses need to show them."""

from starlette.responses import Response

from beside.errors import BesideError
from beside.surfaces.explain import explain
from beside.surfaces.web.faults import status_of
from beside.surfaces.web.views import TalkView, talk_view
from beside.surfaces.web.visit import Visit
from beside.talk.ids import ConversationId

NEW = "new"
"""Where a draft belongs that is not yet part of any conversation."""


async def new_page(
    here: Visit, *, error: BesideError | None = None, words: str | None = None
) -> Response:
    """The page on which a conversation begins."""
    person = here.person
    recent = [] if here.base else await person.read(lambda j: j.conversations(limit=1))
    return here.page(
        "new.html",
        status=status_of(error) if error else 200,
        error=explain(error, here.gettext) if error else None,
        words=words if words is not None else await find_draft(here, NEW),
        recent=recent[0] if recent else None,
        mode=here.form["mode"] or "issue",
        where=NEW,
    )


async def talk_page(
    here: Visit,
    conversation: ConversationId,
    *,
    before: str | None = None,
    around: str | None = None,
    error: BesideError | None = None,
    words: str | None = None,
) -> Response:
    """A conversation, with words that were not taken, if any, back in the box."""
    talk = await view_of(here, conversation, before=before, around=around)
    return here.page(
        "talk.html",
        status=status_of(error) if error else 200,
        talk=talk,
        error=explain(error, here.gettext) if error else None,
        words=words if words is not None else await find_draft(here, conversation),
        where=conversation,
        mode=talk.mode,
        waiting=_renewed(here, conversation) if talk.speaking else None,
    )


def _renewed(here: Visit, conversation: ConversationId) -> str:
    """Where a page without script looks again; another address each time, or nothing is loaded."""
    number = here.request.query_params.get("look", "0")
    after = int(number) + 1 if number.isdecimal() and len(number) < 9 else 1
    return f"{here.base}/talk/{conversation}?look={after}#newest"


async def view_of(
    here: Visit,
    conversation: ConversationId,
    *,
    before: str | None = None,
    around: str | None = None,
) -> TalkView:
    """A conversation of this room, ready to be shown."""
    return talk_view(
        await here.person.conversation(conversation),
        before=before,
        around=around,
        book=here.beside.helplines,
        country=here.country,
        gettext=here.gettext,
    )


async def hush(here: Visit, conversation: ConversationId) -> None:
    """A reply that is still being written gives way; its words stay."""
    tree = await here.person.conversation(conversation)
    for reply in tree.speaking():
        await here.person.stop(reply.id)


def newest(here: Visit, conversation: ConversationId) -> Response:
    """On to the end of a conversation."""
    return here.go(f"{here.base}/talk/{conversation}#newest")


async def keep_draft(here: Visit, where: str, words: str) -> None:
    """Keep words that are not said yet; none: let go of those that were."""
    if not here.base:
        await here.house.drafts.keep(here.person, where, words)
    elif words.strip():
        here.session.drafts[where] = words
    else:
        here.session.drafts.pop(where, None)


async def find_draft(here: Visit, where: str) -> str:
    """The words that were kept for this conversation, or none."""
    if here.base:
        return here.session.drafts.get(where, "")
    return await here.house.drafts.find(here.person, where)
