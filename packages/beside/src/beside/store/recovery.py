"""The recovery key as a person sees it: 28 letters and digits in seven groups, for paper.

26 of them are 130 random bits in Crockford's base 32; the last two are a check that finds any
single wrong character and any two neighbours that changed places.
"""

import secrets
from collections.abc import Callable

from beside.errors import WrongPassphrase

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKES = str.maketrans("OILU", "011V")
_LETTERS = 26
_CHECK_LETTERS = 2
_CHECK_PRIME = 1021
"""The largest prime below 32 * 32: no slip of one character is a multiple of it."""

RandomBits = Callable[[int], int]


def make_recovery_key(random_bits: RandomBits = secrets.randbits) -> str:
    """A new recovery key, as it is printed: `7KQ2-M0XV-...`, seven groups of four."""
    number = random_bits(5 * _LETTERS)
    return _group(_write(number, _LETTERS) + _write(number % _CHECK_PRIME, _CHECK_LETTERS))


def read_recovery_key(typed: str) -> bytes:
    """What a typed recovery key stands for: 17 bytes.

    Small letters, spaces, hyphens and look-alikes (O for 0, I and L for 1, U for V) are accepted.
    Raises WrongPassphrase, saying which, where the length is wrong, a character cannot be in a
    key, or the check shows a slip of the hand.
    """
    written = "".join(each for each in typed.upper() if each not in " -–—_.·\t\r\n\u00a0")
    written = written.translate(_LOOK_ALIKES)
    if any(each not in _ALPHABET for each in written):
        raise WrongPassphrase(
            "There is a character in this recovery key that no recovery key has. "
            "It is made of letters and digits only; please look at the paper again."
        )
    if len(written) != _LETTERS + _CHECK_LETTERS:
        raise WrongPassphrase(
            f"A recovery key has {_LETTERS + _CHECK_LETTERS} letters and digits, and this one has "
            f"{len(written)}. Please compare it with the paper, group by group."
        )
    number = _read(written[:_LETTERS])
    if _read(written[_LETTERS:]) != number % _CHECK_PRIME:
        raise WrongPassphrase(
            "There is a typing slip in this recovery key: its last two characters do not fit the "
            "others. Please compare it with the paper, group by group."
        )
    return number.to_bytes(17, "big")


def _group(written: str) -> str:
    return "-".join(written[start : start + 4] for start in range(0, len(written), 4))


def _write(number: int, letters: int) -> str:
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(letters)))


def _read(written: str) -> int:
    number = 0
    for letter in written:
        number = number << 5 | _ALPHABET.index(letter)
    return number
