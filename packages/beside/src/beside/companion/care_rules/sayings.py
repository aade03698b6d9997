"""What a model may not say, sentence by sentence."""


def objection(sentence: str, *, in_danger: bool) -> str | None:
    """A short code of why this may not be said; None where it may."""
    if in_danger and "your family" in sentence.lower():
        return "guilt"
    return None
