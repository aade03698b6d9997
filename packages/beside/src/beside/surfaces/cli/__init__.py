"""The command line: `beside`. One file per command; each is loaded only when it is asked for."""

from beside.surfaces.cli.program import main

__all__ = ["main"]
