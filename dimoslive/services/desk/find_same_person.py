"""Whether somebody has a booking already: by telephone, mail address or name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.places import SamePerson, open_bookings_of_person
from dimoslive.db.queries.scopes import bookings_within
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.personal_data import EmailAddress, PhoneNumber
from dimoslive.domain.people.principals import Official
from dimoslive.i18n.search_key import search_key
from dimoslive.services.access.access_service import access_service

SameBy = Literal["phone", "email", "name"]


@dataclass(frozen=True, slots=True, repr=False)
class EarlierBooking:
    """An open booking of the same person, as it seems, and what is the same."""

    reference: str
    starts_at: datetime
    person: str
    service: dict[str, str]
    desk: dict[str, str]
    same: SameBy


def find_same_person(
    context: AppContext, official: Official, service_id: int, *, name: str, phone: str, email: str
) -> list[EarlierBooking]:
    """Open bookings still to come in the service's municipality that the official may see; fields are as typed.

    Raises `NotOffered`.
    """
    with reading(context.db) as tx:
        municipality_id = access_service(tx, official, service_id, Permission.ARRANGE)
        return earlier_bookings(
            tx, official, municipality_id, context.clock.now(), name=name, phone=_phone(phone), email=_email(email)
        )


def earlier_bookings(
    tx: Session, official: Official, municipality_id: int, now: datetime, *, name: str, phone: str, email: str
) -> list[EarlierBooking]:
    """The same inside a transaction, of fields that are parsed."""
    keys = _name_keys(name)
    scope = bookings_within(official, Permission.VIEW_DESK)
    found = open_bookings_of_person(tx, scope, municipality_id, now, phone=phone, email=email, name_keys=keys)
    return [_show(one, phone, email) for one in found]


def _show(found: SamePerson, phone: str, email: str) -> EarlierBooking:
    row, service, desk = found
    same: SameBy = "name"
    if phone and row.phone == phone:
        same = "phone"
    elif email and row.email.lower() == email.lower():
        same = "email"
    return EarlierBooking(
        reference=row.reference,
        starts_at=row.starts_at,
        person=row.person_name,
        service={"el": service.name_el, "en": service.name_en},
        desk={"el": desk.name_el, "en": desk.name_en or desk.name_el},
        same=same,
    )


def _name_keys(name: str) -> Iterable[str]:
    """The folded name, also with the surname first."""
    words = search_key(name).split()
    # One word alone is many people's.
    return {" ".join(words), " ".join([*words[1:], words[0]]), " ".join([words[-1], *words[:-1]])} if words[1:] else ()


def _phone(text: str) -> str:
    try:
        return PhoneNumber.parse(text[:100]).e164
    except InvalidInput:
        return ""


def _email(text: str) -> str:
    try:
        return EmailAddress.parse(text[:254]).text
    except InvalidInput:
        return ""
