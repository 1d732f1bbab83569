"""The long texts of the public pages: Markdown files, each with its title."""

import re
from pathlib import Path

from dimoslive.i18n.texts import LANGUAGES, UnknownText
from dimoslive.ui.shared.markdown import to_html

PAGES = ("about", "faq", "contact", "privacy", "terms", "accessibility", "advice")

_FOLDER = Path(__file__).parent / "texts"
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


def _fill(text: str, markers: dict[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        filling = markers.get(found[1])
        if not filling:
            raise UnknownText(found[0])
        # A setting is text, not Markdown: an underscore in an address must not become emphasis.
        return _PUNCTUATION.sub(r"\\\1", filling)

    return _MARKER.sub(value, text)
