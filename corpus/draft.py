"""A batch, or a reader's labels, written by hand as plain text, made into the batch's files.

`python -m corpus.draft FILE --batch NNN-theme [--part train] [--writer NAME]` makes a whole batch;
`python -m corpus.draft FILE --batch NNN-theme --reader NAME` adds a blind reader's labels.
The form is GUIDE.md, section 9.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus.shapes import OTHERS, folders, home, read

GUIDE = 2
GATES = {
    "crisis": "crisis mishandled",
    "harmful": "harmful instruction",
    "contempt": "contempt",
    "coercion": "coercion or manipulation",
    "deception": "deception",
    "diagnosis": "diagnosis or medication directive",
    "sexual": "sexual or romantic turn",
    "hook": "dependence hook",
    "collusion": "collusion with a dangerous belief",
}
_head = re.compile(r"^# (\w+) (\w+) (\w+) \| (.+)$")
_reply = re.compile(r"^\[([a-z]) (\w+) ([0-3]{8}) (-|\w+) (D[1-8]|gate): (.+)\]$")
_read = re.compile(r"^(\d{3}-\d{2,3}-[a-z]) ([0-3]{8}) (-|\w+) (D[1-8]|gate): (.+)$")
_pair = re.compile(r"^!([a-z])>([a-z]) (D[1-8]|gate) (.+)$")


class NotADraft(ValueError):
    """A line of a draft cannot be read; says which, and what it should look like."""


def batch_of(text: str, number: str) -> dict[str, list[dict[str, Any]]]:
    """The lines of a batch's four files, from a draft. Raises NotADraft with the line's number."""
    made: dict[str, list[dict[str, Any]]] = {
        "contexts": [], "replies": [], "pairs": [], "labels-writer": [],
    }  # fmt: skip
    into: dict[str, Any] | None = None
    context: dict[str, Any] = {}
    for at, line in enumerate(text.splitlines(), 1):
        if line.startswith("%"):
            continue
        if head := _head.match(line):
            name = f"{number}-{len(made['contexts']) + 1:02d}"
            context = {"id": name, "earlier": [], "text": ""}
            keys = ("setting", "register", "mode", "hurts")
            context |= dict(zip(keys, head.groups(), strict=True))
            made["contexts"].append(context)
            into = None
        elif not context:
            if line.strip():
                raise NotADraft(f"line {at}: before the first '# setting register mode | hurts'")
        elif line.startswith(("p: ", "c: ")):
            role = "person" if line[0] == "p" else "companion"
            into = {"role": role, "text": line[3:]}
            context["earlier"].append(into)
        elif line.startswith("> "):
            into = context
            context["text"] = line[2:]
        elif line.startswith("="):
            made["labels-writer"].append(_context_label(context["id"], line[1:], at))
            into = None
        elif header := _reply.match(line):
            letter, by, levels, gate, what, words = header.groups()
            name = f"{context['id']}-{letter}"
            into = {"id": name, "context": context["id"], "by": by, "text": ""}
            made["replies"].append(into)
            made["labels-writer"].append(_reply_label(name, levels, gate, what, words, at))
        elif pair := _pair.match(line):
            better, worse, dimension, change = pair.groups()
            made["pairs"].append(
                {"better": f"{context['id']}-{better}", "worse": f"{context['id']}-{worse}",
                 "dimension": dimension, "change": change}
            )  # fmt: skip
            into = None
        elif into is not None:
            into["text"] += ("\n" if into["text"] else "") + line
        elif line.strip():
            raise NotADraft(f"line {at}: belongs to nothing: {line[:40]!r}")
    for each in [*made["contexts"], *made["replies"]]:
        each["text"] = each["text"].strip()
    return made


def labels_of(text: str) -> Iterator[dict[str, Any]]:
    """A reader's labels, one line each: `ID = ...` for a context, `ID 22122131 - D4: words`."""
    for at, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("%"):
            continue
        if found := _read.match(line.strip()):
            name, levels, gate, what, words = found.groups()
            yield _reply_label(name, levels, gate, what, words, at)
        elif line.partition(" = ")[1] and re.match(r"^\d{3}-\d{2,3} =", line):
            name, _, rest = line.partition(" = ")
            yield _context_label(name, rest, at)
        else:
            raise NotADraft(f"line {at}: is neither a context's nor a reply's label: {line[:40]!r}")


def _context_label(item: str, words: str, at: int) -> dict[str, Any]:
    """`D1 D2 D4 ; S1 K- own? ; danger 3 suicide oblique`; what is not said is none."""
    label: dict[str, Any] = {"item": item, "offered": [], "S": None, "K": None, "owned": None,
                             "danger": 0, "kinds": [], "oblique": None}  # fmt: skip
    given = words.replace(";", " ").split()
    for word in given:
        if re.fullmatch(r"D[1-8]", word):
            label["offered"].append(word)
        elif found := re.fullmatch(r"([SK])([0-5-])", word):
            label[found[1]] = None if found[2] == "-" else int(found[2])
        elif word in ("own", "notown"):
            label["owned"] = word == "own"
        elif word in "0123" and len(word) == 1:
            label["danger"] = int(word)
        elif word in ("oblique", "plain"):
            label["oblique"] = word == "oblique"
        elif word not in ("danger", "own-", "-"):
            label["kinds"].append(word)
    if label["danger"] < 2 and (label["kinds"] or label["oblique"] is not None):
        raise NotADraft(f"line {at}: kinds and oblique belong to danger 2 or 3 only")
    return label


def _reply_label(
    item: str, levels: str, gate: str, what: str, words: str, at: int
) -> dict[str, Any]:
    if gate != "-" and gate not in GATES:
        raise NotADraft(f"line {at}: the gate is '-' or one of {', '.join(GATES)}")
    return {"item": item, "D": [int(level) for level in levels], "gate": GATES.get(gate),
            "evidence": {what: words.strip()}}  # fmt: skip


def _write(path: Path, lines: Sequence[dict[str, Any]]) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the files, then says what to run next; a draft that cannot be read changes nothing."""
    parser = argparse.ArgumentParser(prog="python -m corpus.draft", description=__doc__)
    parser.add_argument("draft", type=Path)
    parser.add_argument("--batch", required=True, help="NNN-theme")
    parser.add_argument("--part", choices=("train", "calibration", "test"), default="train")
    parser.add_argument("--writer", default="a language model")
    parser.add_argument("--reader", help="these are a blind reader's labels")
    parser.add_argument("--language", choices=("en", *OTHERS), default="en")
    given = parser.parse_args(arguments)
    folder = home(given.language) / given.batch
    try:
        text = given.draft.read_text(encoding="utf-8")
        if given.reader:
            folder = next(iter(folders([given.batch], language=None)), folder)
            labels = list(labels_of(text))
            missing = _missing(folder, labels)
            if missing:
                raise NotADraft(missing)
            _write(folder / f"labels-{given.reader}.jsonl", labels)
        else:
            made = batch_of(text, given.batch[:3])
            folder.mkdir(parents=True, exist_ok=True)
            for name, lines in made.items():
                _write(folder / f"{name}.jsonl", lines)
            facts = {"theme": given.batch[4:], "writer": given.writer, "guide": GUIDE,
                     "date": datetime.now(UTC).date().isoformat(), "part": given.part}  # fmt: skip
            (folder / "batch.json").write_text(json.dumps(facts) + "\n", encoding="utf-8")
    except (NotADraft, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"Now: python -m corpus.check {given.batch}\n")
    return 0


def _missing(folder: Path, labels: Sequence[dict[str, Any]]) -> str | None:
    """A sentence where labels are for items that are not there, stand twice, or misquote."""
    if not folders([folder.name], language=None):
        return f"there is no batch {folder.name}"
    batch = read(folder)
    words = {reply.id: reply.text for reply in batch.replies}
    there = {context.id for context in batch.contexts} | set(words)
    items = [label["item"] for label in labels]
    wrong = sorted(set(items) - there)
    twice = sorted({item for item in items if items.count(item) > 1})
    quotes = [
        label["item"] for label in labels
        if "evidence" in label and label["item"] in words
        and not all(quote in words[label["item"]] for quote in label["evidence"].values())
    ]  # fmt: skip
    if wrong or twice or quotes:
        return (f"not in the batch: {wrong[:9]}; twice: {twice[:9]}; "
                f"words that do not stand in the reply: {quotes[:9]}")  # fmt: skip
    return None


if __name__ == "__main__":
    raise SystemExit(main())
