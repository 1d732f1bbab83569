"""Whom an official books for: what is typed at the telephone or the counter, and what becomes of it."""

from collections.abc import Callable
from dataclasses import dataclass

from dimoslive.domain.booking.details import MAX_HELP_LENGTH
from dimoslive.domain.errors import InvalidDetails, InvalidInput
from dimoslive.domain.people.names import PersonName, name_of
from dimoslive.domain.people.personal_data import (
    MAX_EMAIL_LENGTH,
    MAX_PHONE_LENGTH,
    EmailAddress,
    PhoneNumber,
    clean_line,
    clean_text,
)
from dimoslive.domain.scheduling.mode import Mode

MIN_NAME_LENGTH, MAX_NAME_LENGTH = 2, 120
MAX_SUBJECT_LENGTH = 500


@dataclass(frozen=True, slots=True, repr=False)
class TypedPerson:
    """The fields as typed, right or wrong. Without a surname the name is the whole one, of a business for example."""

    last_name: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    subject: str = ""
    help_needed: str = ""

    @property
    def full_name(self) -> PersonName:
        """In two parts if there are two."""
        return name_of(self.name, self.last_name)


def parse_person(typed: TypedPerson, mode: Mode, *, is_present: bool) -> TypedPerson:
    """The fields if every one is right, the telephone as E.164; raises `InvalidDetails` with all problems at once.

    Telephone or mail address is enough, and who is present needs neither; who is served by telephone needs the number.
    """
    problems: list[InvalidInput] = []

    def read(parse: Callable[[], str]) -> str:
        try:
            return parse()
        except InvalidInput as problem:
            problems.append(problem)
            return ""

    last_name = read(lambda: clean_line("last_name", typed.last_name, max_length=MAX_NAME_LENGTH, required=False))
    name = read(lambda: _name(typed.name, has_surname=bool(typed.last_name.strip())))
    phone = read(lambda: parse_phone(typed.phone, is_required=mode is Mode.PHONE))
    email = read(lambda: parse_email(typed.email))
    if not is_present and mode is not Mode.PHONE and not typed.phone.strip() and not typed.email.strip():
        problems.append(InvalidInput("phone", "contact_required"))
    person = TypedPerson(
        last_name=last_name,
        name=name,
        phone=phone,
        email=email,
        subject=read(lambda: clean_text("subject", typed.subject, max_length=MAX_SUBJECT_LENGTH)),
        help_needed=read(
            lambda: clean_text("help_needed", typed.help_needed, max_length=MAX_HELP_LENGTH, required=False)
        ),
    )
    if problems:
        raise InvalidDetails(tuple(problems))
    return person


def _name(text: str, *, has_surname: bool) -> str:
    name = clean_line("name", text, max_length=MAX_NAME_LENGTH, required=not has_surname)
    if not has_surname and len(name) < MIN_NAME_LENGTH:
        raise InvalidInput("name", "too_short", min_length=MIN_NAME_LENGTH)
    return name


def parse_phone(text: str, *, is_required: bool) -> str:
    """The number as E.164, empty if none is given and none is needed; raises `InvalidInput`."""
    line = clean_line("phone", text, max_length=MAX_PHONE_LENGTH, required=is_required)
    return PhoneNumber.parse(line).e164 if line else ""


def parse_email(text: str) -> str:
    """The address, empty if none is given; raises `InvalidInput`."""
    line = clean_line("email", text, max_length=MAX_EMAIL_LENGTH, required=False)
    return EmailAddress.parse(line).text if line else ""
