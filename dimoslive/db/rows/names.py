"""Whom a booking's row names."""

from typing import Any

from sqlalchemy import Row

from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.citizen import CitizenRow
from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.people.names import PersonName, name_of
from dimoslive.i18n.search_key import search_key


def person_name(row: BookingRow, citizen: CitizenRow | None) -> PersonName:
    """Who booked for themselves is named by the sign-in; anybody else as somebody typed it."""
    if citizen is not None and row.erased_at is None and row.served_person == ServedPerson.SELF.value:
        return PersonName(citizen.first_name, citizen.last_name)
    return written_name(row)


def written_name(row: BookingRow | Row[Any]) -> PersonName:
    """As the row has it, in two parts unless the whole was written anew by a release that knew no parts."""
    name = name_of(row.first_name, row.last_name)
    return name if name.last_name and name.said == row.person_name else PersonName(typed=row.person_name)


def write_name(row: BookingRow, name: PersonName) -> None:
    """Write a name into the row of a booking, with the key by which it is found."""
    row.first_name, row.last_name, row.person_name = name.first_name, name.last_name, name.said
    row.name_key = search_key(name.said)
