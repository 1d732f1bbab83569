"""The fourth step: what a citizen types, and what becomes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from dimoslive.domain.errors import InvalidDetails, InvalidInput
from dimoslive.domain.people.personal_data import (
    MAX_EMAIL_LENGTH,
    MAX_NAME_LENGTH,
    MAX_PHONE_LENGTH,
    EmailAddress,
    PhoneNumber,
    clean_line,
    clean_text,
)

MAX_ADDRESS_LENGTH = 200
MAX_SUBJECT_LENGTH = 1000
MAX_HELP_LENGTH = 500
MAX_TYPED_LENGTH = 20_000
"""What is kept of a field while it is being typed: more than any field allows, so that nobody loses text."""


class ServedPerson(StrEnum):
    """For whom the booking is made."""

    SELF = "self"
    OTHER = "other"
    BUSINESS = "business"


@dataclass(frozen=True, slots=True, repr=False)
class Details:
    """What the fourth step asks, parsed. ``phone`` is E.164; ``name`` is the person or business served.

    It has no repr of its own, so that no log line can print a person.
    """

    served_person: ServedPerson
    name: str
    email: str
    phone: str
    subject: str
    address: str = ""
    help_needed: str = ""


@dataclass(frozen=True, slots=True)
class TypedDetails:
    """The fields as typed, right or wrong."""

    served_person: str = ServedPerson.SELF.value
    person_name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    subject: str = ""
    help_needed: str = ""
    remember_contact: bool = False


def parse_details(typed: TypedDetails, citizen_name: str) -> Details:
    """The details if every field is right; raises `InvalidDetails` with all problems at once, in the page's order.

    For oneself the name is the one of the sign-in, whatever was typed; it was checked there.
    """
    problems: list[InvalidInput] = []

    def read(parse: Callable[[], str]) -> str:
        try:
            return parse()
        except InvalidInput as problem:
            problems.append(problem)
            return ""

    served = ServedPerson(typed.served_person) if typed.served_person in set(ServedPerson) else ServedPerson.SELF
    if served is ServedPerson.SELF:
        name = citizen_name
    else:
        name = read(lambda: clean_line("person_name", typed.person_name, max_length=MAX_NAME_LENGTH))
    details = Details(
        served_person=served,
        name=name,
        email=read(lambda: EmailAddress.parse(clean_line("email", typed.email, max_length=MAX_EMAIL_LENGTH)).text),
        address=read(lambda: clean_line("address", typed.address, max_length=MAX_ADDRESS_LENGTH, required=False)),
        phone=read(lambda: PhoneNumber.parse(clean_line("phone", typed.phone, max_length=MAX_PHONE_LENGTH)).e164),
        subject=read(lambda: clean_text("subject", typed.subject, max_length=MAX_SUBJECT_LENGTH)),
        help_needed=read(
            lambda: clean_text("help_needed", typed.help_needed, max_length=MAX_HELP_LENGTH, required=False)
        ),
    )
    if problems:
        raise InvalidDetails(tuple(problems))
    return details
