"""One booking of a plan is moved, handed over, cancelled or kept: once, and as one transaction."""

import json
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from dimoslive.db.queries.bookings import booking_for_change_by_id, booking_with_service, citizen_of
from dimoslive.db.queries.people import lock_citizen
from dimoslive.db.queries.places import desk_serving
from dimoslive.db.queries.plans import choosing
from dimoslive.db.queries.set_up import placed_by_id
from dimoslive.db.rows.booking import to_booking
from dimoslive.db.rows.history import facts_of
from dimoslive.db.rows.plan import target_of, text_to_change
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.plan import PlanItemRow, PlanRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.placing import is_over_capacity
from dimoslive.domain.errors import DomainError, NotOffered, NotSignedIn, SlotTaken
from dimoslive.domain.events import BookingDetailsChanged
from dimoslive.domain.plans.impact import Contact, Hit
from dimoslive.domain.plans.proposals import Decision, Target
from dimoslive.domain.plans.set_up import Judge
from dimoslive.domain.plans.statuses import ItemEvent, ItemState, next_item_state
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import TICK_SECONDS
from dimoslive.services.desk.cancel_by_municipality import call_of_cancelled, call_off
from dimoslive.services.desk.hand_over import give_desk, place_at_desk, tell_of_door
from dimoslive.services.desk.move_booking_at_desk import give_place, tell_of_move
from dimoslive.services.desk.take_place import CheckedPlace, WantedPlace, check_place
from dimoslive.services.draft.end_move import let_go_of_move
from dimoslive.services.outbox.publish_event import publish_event
from dimoslive.services.plans.weigh_change import proposals_beside, weigh_change

TAKEN = "taken"


def carry_out(tx: Session, plan: PlanRow, item: PlanItemRow, now: datetime) -> None:
    """Do what was decided; the item says what came of it. Both rows are locked, and the plan is at work."""
    row = locked_booking(tx, item)
    if row is None or (row.status, row.starts_at, row.desk_id) != (
        item.was_status,
        item.was_starts_at,
        item.was_desk_id,
    ):
        _note(tx, item, ItemEvent.SKIP)
        return
    try:
        # What was half done is taken back with the claims that it took.
        with tx.begin_nested():
            left = _do(tx, plan, item, row, now)
    except DomainError:
        propose_again(tx, plan, item, now)
        return
    # Only now: before, it would be written again with each step.
    for name, value in left.items():
        setattr(item, name, value)
    item.done_at, item.left_version = now, row.version
    _note(tx, item, ItemEvent.ASK if item.decision == Decision.CHOOSE.value else ItemEvent.DO)


def hear(tx: Session, plan: PlanRow, item: PlanItemRow, now: datetime) -> None:
    """What became of a booking whose citizen was asked for another time. Both rows are locked.

    What somebody has changed is settled; what nobody did anything about until a day before is cancelled, and its
    citizen is phoned too: the first mail was not read.
    """
    row = locked_booking(tx, item)
    if row is None or (row.status, row.starts_at, row.desk_id) != (
        item.was_status,
        item.was_starts_at,
        item.was_desk_id,
    ):
        _note(tx, item, ItemEvent.SKIP)
        return
    by, message = plan.applied_by or plan.made_by, _message(plan, row.language)
    cancelled = BookingStatus.CANCELLED_BY_MUNICIPALITY
    _, item.event_id = call_off(tx, row, cancelled, message, now, official_id=by, wait=timedelta())
    if row.phone:
        call = call_of_cancelled(row, now)
        tx.add(call)
        tx.flush()
        item.needs_call, item.call_id = True, call.id
    item.decision, item.done_at, item.left_version = Decision.CANCEL.value, now, row.version
    _note(tx, item, ItemEvent.DO)


def locked_booking(tx: Session, item: PlanItemRow) -> BookingRow | None:
    """The item's booking, its citizen locked first, as all do who change a person's bookings."""
    citizen_id = citizen_of(tx, item.booking_id)
    if citizen_id is not None:
        # Erased in this moment: the booking is nobody's, and still has to leave.
        with suppress(NotSignedIn):
            lock_citizen(tx, citizen_id)
    return booking_for_change_by_id(tx, item.booking_id)


def propose_again(tx: Session, plan: PlanRow, item: PlanItemRow, now: datetime) -> None:
    """The place was taken meanwhile: the nearest that is left now, and somebody decides."""
    change = text_to_change(plan.change)
    weighed = weigh_change(tx, plan.municipality_id, change, now, way_back=text_to_change(plan.way_back))
    [booking] = placed_by_id(tx, [item.booking_id])
    hit = Hit(booking, Judge(weighed.after).misfits(booking))
    [proposal] = proposals_beside(tx, plan.id or 0, weighed, [hit])
    item.proposal = proposal.kind.value
    target = proposal.target
    item.proposed_starts_at = item.target_starts_at = target.starts_at if target else None
    item.proposed_desk_id = item.target_desk_id = target.desk_id if target else None
    item.proposed_mode = item.target_mode = target.mode.value if target else ""
    item.decision, item.problem = "", TAKEN
    _note(tx, item, ItemEvent.REFUSE)


def _do(tx: Session, plan: PlanRow, item: PlanItemRow, row: BookingRow, now: datetime) -> dict[str, Any]:
    """Returns what the item is to keep of it, by column."""
    decision = Decision(item.decision)
    if decision is Decision.KEEP:
        return {}
    wait = max((plan.mails_at or now) - now, timedelta())
    by, message = plan.applied_by or plan.made_by, _message(plan, row.language)
    if decision is Decision.CHOOSE:
        if not choosing(tx, [item.booking_id], now):
            raise NotOffered()
        event = BookingDetailsChanged(_booking(tx, row), by_municipality=True, reason=message, must_move=True)
        return {"before": "", "event_id": publish_event(tx, event, now, wait=wait)}
    kept = [datetime.fromtimestamp(tick * TICK_SECONDS, now.tzinfo) for tick in (row.first_tick, row.end_tick)]
    left = {"before": _words(row), "kept_from": kept[0], "kept_to": kept[1]}
    event_id: int | None
    if decision is Decision.CANCEL:
        _, event_id = call_off(
            tx,
            row,
            BookingStatus.CANCELLED_BY_MUNICIPALITY,
            message,
            now,
            official_id=by,
            wait=wait,
            keeps_claims=True,
        )
        is_told = True
    else:
        target = target_of(item)
        if target is None:
            raise SlotTaken()
        let_go_of_move(tx, row, now)
        is_told, event_id = _move(tx, row, target, now, by=by, message=message, wait=wait)
    return left | {"event_id": event_id, "needs_call": is_told and item.contact == Contact.PHONE.value}


def _move(  # all that a move says, each by its name
    tx: Session,
    row: BookingRow,
    target: Target,
    now: datetime,
    *,
    by: int,
    message: str,
    wait: timedelta,
) -> tuple[bool, int | None]:
    """Give it the target; whether its citizen is to be told, and the event that does so."""
    was, mode = Period(row.starts_at, row.ends_at), Mode(row.mode)
    if target.starts_at == row.starts_at and target.mode is mode:
        desk = desk_serving(tx, row.service_id, target.desk_id)
        if desk is None:
            raise NotOffered()
        place = _without_warnings(place_at_desk(tx, row, desk, now))
        is_told = give_desk(tx, row, place, now, official_id=by, keeps_former=True)
        return is_told, tell_of_door(tx, row, now, reason=message, wait=wait) if is_told and row.email else None
    is_outside, reason = row.is_outside_hours, row.staff_reason
    place = _checked(tx, row, target, now)
    give_place(tx, row, place, now, official_id=by, mode=target.mode, keeps_former=True)
    # Its words are kept for whoever puts it back, and go when people are told.
    row.is_outside_hours, row.staff_reason = is_outside and target.starts_at == was.starts_at, reason
    return True, tell_of_move(tx, row, was, mode, now, reason=message, wait=wait) if row.email else None


def _checked(tx: Session, row: BookingRow, target: Target, now: datetime) -> CheckedPlace:
    length = int((row.ends_at - row.starts_at).total_seconds() // 60)
    # In another mode it stays where it stands, whatever stands against the place.
    stays = target.starts_at == row.starts_at
    wanted = WantedPlace(target.desk_id, target.starts_at, is_offered=not stays)
    return check_place(tx, row.service_id, target.mode, wanted, now, ignoring=row.id or 0, duration_minutes=length)


def _without_warnings(place: CheckedPlace) -> CheckedPlace:
    """Lengths aside, nothing may stand against it: no official is there to answer."""
    if place.is_outside_hours or is_over_capacity(place.warnings):
        raise SlotTaken()
    return place


def _booking(tx: Session, row: BookingRow) -> Booking:
    return to_booking(booking_with_service(tx, row.id or 0))


def _message(plan: PlanRow, language: str) -> str:
    return plan.message_en if language == "en" else plan.message_el


_KEPT = ("is_outside_hours", "sequence", "first_starts_at")


def _words(row: BookingRow) -> str:
    """What the booking was, to put it back."""
    more = {name: getattr(row, name) for name in _KEPT}
    return json.dumps(facts_of(row) | more, default=lambda value: value.isoformat())


def _note(tx: Session, item: PlanItemRow, event: ItemEvent) -> None:
    item.state = next_item_state(ItemState(item.state), event).value
    tx.add(item)
