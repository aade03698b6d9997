"""What tests of the voice behind a server share: asking it, and how that ends."""

import asyncio

from beside.errors import VoiceError
from beside.voices.openai_http import OpenAIVoice

DONE = b"data: [DONE]\n\n"


def voice_at(server, **more) -> OpenAIVoice:
    return OpenAIVoice(
        **{"name": "mine", "base_url": server.url, "model": "m", "timeout_seconds": 5.0, **more}
    )


async def heard_from(voice, messages) -> tuple[str, VoiceError | None]:
    """The words that came, and how it ended if not well."""
    heard = ""
    try:
        async for piece in voice.stream(messages):
            heard += piece
    except VoiceError as error:
        return heard, error
    finally:
        await voice.close()
    return heard, None


def ask(outside, answer, messages, **more):
    """What one voice says to one server, how it ends, and what the server saw."""

    async def run():
        async with outside(answer) as server:
            return (*await heard_from(voice_at(server, **more), messages), server)

    return asyncio.run(run())
