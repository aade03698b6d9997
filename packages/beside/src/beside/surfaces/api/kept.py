"""A completion that is kept: only where the client asks, and a passphrase opens the journal."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from pydantic import SecretStr

from beside.companion.steps import Ending, Step, Words
from beside.errors import NameUnusable, NoSuchPerson, WrongPassphrase
from beside.surfaces.api.asked import ChatRequest, whole
from beside.surfaces.api.faults import Fault
from beside.surfaces.door import Door
from beside.talk.ids import ConversationId
from beside.wiring import Beside, OpenPerson, Said


async def keep(
    beside: Beside, door: Door, asked: ChatRequest, voice: str | None
) -> tuple[OpenPerson, Said]:
    """Say the last message in the person's journal; the reply has begun when this returns.

    The journal is the memory: without `metadata.conversation` one begins, with it that one goes
    on, and the earlier messages of the request are not needed.
    """
    given = asked.beside
    if given is None or given.passphrase is None:
        raise Fault(
            400,
            "To keep a conversation, `beside.passphrase` must open a journal; without `store` "
            "nothing is kept.",
            code="passphrase-needed",
            param="beside.passphrase",
        )
    where = (asked.metadata or {}).get("conversation")
    said_before = sum(each.role in ("user", "assistant") for each in asked.messages) > 1
    if where is None and said_before:
        raise Fault(
            400,
            "A conversation that is kept begins with one message. To go on with it, give its name "
            "(`beside.conversation` in the answer) as `metadata.conversation`.",
            code="conversation-needed",
            param="metadata.conversation",
        )
    person = await opened(beside, door, given.person, given.passphrase)
    conversation = None if where is None else ConversationId(whole(where))
    said = await person.say(asked.messages[-1].text(), conversation=conversation, voice=voice)
    return person, said


async def opened(
    beside: Beside,
    door: Door,
    person: str | None,
    passphrase: SecretStr,
    *,
    who: str = "beside.person",
) -> OpenPerson:
    """The journal of whoever is named, or the only one there is, opened by its passphrase.

    `who` is the place in the request where a person is named.
    """
    name = _name(beside, person, who)
    said = whole(passphrase.get_secret_value())
    try:
        return await door.try_opening(name, lambda: beside.unlock(name, said))
    except WrongPassphrase as error:
        place = who.removesuffix("person") + "passphrase"
        raise Fault(
            403, str(error), code=error.code, kind="permission_error", param=place
        ) from None
    except (NoSuchPerson, NameUnusable) as error:
        status = 404 if isinstance(error, NoSuchPerson) else 400
        raise Fault(status, str(error), code=error.code, param=who) from None


async def steps_of(person: OpenPerson, said: Said) -> AsyncGenerator[Step, None]:
    """The reply's words as they come, and how it ended. Leaving does not stop it."""
    async with aclosing(person.listen(said.conversation, said.reply)) as updates:
        async for update in updates:
            if update.text:
                yield Words(text=update.text)
            if update.state == "stopped":
                yield Ending(failed=True, reason=update.reason or "stopped")
            elif update.state != "speaking":
                yield Ending(failed=update.state == "failed", reason=update.reason)


def _name(beside: Beside, wanted: str | None, who: str) -> str:
    names = beside.people()
    if wanted is None and len(names) != 1:
        raise Fault(
            400,
            f"Say whose journal keeps this, in `{who}`."
            if names
            else "There is no journal here yet that could keep this.",
            code="person-needed",
            param=who,
        )
    return wanted if wanted is not None else names[0]
