"""The wordings of the declaration, from ``declaration_texts/<version>.<language>.<mode>.md``."""

from functools import cache
from pathlib import Path

from dimoslive.domain.booking.consents import DECLARATION_VERSION, Declaration
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n.texts import LANGUAGES, UnknownText

_FOLDER = Path(__file__).parent / "declaration_texts"


@cache
def declaration_of(mode: Mode, language: str, version: str = DECLARATION_VERSION) -> Declaration:
    """The wording for a mode, read once; an unknown language gets Greek; raises `UnknownText`."""
    language = language if language in LANGUAGES else LANGUAGES[0]
    path = _FOLDER / f"{version}.{language}.{mode}.md"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UnknownText(path.name) from None
    return Declaration(version, language, mode, text)
