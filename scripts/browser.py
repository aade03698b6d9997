"""See to a chromium for the browser tests: the system's, installed where that is allowed.

Says what it did. Never fails: where there is none, the browser tests are skipped and say so.
"""

import os
import shutil
import subprocess


def main() -> None:
    """Look for chromium; install Debian's where this account may."""
    if any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing the system's chromium for the browser tests ...", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "chromium"],
        ):
            subprocess.run(command, env=quiet, check=False, stdout=subprocess.DEVNULL)
    if not shutil.which("chromium"):
        print(
            "There is no chromium here: the browser tests are skipped. "
            "To run them, install it (Debian: sudo apt install chromium)."
        )


if __name__ == "__main__":
    main()
