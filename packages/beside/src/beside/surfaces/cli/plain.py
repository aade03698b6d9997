"""Words made safe to show in a terminal, and words read from one made whole.

Stored or streamed text may hold escape sequences that move the cursor, rewrite a title or
reverse what is read. None of them reaches the terminal; letters of every script do.
"""

import re

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_ESCAPES = re.compile(
    r"""
      \x1b\[[0-?]*[ -/]*[@-~]                     # colours, cursor moves
    | \x1b[\]PX^_].*?(?:\x07|\x1b\\|\x9c|$)       # titles, links, device strings
    | \x1b[ -/]*[0-~]?                            # the short ones
    """,
    re.VERBOSE | re.DOTALL,
)
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


def plain(text: str) -> str:
    r"""The text without anything a terminal would obey; new lines and tabs stay.

    >>> plain("calm\x1b[31m and \x1b]0;title\x07clear")
    'calm and clear'
    """
    text = _ESCAPES.sub("", whole(text))
    text = _LINE_ENDS.sub("\n", text)
    return _UNSEEN.sub("", text)


def plain_line(text: str) -> str:
    """The text as one safe line."""
    return " ".join(plain(text).split())


def whole(text: str) -> str:
    """The text with every half of a broken character replaced, so that it can be kept.

    Bytes that are not UTF-8 reach Python as lone surrogates; they become the replacement sign.
    """
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
