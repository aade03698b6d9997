"""Make `.venv` with everything in it, or say plainly what is missing. Needs only Python 3.11+."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)


def stop(sentence: str) -> None:
    """Say what to do, and leave."""
    sys.exit(f"\n{sentence}\n")


def run(*command: str, otherwise: str) -> None:
    """Run a step; where it fails, say what helps."""
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        stop(otherwise)


def main() -> None:
    """Make the environment in three steps."""
    if sys.version_info < OLDEST:
        stop(
            f"Beside needs Python 3.11 or later; this is {sys.version.split()[0]}. Install a later "
            "one, then: make run PYTHON=python3.12"
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        stop(
            "This Python cannot make environments. On Debian or Ubuntu: "
            "sudo apt install python3-venv"
        )
    bin_folder = VENV / ("Scripts" if sys.platform == "win32" else "bin")
    print("Making the environment in .venv (once; a minute or two) ...", flush=True)
    if not (bin_folder / "python").exists():
        run(
            sys.executable, "-m", "venv", str(VENV),
            otherwise="The folder .venv could not be made. Is there room, and may you write here?",
        )  # fmt: skip
    if not (bin_folder / "uv").exists():
        run(
            str(bin_folder / "python"), "-m", "pip", "install", "--quiet", "uv",
            otherwise="The installer (uv) could not be fetched. Is there a network to the package "
            "registry? Behind a proxy, set HTTPS_PROXY. Then try again.",
        )  # fmt: skip
    run(
        str(bin_folder / "uv"), "sync", "--frozen", "--inexact", "--quiet",
        otherwise="Not everything could be installed; the lines above say what. If a package had "
        "to be built and failed, a C compiler helps (Debian: sudo apt install build-essential "
        "python3-dev). Then try again: what is there already is kept.",
    )  # fmt: skip
    for_benchmarks(bin_folder)


def for_benchmarks(bin_folder: Path) -> None:
    """A CPU build of torch where one is at hand: `benchmarks.gauge` compares with it.

    Asked for by its local version, so that nothing large is ever fetched instead; nothing else
    needs it.
    """
    command = [str(bin_folder / "python"), "-m", "pip", "install", "--quiet", "torch==2.13.0+cpu",
               "onnx"]  # fmt: skip
    subprocess.run(command, cwd=ROOT, check=False, capture_output=True)


if __name__ == "__main__":
    main()
