"""What officials may change of a booking's details."""

from collections.abc import Callable
from dataclasses import dataclass, fields

from dimoslive.domain.booking.details import MAX_HELP_LENGTH, MAX_SUBJECT_LENGTH
from dimoslive.domain.desk.person import MAX_NAME_LENGTH as MAX_PART_LENGTH
from dimoslive.domain.desk.person import parse_email, parse_phone
from dimoslive.domain.errors import InvalidDetails, InvalidInput
from dimoslive.domain.people.personal_data import MAX_NAME_LENGTH, clean_line, clean_text
from dimoslive.domain.scheduling.mode import Mode


@dataclass(frozen=True, slots=True, repr=False)
class DeskDetails:
    """Who comes and what for, typed or parsed. It has no repr of its own, so that no log line can print a person.

    Without a surname ``person_name`` is the whole name, else the given one.
    """

    last_name: str = ""
    person_name: str = ""
    email: str = ""
    phone: str = ""
    subject: str = ""
    help_needed: str = ""


def parse_desk_details(typed: DeskDetails, mode: Mode, *, needs_contact: bool = True) -> DeskDetails:
    """The details if every field is right; raises `InvalidDetails` with all problems at once, in the page's order.

    Officials need one way to reach a person, and for a telephone appointment the telephone.
    """
    problems: list[InvalidInput] = []

    def read(parse: Callable[[], str]) -> str:
        try:
            return parse()
        except InvalidInput as problem:
            problems.append(problem)
            return ""

    parsed = DeskDetails(
        last_name=read(lambda: clean_line("last_name", typed.last_name, max_length=MAX_PART_LENGTH, required=False)),
        person_name=read(
            lambda: clean_line(
                "person_name",
                typed.person_name,
                max_length=MAX_PART_LENGTH if typed.last_name.strip() else MAX_NAME_LENGTH,
                required=not typed.last_name.strip(),
            )
        ),
        phone=read(lambda: parse_phone(typed.phone, is_required=mode is Mode.PHONE)),
        email=read(lambda: parse_email(typed.email)),
        subject=read(lambda: clean_text("subject", typed.subject, max_length=MAX_SUBJECT_LENGTH)),
        help_needed=read(
            lambda: clean_text("help_needed", typed.help_needed, max_length=MAX_HELP_LENGTH, required=False)
        ),
    )
    if needs_contact and not (parsed.phone or parsed.email or {"phone", "email"} & {p.field for p in problems}):
        problems.append(InvalidInput("phone", "contact_required"))
    if problems:
        raise InvalidDetails(tuple(problems))
    return parsed


def changed_fields(before: DeskDetails, after: DeskDetails) -> tuple[str, ...]:
    """The names of the fields that differ."""
    names = (field.name for field in fields(DeskDetails))
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))
