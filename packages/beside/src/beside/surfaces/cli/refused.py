"""What the command line itself cannot do; everything else is refused by those it asks."""

from beside.errors import BesideError


class Refused(BesideError):
    """The command cannot be done as it was asked; the sentence says what to do instead."""

    code = "refused-here"
