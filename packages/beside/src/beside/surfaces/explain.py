"""What a person is told when something went wrong, by the code of the error, in their language.

The sentences are whole and fixed, so that they can be translated and never hold anyone's words.
"""

from beside.errors import BesideError
from beside.sentence import Gettext, told


def explain(error: BesideError, _: Gettext) -> str:
    """What happened and what to do next. The error's own words where there is no sentence."""
    return _sentences(_).get(error.code) or told(error.sentence, _)


def explain_end(state: str, reason: str | None, _: Gettext) -> tuple[str, ...]:
    """Why a reply ended as it did, in whole sentences; none where it simply came to its end."""
    if state == "stopped" and reason != "locked":
        return (_("Stopped here."),)
    if reason is None:
        return ()
    if reason.startswith("care-"):
        return (_("Beside held back what this voice was about to say."),)
    why = _endings(_).get(reason, _("The voice broke off."))
    if state == "done":
        return why, _("Beside answered in its own words instead.")
    return (why,)


def _endings(_: Gettext) -> dict[str, str]:
    return {
        "unreachable": _("The voice could not be reached."),
        "timed-out": _("The voice was silent for too long."),
        "refused": _("The server of this voice refused."),
        "broke": _("The voice broke off."),
        "missing": _("The voice is not here."),
        "consent-needed": _(
            "This voice would send words off this machine, and waits for your yes."
        ),
        "interrupted": _("Beside was interrupted while answering; these words had arrived."),
        "locked": _("Beside was locked while answering; these words had arrived."),
        "late": _("The voice needed longer than its first words may take."),
        "silent": _("The voice had no words."),
        "disk-full": _("There was no room left on the disk for the rest."),
    }


def _sentences(_: Gettext) -> dict[str, str]:
    return {
        "wrong-passphrase": _(
            "That did not open the journal. Nothing is lost; take your time and try again."
        ),
        "passphrase-too-short": _(
            "A passphrase has at least eight characters. A few ordinary words in a row are easy "
            "to remember and hard to guess."
        ),
        "no-such-person": _("There is no journal under this name on this machine."),
        "person-exists": _("There is a journal under this name already. Choose another name."),
        "name-unusable": _(
            "This name cannot be used. Letters and digits are fine, with spaces, dots or hyphens "
            "between them."
        ),
        "key-missing": _(
            "The file keys.json is not beside the journal, and without it nobody can open it. "
            "Put it back from a backup; the journal was not touched."
        ),
        "not-a-journal": _("The file journal.db is not a journal of Beside’s. It was not touched."),
        "journal-damaged": _(
            "The journal is damaged, perhaps cut short while it was copied. It was not touched; "
            "a backup can be restored with `beside restore`."
        ),
        "journal-newer": _(
            "This journal was written by a later version of Beside. Please use that version; "
            "nothing was changed."
        ),
        "journal-busy": _(
            "Another Beside on this machine has this journal open. Close that one, then try again."
        ),
        "journal-locked": _("Beside is locked. Unlock it to go on."),
        "disk-full": _(
            "There is no room left on the disk. What was kept is still kept; make some room and "
            "try again."
        ),
        "backup-unreadable": _("This is not a backup, or another passphrase opens it."),
        "unreachable": _("The server of this voice could not be reached. Is it running?"),
        "timed-out": _("The voice was silent for too long."),
        "refused": _("The server of this voice refused. Its key or its model may be wrong."),
        "broke": _("The reply of this voice could not be understood."),
        "missing": _(
            "This voice is not here, or it cannot be called or reached this way. Check its name, "
            "its address and its model."
        ),
        "consent-needed": _(
            "This voice would send your words off this machine, so it waits for your yes."
        ),
        "weights-wrong": _(
            "What was downloaded is not what was expected, so it was deleted. You can try again."
        ),
        "carry": _("This could not be brought in or taken along."),
        "not-a-conversation": _(
            "Beside found no conversation that it can read in this file. Nothing was changed."
        ),
        "not-a-person": _("This describes nobody whom Beside can let you practise with."),
        "nothing-said": _("There are no words here yet. Say it in your own time."),
        "too-long": _(
            "This is longer than one turn can hold (20,000 characters). Nothing is lost: your "
            "words are still here, and can be said in parts."
        ),
        "no-such-turn": _("This turn is not in the conversation; it may have been erased."),
        "no-such-conversation": _("This conversation is not here; it may have been erased."),
        "still-speaking": _(
            "A reply is still being written here. Let it finish or stop it, then go on."
        ),
        "setting-wrong": _("This cannot be used as it was given; please look at it once more."),
    }
