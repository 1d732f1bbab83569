"""Whom officials see as invited to a meeting; never the links, which are told once."""

from dataclasses import dataclass

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.guests import guests_of


@dataclass(frozen=True, slots=True)
class InvitedGuest:
    """One of them, with the number by which the invite can be withdrawn."""

    id: int
    name: str


def see_guests(context: AppContext, booking_id: int) -> list[InvitedGuest]:
    """Who is invited to a booking's meeting now, in the order of the invitations."""
    with reading(context.db) as tx:
        return [InvitedGuest(row.id or 0, row.name) for row in guests_of(tx, booking_id)]
