"""`beside-gauge`: text, JSON lines or a transcript in; a table, JSON or a picture out."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from beside_gauge.errors import GaugeError, NotReadable
from beside_gauge.exchange import Exchange, Turn
from beside_gauge.reading import Reading

BATCH = 64
LONG = 200
FEW = 20
LARGEST = 200_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads and prints; 0 when done, 2 where the input cannot be read (said on stderr)."""
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        exchanges = _exchanges(given)
        if given.svg is not None and len(exchanges) != 1:
            raise NotReadable("a picture shows one reply; use --said and --reply, or one line")
        for exchange, reading in _readings(exchanges):
            _print(given, exchange, reading)
    except GaugeError as error:
        sys.stderr.write(f"beside-gauge: {error}\n")
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="beside-gauge",
        description="How a reply meets what a person said: eight dimensions from 0 to 3, and a "
        "gate. An estimate by a small model on this machine; nothing leaves it.",
    )
    parser.add_argument(
        "file", nargs="?", help="a transcript ('Name: words') or .jsonl; - is stdin"
    )
    parser.add_argument("--said", help="what the person said")
    parser.add_argument("--reply", help="what was answered")
    parser.add_argument("--person", help="in a transcript: the name of the one who is answered")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--svg", type=Path, help="write a picture of the one reply here")
    return parser


def _exchanges(given: argparse.Namespace) -> list[Exchange]:
    from beside_gauge.transcript import from_jsonl, from_transcript

    if (given.said is None) != (given.reply is None):
        raise NotReadable("--said and --reply belong together: one side alone cannot be read")
    if given.said is not None:
        return [Exchange(context=(Turn(role="person", text=given.said),), reply=given.reply)]
    if given.file is None and sys.stdin.isatty():
        raise NotReadable("give a file, or --said and --reply; --help shows how")
    text = _text(given.file)
    if str(given.file).endswith(".jsonl") or text.lstrip().startswith("{"):
        return from_jsonl(text)
    return from_transcript(text, person=given.person)


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
            part = done * 30 // len(exchanges)
            sys.stderr.write(f"\r[{'#' * part}{' ' * (30 - part)}] {done} of {len(exchanges)}")
            sys.stderr.flush()
    if shown:
        sys.stderr.write("\n")


def _print(given: argparse.Namespace, exchange: Exchange, reading: Reading) -> None:
    from beside_gauge.picture import svg
    from beside_gauge.table import as_json, as_table

    if given.svg is not None:
        try:
            given.svg.write_text(svg(reading), encoding="utf-8")
        except OSError as error:
            raise NotReadable(f"the picture cannot be written there ({error.strerror})") from None
        sys.stdout.write(f"{given.svg}\n")
    elif given.json:
        sys.stdout.write(json.dumps(as_json(reading), ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(as_table(exchange, reading) + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
