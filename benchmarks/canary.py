"""What was said, searched for on the disk: data, logs, backups, temporary files.

A person talks, searches, writes a draft, makes a backup, exports nothing, locks; then unlocks and
erases. Every file under the home that this Beside was given is read as bytes, while it runs, after
the lock and after the erase, and searched for what was said: as it is, case-folded, as UTF-16,
base64 (each alignment) and URL-encoded. The control holds the same words plainly, in each form.
"""

import asyncio
import base64
import tempfile
import urllib.parse
from pathlib import Path

from benchmarks.house import PASSPHRASE, furnish, standing, visiting
from benchmarks.report import Metric, count, main, share

REACH = {"readable_words": "0", "control_found": "1.0"}
SECRETS = (
    "quillwort",
    "Zernikeplein",
    "marzipan-lighthouse",
    "Übermorgenstern",
    "borrowed umbrella of Esperanza",
)


def forms(words: str) -> dict[str, bytes]:
    """The ways in which words could stand in a file, by name."""
    plain = words.encode("utf-8")
    found = {
        "plain": plain,
        "folded": words.casefold().encode("utf-8"),
        "utf-16-le": words.encode("utf-16-le"),
        "utf-16-be": words.encode("utf-16-be"),
        "url": urllib.parse.quote(words).encode("ascii"),
        "url-plus": urllib.parse.quote_plus(words).encode("ascii"),
    }
    for shift in range(3):
        coded = base64.b64encode(b"\x00" * shift + plain + b"\x00" * 3)
        found[f"base64-{shift}"] = coded[4 if shift else 0 : len(coded) - 8]
    return found


def readable(folder: Path) -> set[tuple[str, str]]:
    """Which secret was found in which form, in any file or file name under the folder."""
    found = set()
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        try:
            content = path.read_bytes() + str(path).encode("utf-8", "surrogateescape")
        except FileNotFoundError:
            continue
        folded = content.lower()
        for secret in SECRETS:
            for name, form in forms(secret).items():
                if form in content or (name == "folded" and form in folded):
                    found.add((secret, name))
    return found


async def live(port: int, home: Path, turns: int) -> set[tuple[str, str]]:
    """A conversation, a draft, a search, a backup, a wrong form; then what can be read."""
    async with visiting(port) as visitor:
        await visitor.unlock()
        conversation: str | None = None
        for number in range(turns):
            secret = SECRETS[number % len(SECRETS)]
            said = f"I never told anyone about the {secret}. It keeps me awake."
            conversation, reply = await visitor.say(said, conversation)
            if reply and number % 3 == 1:
                await visitor.post(f"/talk/{conversation}/stop", turn=reply)
            elif reply:
                async for _ in visitor.words(conversation, reply):
                    pass
        await visitor.post("/draft", conversation=conversation or "", words=SECRETS[0])
        await visitor.post("/conversations", words=SECRETS[0])
        await visitor.http.post("/talk", data={"key": "not the key", "words": SECRETS[1]})
        await visitor.http.get(f"/no-such-page-{SECRETS[0]}")
        backup = await visitor.http.post(
            "/carry/backup",
            data={"key": visitor.key, "passphrase": PASSPHRASE, "again": PASSPHRASE},
        )
        if backup.status_code == 200:
            (home / "backup.age").write_bytes(backup.content)
        found = readable(home)
        await visitor.get("/")
        await visitor.post("/lock")
        found |= readable(home)
        await visitor.unlock()
        await visitor.get(f"/talk/{conversation}/erase")
        await visitor.post(f"/talk/{conversation}/erase", sure="yes")
        found |= readable(home)
        return found


def measure(short: bool) -> list[Metric]:
    """One evening of 10 turns (60 in the long form), and the control."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        (home / "tmp").mkdir()
        furnish(home / "data", "me")
        environment = _environment(home)
        with (
            (home / "log.txt").open("wb") as log,
            standing(
                home / "data", words=60, pieces_per_second=200,
                env=environment, stdout=log, stderr=log,
            ) as (_, port),
        ):  # fmt: skip
            found = asyncio.run(live(port, home, 10 if short else 60))
        found |= readable(home)
        files = sum(path.is_file() for path in home.rglob("*"))
        backed_up = (home / "backup.age").exists()
    with tempfile.TemporaryDirectory() as place:
        control = Path(place)
        for secret in SECRETS:
            for name, form in forms(secret).items():
                (control / f"{len(list(control.iterdir()))}-{name}").write_bytes(b"x" + form + b"y")
        seen = readable(control)
    wanted = {(secret, name) for secret in SECRETS for name in forms(secret)}
    if not backed_up:
        raise SystemExit("No backup was made, so nothing can be said about backups.")
    return [
        count("readable_words", len({secret for secret, _ in found}), n=files),
        share("control_found", len(seen & wanted), len(wanted)),
    ]


def _environment(home: Path) -> dict[str, str]:
    import os

    places = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"), str(home))
    return {**os.environ, **places, "TMPDIR": str(home / "tmp"), "PYTHONPATH": str(Path.cwd())}


if __name__ == "__main__":
    main(measure, REACH)
