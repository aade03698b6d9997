"""How words are put into a reply, and how its form is changed, in many shapes and without a model.

Nothing here knows of labels; `variants.py` says what each change is worth.
"""

import random
import re
from collections.abc import Sequence

_end = re.compile(r"(?<=[.!?…])\s+|\s*\n\s*")
_EMOJI = ("🙏", "❤️", "💛", "🤗", "😊", "✨", "🌱", "💪", "🫶", ":)", "<3", "🌈", "🥺", "👏")


def sentences(text: str) -> list[str]:
    """A reply in sentences, roughly."""
    return [piece for piece in _end.split(text.strip()) if piece]


def lowered(text: str) -> str:
    """With a small first letter, where the first word is not "I" or a short form of it."""
    if re.match(r"I\b|[A-Z]{2}", text):
        return text
    return text[:1].lower() + text[1:]


def insert(text: str, phrase: str, rng: random.Random) -> str:
    """The phrase before, between or behind the sentences; the rest stays as it stood."""
    text = text.strip()
    gaps = [(0, 0), *(found.span() for found in _end.finditer(text)), (len(text), len(text))]
    start, end = rng.choice([gaps[0], gaps[-1], rng.choice(gaps)])
    if start < len(text) and phrase[-1:].isalnum() and rng.random() < 0.6:
        phrase += "."
    glue = rng.choice([" "] * 8 + ["\n", "\n\n"])
    before, after = text[:start], text[end:]
    return glue.join(piece for piece in (before, phrase, after) if piece)


def dressed(phrase: str, rng: random.Random) -> str:
    """The phrase as it is, or as somebody else would have typed it."""
    bare = phrase.rstrip(".!")
    return rng.choice([
        *[phrase] * 14, lowered(bare), bare.lower(), f"({phrase})", f"{bare}!",
        f"{phrase} {rng.choice(_EMOJI)}", bare.upper(), f"**{phrase}**", f"- {phrase}",
    ])  # fmt: skip


_PLACES = (
    "{all}.", "[{all}]", "({all})", "Keywords: {all}", "{tags}", "{dots}", "{lines}",
    "{a} {a} {a}!", "With {a}, {b} and {c}.", "In {a} and {b}, always.", "{a} and {b}.",
    "{a}, yes. {b}, yes. {c}.", "So much {a}, so much {b}.", "{a}? {b}? {c}!", "{a} – {b} – {c}",
    "*{a}* *{b}* *{c}*", "Here is {a}, here is {b}, and here is {c}.", "This is about {a}.",
    "{a} first, then {b}.",
)  # fmt: skip


def stuffed(text: str, words: Sequence[str], rng: random.Random) -> str:
    """Keywords strewn over a reply: as a heap, as tags, as labels, one by one, inside sentences."""
    chosen = rng.sample(list(words), rng.randint(3, 10))
    shape = rng.random()
    if shape < 0.55 or not text:
        a, b, c = chosen[:3]
        heap = rng.choice(_PLACES).format(
            a=a, b=b, c=c, all=", ".join(chosen), dots=" • ".join(chosen),
            tags=" ".join("#" + word.replace(" ", "") for word in chosen),
            lines="\n".join(f"- {word}" for word in chosen),
        )  # fmt: skip
        return insert(text, heap[:1].upper() + heap[1:], rng)
    if shape < 0.7:
        own = sentences(text)
        return " ".join(
            f"{word.capitalize()}: {piece}" if word else piece
            for word, piece in zip([*chosen, *[""] * len(own)], own, strict=False)
        )
    for word in chosen[:5]:
        if shape < 0.85:
            text = insert(text, f"{word.capitalize()}.", rng)
        else:
            at = rng.randint(1, len(text.split(" ")))
            own = text.split(" ")
            text = " ".join([*own[:at], f"({word})", *own[at:]])
    return text


_HEADS = (
    "Here's what I think:", "Key points:", "## Summary", "In short:", "What I hear", "**Reply**",
    "A few things:", "Some thoughts for you:", "Overview", "# Support", "To sum up:",
)  # fmt: skip


def listed(own: Sequence[str], rng: random.Random) -> str:
    """Sentences as a list, in one of the forms that lists have."""
    mark = rng.choice(["- ", "- ", "* ", "• ", "1. ", "1) ", "→ ", "✅ ", "**", "### "])
    lines = []
    for number, piece in enumerate(own, 1):
        piece = piece.lstrip("-*• ")
        if mark == "**":
            first, _, rest = piece.partition(" ")
            lines.append(f"- **{first}** {rest}".rstrip())
        else:
            lines.append(mark.replace("1", str(number)) + piece)
    head = [rng.choice(_HEADS)] if rng.random() < 0.35 else []
    return rng.choice(["\n", "\n", "\n\n"]).join([*head, *lines])


_SHORT = {
    "I'm": "I am", "you're": "you are", "You're": "You are", "it's": "it is", "It's": "It is",
    "don't": "do not", "Don't": "Do not", "can't": "cannot", "didn't": "did not", "I'd": "I would",
    "doesn't": "does not", "isn't": "is not", "won't": "will not", "wasn't": "was not",
    "I've": "I have", "you've": "you have", "You've": "You have", "there's": "there is",
    "There's": "There is", "I'll": "I will", "that's": "that is", "That's": "That is",
}  # fmt: skip
_long = re.compile(r"\b(" + "|".join(map(re.escape, _SHORT)) + r")\b")


def typed(text: str, rng: random.Random) -> str:
    """The same words in another hand: lines, stops, capitals, quotes, short forms written out."""
    return rng.choice([
        "\n".join(sentences(text)), "\n\n".join(sentences(text)), text.rstrip("."), text.lower(),
        re.sub(r"\.(?=\s|$)", "...", text), text.replace("'", "’"), text.replace("'", ""),
        _long.sub(lambda found: _SHORT[found[0]], text), text.replace(",", ""),
        text.replace(". ", ".  "), text.replace("; ", " - ").replace(": ", " - "),
    ])  # fmt: skip


def said_by(text: str, speaker: str, rng: random.Random) -> str:
    """A reply with the one who is said to speak before or behind it."""
    return rng.choice([
        "{who}: {text}", "[{who}] {text}", "({who}) {text}", "{who}:\n{text}", "**{who}:** {text}",
        "{who} writes: {text}", "{text}\n\n{who}", "{text}\n– {who}", "{text} ({who})",
        "<{who}> {text}", "{who} >> {text}", "From: {who}\n\n{text}", "{who} here. {text}",
        '{who} said: "{text}"',
    ]).format(who=speaker, text=text)  # fmt: skip


_PERSONS = {
    "i": "you", "i'm": "you're", "i've": "you've", "i'd": "you'd", "i'll": "you'll", "my": "your",
    "me": "you", "mine": "yours", "myself": "yourself", "am": "are", "we": "you", "our": "your",
}  # fmt: skip
_person = re.compile(r"[A-Za-z']+")
_war = re.compile(
    r"\b(fight\w*|fought|beat|beaten|war|battl\w*|kill\w*|crush\w*|hat(?:e|ed)|destroy\w*|"
    r"get rid of|gone|attack\w*|enemy|conquer|defeat\w*|smash\w*|strangle|cut (?:it|this) out)\b",
    re.IGNORECASE,
)


def turned(text: str) -> str:
    """What somebody said of themselves, said to them."""
    return _person.sub(lambda found: _PERSONS.get(found[0].lower(), found[0]), text)


def echo(said: str, rng: random.Random) -> str:
    """The person's own words given back and nothing else: whole, a piece, a war word."""
    whole = rng.choice(sentences(said) or [said]).strip("\"'“”")
    words = whole.split()[:30]
    start = rng.randrange(max(1, len(words) - 3))
    bit = " ".join(words[start : start + rng.randint(1, 6)]).strip('.,;:!?"“”')
    if (war := _war.search(said)) and rng.random() < 0.6:
        bit = war[0]
    whole = " ".join(words).rstrip(".,;:")
    bit = bit or whole
    yours = turned(whole)
    return rng.choice([
        f'"{whole}."', f"“{whole}”", f'You say: "{whole}."', f"> {whole}\n",
        f"So {lowered(yours)}.", f"{yours}, yes.",
        f"{yours[:1].upper()}{yours[1:]}?", f"What I hear is that {lowered(yours)}.",
        f'"{bit}", you say.', f"'{bit[:1].upper()}{bit[1:]}.'", f'Your word was "{bit}".',
        f'You call it "{bit}".', f'I noticed "{bit}".', f'That word: "{bit}".', f"{bit}...",
        f'You wrote "{bit}" just now.', f'"{bit}"? "{bit}".',
    ])  # fmt: skip


_orders = re.compile(
    r"(?:just |please |so |then )?(?:try|take|go|make|write|tell|ask|call|ring|talk|stop|start|get|"
    r"keep|put|give|do|don't|think|focus|remember|read|look|find|set|leave|see|speak|send|say|be|"
    r"you should|you must|you need to|you have to|you ought to|you'd better)\b",
    re.IGNORECASE,
)


def is_order(sentence: str) -> bool:
    """Whether a sentence begins as an order or as a piece of advice does."""
    return _orders.match(sentence) is not None and not sentence.endswith("?")


def softened(order: str, before: Sequence[str], behind: Sequence[str], rng: random.Random) -> str:
    """An order with "if you like" before or behind it: an order still."""
    if rng.random() < 0.65:
        return f"{rng.choice(before)} {lowered(order)}"
    mark = order[-1] if order[-1:] in ".!" else ""
    link = rng.choice([", ", ", ", " - ", " ... "])
    return f"{order.rstrip('.!')}{link}{rng.choice(behind)}{mark}"
