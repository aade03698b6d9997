"""`python -m beside` is the command line."""

from beside.surfaces.cli import main

main()
