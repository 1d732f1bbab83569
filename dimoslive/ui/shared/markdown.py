"""Markdown of ours as HTML that wears the design system's classes."""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from dimoslive.i18n.search_key import latin_key

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_CLASSES = {
    "h2": "govgr-heading-m",
    "h3": "govgr-heading-s",
    "p": "govgr-body",
    "ul": "govgr-list govgr-list--bullet",
    "ol": "govgr-list govgr-list--number",
    "li": "govgr-list__item",
    "a": "govgr-link",
}


def to_html(markdown: str) -> str:
    """A text as HTML; raw HTML in it is shown, not obeyed. Headings get an ``id`` in Latin letters to link to."""
    tokens = _MARKDOWN.parse(markdown)
    for position, token in enumerate(tokens):
        _dress(token)
        if token.type == "heading_open":
            token.attrSet("id", _anchor(tokens[position + 1]))
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def _dress(token: Token) -> None:
    if token.nesting == 1 and token.tag in _CLASSES:
        token.attrSet("class", _CLASSES[token.tag])
    for child in token.children or ():
        _dress(child)


def _anchor(heading: Token) -> str:
    words = "".join(child.content for child in heading.children or ())
    return re.sub(r"[^a-z0-9]+", "-", latin_key(words)).strip("-")
