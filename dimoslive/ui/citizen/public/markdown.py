"""The long texts of the public pages: Markdown files, turned into HTML that wears the design system's classes."""

import re
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from dimoslive.i18n.search_key import latin_key
from dimoslive.i18n.texts import LANGUAGES, UnknownText

PAGES = ("about", "faq", "contact", "privacy", "terms", "accessibility", "advice")

_FOLDER = Path(__file__).parent / "texts"
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
_MARKER = re.compile(r"\{\{(\w+)\}\}")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def page_texts(name: str, language: str, **markers: str) -> tuple[str, str]:
    """Title and HTML of a page, the title not repeated in the HTML; ``markers`` fill its ``{{name}}`` places.

    An unknown language gets Greek. Raises `UnknownText` for an unknown page and for a marker without a value.
    """
    if name not in PAGES:
        raise UnknownText(name)
    language = language if language in LANGUAGES else LANGUAGES[0]
    source = (_FOLDER / language / f"{name}.md").read_text(encoding="utf-8")
    title, _, body = source.partition("\n")
    return title.removeprefix("# ").strip(), to_html(_fill(body, markers))


def to_html(markdown: str) -> str:
    """A text as HTML; raw HTML in it is shown, not obeyed. Headings get an ``id`` in Latin letters to link to."""
    tokens = _MARKDOWN.parse(markdown)
    for position, token in enumerate(tokens):
        _dress(token)
        if token.type == "heading_open":
            token.attrSet("id", _anchor(tokens[position + 1]))
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def _fill(text: str, markers: dict[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        filling = markers.get(found[1])
        if not filling:
            raise UnknownText(found[0])
        # A setting is text, not Markdown: an underscore in an address must not become emphasis.
        return _PUNCTUATION.sub(r"\\\1", filling)

    return _MARKER.sub(value, text)


def _dress(token: Token) -> None:
    if token.nesting == 1 and token.tag in _CLASSES:
        token.attrSet("class", _CLASSES[token.tag])
    for child in token.children or ():
        _dress(child)


def _anchor(heading: Token) -> str:
    words = "".join(child.content for child in heading.children or ())
    return re.sub(r"[^a-z0-9]+", "-", latin_key(words)).strip("-")
