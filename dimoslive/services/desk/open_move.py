"""What the pages «Μετακίνηση» and «Σε άλλη θέση» show of the booking."""

from dataclasses import dataclass

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.queries.places import desks_serving, regular_desk
from dimoslive.db.rows.booking import to_booking
from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.access.access_service import access_municipality
from dimoslive.services.desk.find_workplace import names_of
from dimoslive.services.desk.move_booking_at_desk import MOVABLE, SeenPlace, place_of
from dimoslive.services.desk.open_new_booking import ServiceChoice, to_choice


@dataclass(frozen=True, slots=True)
class MoveChoices:
    """The booking as it stands, its regular desk, and where it may go."""

    booking: Booking
    seen: SeenPlace
    desk_id: int
    desk_name: dict[str, str]
    service: ServiceChoice
    is_movable: bool


def open_move(context: AppContext, official: Official, slug: str, reference: str) -> MoveChoices:
    """A booking of the municipality with this slug; raises `NotFound`, also for a hold and for what was erased."""
    with reading(context.db) as tx:
        municipality = access_municipality(tx, official, slug, Permission.ARRANGE)
        row = access_booking(tx, official, reference, Permission.ARRANGE)
        if row.municipality_id != municipality.id or row.erased_at is not None:
            raise NotFound()
        found = booking_with_service(tx, row.id or 0)
        desk_id = regular_desk(tx, row.desk_id)
        return MoveChoices(
            booking=to_booking(found),
            seen=place_of(row),
            desk_id=desk_id,
            desk_name=names_of(tx.get_one(DeskRow, desk_id)),
            service=to_choice(found.service, desks_serving(tx, [row.service_id]).get(row.service_id, [])),
            is_movable=BookingStatus(row.status) in MOVABLE,
        )
