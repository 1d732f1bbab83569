"""A draft's row to what was typed, and back."""

import re
from dataclasses import fields

from dimoslive.db.tables.draft import DraftRow
from dimoslive.domain.booking.details import MAX_TYPED_LENGTH, Details, TypedDetails, parse_details
from dimoslive.domain.errors import InvalidDetails
from dimoslive.domain.people.principals import Citizen

TYPED = tuple(field.name for field in fields(TypedDetails))
# No database stores half a surrogate pair, and PostgreSQL no NUL; the check refuses what replaces them just as well.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def details_of(row: DraftRow, principal: Citizen) -> Details | None:
    """The details that a draft holds, if they are right."""
    try:
        return parse_details(as_typed(row), principal.full_name)
    except InvalidDetails:
        return None


def as_typed(row: DraftRow) -> TypedDetails:
    """What was typed."""
    return TypedDetails(**{name: getattr(row, name) for name in TYPED})


def write_typed(row: DraftRow, typed: TypedDetails) -> None:
    """Write what is typed into the row, whatever it is."""
    for name in TYPED:
        value = getattr(typed, name)
        setattr(row, name, _UNSTORABLE.sub("\1", value)[:MAX_TYPED_LENGTH] if isinstance(value, str) else value)
