"""Numbers as people read them."""

from decimal import Decimal

from babel.numbers import format_decimal

_LOCALES = {"el": "el_GR", "en": "en_GB"}


def number_text(value: int | Decimal, language: str) -> str:
    """«2.670», "2,670"; «62,9», "62.9"."""
    return format_decimal(value, locale=_LOCALES[language])


def percent_text(value: int | Decimal, language: str) -> str:
    """«62,9 %», "62.9%"."""
    blank = "\N{NO-BREAK SPACE}" if language == "el" else ""
    return f"{number_text(value, language)}{blank}%"
