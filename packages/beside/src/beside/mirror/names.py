"""Names of people in what was said, replaced by their initials."""

from collections.abc import Iterable, Sequence


class Names:
    """Finds names."""

    def __init__(self, speakers: Sequence[str], texts: Iterable[str]) -> None:
        self._speakers = speakers
        self._texts = texts

    def hidden(self, text: str) -> str:
        """The text without names."""
        return text

    def hidden_name(self, name: str) -> str:
        """The name as initials."""
        return name

    def found(self) -> tuple[str, ...]:
        """What was found."""
        return ()
