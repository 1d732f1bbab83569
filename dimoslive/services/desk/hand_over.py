"""A booking goes to another desk of its service, at its own time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.queries.claims import hand_over_claims
from dimoslive.db.queries.history import last_happened
from dimoslive.db.queries.places import desk_serving, desks_serving, occupied_of_desk, regular_desk, with_door
from dimoslive.db.rows.booking import to_booking
from dimoslive.db.rows.history import facts_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import OPEN, BookingStatus
from dimoslive.domain.desk.placing import PlaceWarning
from dimoslive.domain.errors import NotMovable, NotOffered
from dimoslive.domain.events import BookingDetailsChanged
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.booking.record_change import record_change
from dimoslive.services.desk.move_booking_at_desk import SeenPlace, a_call
from dimoslive.services.desk.press_booking import refuse_changed
from dimoslive.services.desk.take_place import CheckedPlace, WantedPlace, answered, claim_place
from dimoslive.services.draft.end_move import let_go_of_move
from dimoslive.services.outbox.publish_event import publish_event

HANDED_OVER = "handed_over"


@dataclass(frozen=True, slots=True)
class OtherDesk:
    """A desk to which a booking may go. Names are by language."""

    id: int
    name: dict[str, str]
    is_free: bool


def other_desks(context: AppContext, official: Official, reference: str) -> list[OtherDesk]:
    """The other desks of the booking's service, free ones first; raises `NotFound` or `NotMovable`."""
    now = context.clock.now()
    with reading(context.db) as tx:
        row = access_booking(tx, official, reference, Permission.ARRANGE)
        if BookingStatus(row.status) not in OPEN:
            raise NotMovable()
        own = regular_desk(tx, row.desk_id)
        desks = desks_serving(tx, [row.service_id]).get(row.service_id, [])
        others = [_other(tx, row, desk, now) for desk in desks if desk.id != own or row.desk_id != own]
    return sorted(others, key=lambda desk: not desk.is_free)


def hand_over(context: AppContext, official: Official, seen: SeenPlace, desk_id: int, reason: str = "") -> Booking:
    """Hand it over, if it still stands as the official saw it; a desk that is not free takes it with a reason.

    The citizen hears of it only if another place stands on the door. Raises `NotFound`, `NotOffered` (the desk),
    `ChangedByOther`, `NotMovable`, `UnansweredWarnings`, `InvalidInput` (the reason) or `LanesFull`.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_booking(tx, official, seen.reference, Permission.ARRANGE, for_change=True)
        if (row.status, row.starts_at, row.desk_id) != (seen.status.value, seen.starts_at, seen.desk_id):
            if not _is_done(tx, row, official, desk_id):
                raise refuse_changed(tx, row)
        elif BookingStatus(row.status) not in OPEN:
            raise NotMovable()
        else:
            _hand_over(tx, row, official, desk_id, reason, now)
        return to_booking(booking_with_service(tx, row.id or 0))


def _hand_over(tx: Session, row: BookingRow, official: Official, desk_id: int, reason: str, now: datetime) -> None:
    desk = desk_serving(tx, row.service_id, desk_id)
    if desk is None:
        raise NotOffered()
    let_go_of_move(tx, row, now)
    place = answered(place_at_desk(tx, row, desk, now), WantedPlace(desk_id, row.starts_at, capacity_reason=reason))
    if give_desk(tx, row, place, now, official_id=official.id):
        if row.email:
            tell_of_door(tx, row, now)
        else:
            tx.add(a_call(row, HANDED_OVER, Period(row.starts_at, row.ends_at), Mode(row.mode), now))


def give_desk(
    tx: Session, row: BookingRow, place: CheckedPlace, now: datetime, *, official_id: int, keeps_former: bool = False
) -> bool:
    """Give a booking that is locked another desk at its own time; whether its citizen has to be told.

    ``keeps_former`` keeps its former place for it too, until somebody else lets that go. Raises `SlotTaken` or
    `LanesFull`.
    """
    was_at = tx.get_one(DeskRow, row.desk_id)
    before, kept_reason, is_outside = facts_of(row), row.staff_reason, row.is_outside_hours
    claim_place(tx, row, place, now)
    # It stands as far outside the hours as before.
    row.is_outside_hours, row.staff_reason = is_outside, place.reason or kept_reason
    if not keeps_former:
        hand_over_claims(tx, row.id or 0, row.id or 0, row.desk_id, place.ticks)
    if row.desk_id == before["desk_id"]:
        return False
    is_told = row.mode == Mode.IN_PERSON.value and _door(place.desk) != _door(was_at)
    row.sequence += is_told
    record_change(tx, row, before, HANDED_OVER, now, official_id=official_id, reason=place.reason)
    tx.flush()
    # Who stands at the desk is told there.
    return is_told and row.status == BookingStatus.BOOKED.value


def tell_of_door(
    tx: Session, row: BookingRow, now: datetime, *, reason: str = "", wait: timedelta = timedelta()
) -> int:
    """Have the citizen mailed, after the wait, of the door behind which they are served now."""
    booking = with_door(tx, to_booking(booking_with_service(tx, row.id or 0)), row.desk_id)
    return publish_event(tx, BookingDetailsChanged(booking, by_municipality=True, reason=reason), now, wait=wait)


def place_at_desk(tx: Session, row: BookingRow, desk: DeskRow, now: datetime) -> CheckedPlace:
    """The booking's own time at the desk; one that is absent counts as one that is not free."""
    warnings = () if _is_free(tx, row, desk, now) else (PlaceWarning.TAKEN,)
    return CheckedPlace(desk, Period(row.starts_at, row.ends_at), range(row.first_tick, row.end_tick), warnings)


def _is_free(tx: Session, row: BookingRow, desk: DeskRow, now: datetime) -> bool:
    near = Period(row.starts_at - timedelta(days=1), row.ends_at + timedelta(days=1))
    occupied = occupied_of_desk(tx, desk.id or 0, near, now, ignoring=row.id or 0)
    return (occupied.taken | occupied.held | occupied.absent).isdisjoint(range(row.first_tick, row.end_tick))


def _other(tx: Session, row: BookingRow, desk: DeskRow, now: datetime) -> OtherDesk:
    name = {"el": desk.name_el, "en": desk.name_en or desk.name_el}
    return OtherDesk(desk.id or 0, name, _is_free(tx, row, desk, now))


def _door(desk: DeskRow) -> tuple[str, str]:
    return desk.place_el, desk.place_en


def _is_done(tx: Session, row: BookingRow, official: Official, desk_id: int) -> bool:
    last = last_happened(tx, row.id or 0)
    pressed = last is not None and (last.event.official_id, last.event.action) == (official.id, HANDED_OVER)
    return pressed and regular_desk(tx, row.desk_id) == desk_id
