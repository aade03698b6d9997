"""`beside-gauge`: text, JSON or a transcript in; a table, JSON or a picture out."""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from beside_gauge.errors import GaugeError, NotReadable
from beside_gauge.exchange import Exchange, Turn
from beside_gauge.reading import Reading

if TYPE_CHECKING:
    from beside_gauge.transcript import Talk

BATCH = 64
LONG = 200
FEW = 20
LARGEST = 200_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads and prints; 0 when done, 2 where the input cannot be read (said on stderr)."""
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        if given.conversation:
            _whole(given)
        else:
            _replies(given)
    except GaugeError as error:
        sys.stderr.write(f"beside-gauge: {error}\n")
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        sys.stderr.write("\nbeside-gauge: stopped\n")
        return 130
    return 0


def _replies(given: argparse.Namespace) -> None:
    exchanges = _exchanges(given)
    if given.svg is not None and len(exchanges) != 1:
        raise NotReadable(
            "a picture shows one reply; use --said and --reply, or one line, or --conversation "
            "for the whole"
        )
    for exchange, reading in _readings(exchanges):
        _print(given, exchange, reading)


def _whole(given: argparse.Namespace) -> None:
    from beside_gauge.conversation import ConversationReader
    from beside_gauge.conversation_table import as_json, as_table
    from beside_gauge.picture import svg_of_conversation

    talk = _talk(given)
    reader = ConversationReader()
    shown = talk.count >= LONG and sys.stderr.isatty()
    for at, turn in enumerate(talk.turns(), 1):
        reader.add(turn)
        if shown and (at % FEW == 0 or at == talk.count):
            _bar(at, talk.count)
    reading = reader.reading()
    if given.svg is not None:
        _write(given.svg, svg_of_conversation(reading))
    elif given.json:
        sys.stdout.write(json.dumps(as_json(reading), ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(as_table(reading, talk.turns()))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="beside-gauge",
        description="How a reply meets what a person said: eight dimensions from 0 to 3, and a "
        "gate; of a whole conversation nine scales. An estimate by a small model on this machine; "
        "nothing leaves it.",
    )
    parser.add_argument(
        "file", nargs="?", help="a transcript ('Name: words') or .jsonl; - is stdin"
    )
    parser.add_argument("--said", help="what the person said")
    parser.add_argument("--reply", help="what was answered")
    parser.add_argument(
        "--conversation", action="store_true",
        help="read the file as one whole conversation: nine scales, C1 to C9 (in English); "
        "a transcript, or JSON turns with role and text",
    )  # fmt: skip
    parser.add_argument("--person", help="in a transcript: the name of the one who is answered")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--svg", type=Path, help="write a picture of the one reply, or of the "
                        "whole, here")  # fmt: skip
    return parser


def _exchanges(given: argparse.Namespace) -> list[Exchange]:
    from beside_gauge.transcript import from_jsonl, from_transcript

    if (given.said is None) != (given.reply is None):
        raise NotReadable("--said and --reply belong together: one side alone cannot be read")
    if given.said is not None:
        return [Exchange(context=(Turn(role="person", text=given.said),), reply=given.reply)]
    text = _given_text(given, "give a file, or --said and --reply; --help shows how")
    if _is_json(given, text):
        return from_jsonl(text)
    return from_transcript(text, person=given.person)


def _talk(given: argparse.Namespace) -> "Talk":
    from beside_gauge.transcript import talk_from_json, talk_from_transcript

    if given.said is not None or given.reply is not None:
        raise NotReadable("a whole conversation is a file; --said and --reply are for one reply")
    text = _given_text(given, "give the file of the conversation; --help shows how")
    if _is_json(given, text):
        return talk_from_json(text)
    return talk_from_transcript(text, person=given.person)


def _given_text(given: argparse.Namespace, otherwise: str) -> str:
    """The file's text, or what is piped in; `otherwise` is said where there is neither."""
    if given.file is None and sys.stdin.isatty():
        raise NotReadable(otherwise)
    return _text(given.file)


def _is_json(given: argparse.Namespace, text: str) -> bool:
    named = str(given.file).endswith((".jsonl", ".json"))
    return named or re.match(r"\s*(?:\{|\[\s*\{)", text) is not None


def _text(name: str | None) -> str:
    try:
        if name in (None, "-"):
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(str(name)).open("rb") as file:
                data = file.read(LARGEST + 1)
    except OSError as error:
        raise NotReadable(
            f"the file cannot be opened ({error.strerror}); is the name right?"
        ) from None
    if len(data) > LARGEST:
        raise NotReadable("the file is over 200 MB; give it in parts")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotReadable("the file is not UTF-8 text; save it as UTF-8 and try again") from None
    if not text.strip():
        raise NotReadable("there is nothing in it")
    return text


def _readings(exchanges: list[Exchange]) -> Iterator[tuple[Exchange, Reading]]:
    from beside_gauge.gauge import default

    gauge = default()
    shown = len(exchanges) >= LONG and sys.stderr.isatty()
    rest = iter(exchanges)
    done = 0
    few = len(exchanges) <= FEW
    while chunk := list(islice(rest, BATCH)):
        readings = [gauge.explain(each) for each in chunk] if few else gauge.read_many(chunk)
        yield from zip(chunk, readings, strict=True)
        done += len(chunk)
        if shown:
            _bar(done, len(exchanges))


def _bar(done: int, of: int) -> None:
    part = done * 30 // of
    end = "\n" if done == of else ""
    sys.stderr.write(f"\r[{'#' * part}{' ' * (30 - part)}] {done} of {of}{end}")
    sys.stderr.flush()


def _print(given: argparse.Namespace, exchange: Exchange, reading: Reading) -> None:
    from beside_gauge.picture import svg
    from beside_gauge.table import as_json, as_table

    if given.svg is not None:
        _write(given.svg, svg(reading))
    elif given.json:
        sys.stdout.write(json.dumps(as_json(reading), ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(as_table(exchange, reading) + "\n")


def _write(file: Path, picture: str) -> None:
    try:
        file.write_text(picture, encoding="utf-8")
    except OSError as error:
        raise NotReadable(f"the picture cannot be written there ({error.strerror})") from None
    sys.stdout.write(f"{file}\n")


if __name__ == "__main__":
    raise SystemExit(main())
