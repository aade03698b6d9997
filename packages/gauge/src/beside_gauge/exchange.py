"""What is read: a reply, the person's turn that it answers, and what came before."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["person", "companion"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn of a conversation. `role` is `companion` for whoever helps, also a practitioner."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A reply in its place: `context` is the turns before it, the person's turn last.

    A list of turns is taken as well. Raises ValueError where the context is empty or does not end
    with the person.
    """

    context: tuple[Turn, ...]
    reply: str

    def __post_init__(self) -> None:
        if isinstance(self.context, list):
            object.__setattr__(self, "context", tuple(self.context))
        if not self.context or self.context[-1].role != "person":
            raise ValueError("an exchange needs a context that ends with the person's turn")
