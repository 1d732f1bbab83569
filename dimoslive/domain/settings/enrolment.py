"""How far a municipality is on the platform, and what is typed to enrol one or to pause it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.people.personal_data import MAX_NAME_LENGTH, Afm
from dimoslive.domain.settings.typed import TypedForm

MIN_TEXT_LENGTH, MAX_TEXT_LENGTH = 10, 500


class EnrolmentState(StrEnum):
    """One of these, for each of all municipalities."""

    NOT_ENROLLED = "not_enrolled"
    PREPARING = "preparing"
    OPEN = "open"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True, repr=False)
class TypedAdministrator:
    """Who is to set a municipality up: recognised by the AFM, or by a work address for mails."""

    first_name: str
    last_name: str
    afm: Afm | None
    email: str
    contact_email: str


def parse_administrator(raw: Mapping[str, object], *, needs_contact: bool) -> TypedAdministrator:
    """The fields, in the order of the form; raises `InvalidDetails`."""
    form = TypedForm(raw)
    first = form.line("first_name", max_length=MAX_NAME_LENGTH // 2 - 1, required=False)
    last = form.line("last_name", max_length=MAX_NAME_LENGTH // 2)
    afm = _afm(form)
    email = form.email("email")
    if not form.raw("afm").strip() and not form.raw("email").strip():
        form.refuse("afm", "afm_or_email")
    contact = form.email("contact_email")
    if needs_contact and not form.raw("contact_email").strip():
        form.refuse("contact_email", "required")
    form.check()
    return TypedAdministrator(first, last, afm, email, contact)


def parse_pause(raw: Mapping[str, object]) -> dict[str, str]:
    """Why, for the log, and what citizens read, in both languages; raises `InvalidDetails`."""
    form = TypedForm(raw)
    values = {
        name: form.text(name, min_length=MIN_TEXT_LENGTH, max_length=MAX_TEXT_LENGTH, required=True)
        for name in ("reason", "pause_message_el", "pause_message_en")
    }
    form.check()
    return values


def parse_reason(raw: Mapping[str, object], field: str = "reason") -> str:
    """Why, for the log; raises `InvalidDetails`."""
    form = TypedForm(raw)
    reason = form.text(field, min_length=MIN_TEXT_LENGTH, max_length=MAX_TEXT_LENGTH, required=True)
    form.check()
    return reason


def _afm(form: TypedForm) -> Afm | None:
    typed = form.raw("afm").strip()
    if not typed:
        return None
    try:
        return Afm.of_person(typed)
    except InvalidInput as problem:
        form.refuse("afm", problem.code, **problem.params)
        return None
