"""Words as HTML. A reply's Markdown passes one gate; what a person wrote is never read as HTML."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup, escape

_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "hr"}


def reply_html(text: str) -> Markup:
    """A reply's words: paragraphs, emphasis, lists, quotations, code; nothing that acts or loads.

    A link is shown as its words and its address, and cannot be clicked: a voice must not be able
    to have words carried off.
    """
    return Markup(nh3.clean(_markdown().render(text), tags=_TAGS, attributes={"ol": {"start"}}))  # noqa: S704 - cleaned


def spoken_text(html: Markup) -> str:
    """The words of a reply for the ear: one line, without any marks."""
    return " ".join(html.striptags().split())


def plain_html(text: str) -> Markup:
    """What a person wrote, as they wrote it."""
    return escape(text)


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}, renderer_cls=_Renderer)


class _Renderer(RendererHTML):
    """Headings become strong paragraphs, links and images their words and address."""

    def heading_open(self, *_: Any) -> str:
        return "<p><strong>"

    def heading_close(self, *_: Any) -> str:
        return "</strong></p>\n"

    def link_open(self, *_: Any) -> str:
        return ""

    def link_close(
        self,
        tokens: Sequence[Token],
        idx: int,
        options: OptionsDict,  # noqa: ARG002 - the renderer's signature
        env: Any,  # noqa: ARG002
    ) -> str:
        address = _opening(tokens, idx).attrGet("href")
        words = tokens[idx - 1].content if idx else ""
        return "" if address in (None, words) else f" ({escape(str(address))})"

    def image(
        self,
        tokens: Sequence[Token],
        idx: int,
        options: OptionsDict,  # noqa: ARG002 - the renderer's signature
        env: Any,  # noqa: ARG002
    ) -> str:
        return str(escape(f"{tokens[idx].content} ({tokens[idx].attrGet('src')})"))


def _opening(tokens: Sequence[Token], closing: int) -> Token:
    return next(tokens[at] for at in range(closing, -1, -1) if tokens[at].type == "link_open")
