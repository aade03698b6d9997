"""A voice that would send words off this machine: used only after a yes, given here and now."""

from typing import TYPE_CHECKING

from beside.surfaces.cli.terminal import Terminal

if TYPE_CHECKING:
    from beside.wiring import Beside


def may_be_used(terminal: Terminal, beside: "Beside", voice: str, *, otherwise: str) -> bool:
    """Whether this voice may be used: one that sends words away waits for a yes.

    `otherwise` is said where it may not. Raises VoiceError where there is no such voice.
    """
    from beside.errors import ConsentNeeded
    from beside.surfaces.cli.ask import agree

    _ = terminal.gettext
    try:
        beside.voice(voice, agreed=False)
    except ConsentNeeded as error:
        terminal.aside(terminal.told(error.sentence))
        if terminal.is_live() and agree(terminal, _("Do you agree to that, for this voice?")):
            return True
        terminal.aside(otherwise)
        return False
    return True
