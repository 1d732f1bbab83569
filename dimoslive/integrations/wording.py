"""What invitations and mails share: a service's texts in the booking's language, safe for a header or one line."""

from collections.abc import Mapping

from dimoslive.domain.booking.booking import BookedService
from dimoslive.i18n import LANGUAGES, Texts


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in the language; in Greek where a municipality wrote no other."""
    return texts.get(language) or texts.get(LANGUAGES[0], "")


def service_line(service: BookedService, texts: Texts) -> str:
    """What a mail or a calendar may call the service: a sensitive one is an appointment."""
    return (
        texts("mail.unnamed") if service.is_sensitive else one_line(in_language(service.service_name, texts.language))
    )


def department_line(service: BookedService, texts: Texts) -> str:
    """The same of its department, which may say as much: then nothing."""
    return "" if service.is_sensitive else one_line(in_language(service.department_name, texts.language))


def one_line(text: str) -> str:
    """Line ends, control characters and marks that turn the direction of writing become single blanks."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
