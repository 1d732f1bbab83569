"""What invitations and mails share: a service's texts in the booking's language, safe for a header or one line."""

from collections.abc import Mapping

from dimoslive.i18n import LANGUAGES


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in the language; in Greek where a municipality wrote no other."""
    return texts.get(language) or texts.get(LANGUAGES[0], "")


def one_line(text: str) -> str:
    """Line ends, control characters and marks that turn the direction of writing become single blanks."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
