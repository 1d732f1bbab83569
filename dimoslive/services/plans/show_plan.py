"""A plan as its page shows it: what changes, what it hits, what is decided, and one page of the bookings."""

import json
from datetime import UTC, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.booking_lines import booked_lines
from dimoslive.db.queries.booking_page import desks_of, officials_named
from dimoslive.db.queries.plans import choosing, count_calls_of_plan, count_items, first_hit, page_of_items
from dimoslive.db.rows.calls import to_caller
from dimoslive.db.rows.plan import proposed_of, target_of, text_to_change
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow, ServiceRow
from dimoslive.db.tables.plan import PlanItemRow, PlanRow
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.changes import begins_at
from dimoslive.domain.plans.impact import Contact, FreeTime
from dimoslive.domain.plans.plan import PAGE_SIZE, Plan, PlanCounts, PlanItem
from dimoslive.domain.plans.proposals import Decision, ProposalKind
from dimoslive.domain.plans.statuses import ItemState, PlanState, can_undo, mails_at
from dimoslive.services.plans.access_plan import access_plan


def show_plan(context: AppContext, official: Official, municipality_id: int, plan_id: int, page: int = 1) -> Plan:
    """The plan with one page of its items; raises `NotFound`."""
    now = context.clock.now()
    with reading(context.db) as tx:
        row = access_plan(tx, official, municipality_id, plan_id)
        counts = _counts(tx, row)
        page = min(max(page, 1), max(1, -(-counts.hits // PAGE_SIZE)))
        rows = page_of_items(tx, plan_id, (page - 1) * PAGE_SIZE, PAGE_SIZE)
        return _plan(tx, row, counts, _items(tx, rows, now), page, now)


def _plan(tx: Session, row: PlanRow, counts: PlanCounts, items: tuple[PlanItem, ...], page: int, now: datetime) -> Plan:
    change, state = text_to_change(row.change), PlanState(row.state)
    would_tell = mails_at(now, begins_at(change, now, first_hit(tx, row.id or 0)))
    return Plan(
        id=row.id or 0,
        municipality_id=row.municipality_id,
        state=state,
        change=change,
        made_by=_made_by(tx, row),
        made_at=row.made_at,
        applied_at=row.applied_at,
        mails_at=row.mails_at or would_tell,
        can_undo=can_undo(state, row.applied_at, row.mails_at, now),
        is_urgent=row.mails_at == row.applied_at if row.applied_at else would_tell == now,
        message={"el": row.message_el, "en": row.message_en},
        counts=counts,
        lost=tuple(FreeTime(datetime.fromtimestamp(at, UTC), service) for at, service in json.loads(row.lost_times)),
        items=items,
        page=page,
        desk_names={id_: _words(desk.name_el, desk.name_en) for id_, desk in desks_of(tx, row.municipality_id).items()},
        service_names=_service_names(tx, row.municipality_id),
        department_names=_department_names(tx, row.municipality_id),
        zone=tx.get_one(MunicipalityRow, row.municipality_id).zone,
    )


def _counts(tx: Session, row: PlanRow) -> PlanCounts:
    plan_id = row.id or 0
    by_contact, by_decision, by_state = (
        count_items(tx, plan_id, column) for column in ("contact", "decision", "state")
    )
    calls, calls_open = count_calls_of_plan(tx, plan_id)
    return PlanCounts(
        hits=sum(by_state.values()),
        by_contact={Contact(word): number for word, number in by_contact.items()},
        by_decision={Decision(word): number for word, number in by_decision.items() if word},
        by_state={ItemState(word): number for word, number in by_state.items()},
        healed=row.healed,
        already_out=row.already_out,
        lost=row.lost,
        gained=row.gained,
        modes_lost=row.modes_lost,
        calls=calls,
        calls_open=calls_open,
    )


def _items(tx: Session, rows: list[PlanItemRow], now: datetime) -> tuple[PlanItem, ...]:
    ids = [row.booking_id for row in rows]
    can_be_asked = choosing(tx, ids, now)
    lines = {line.id: line for line in booked_lines(tx, [col(BookingRow.id).in_(ids)])}
    return tuple(
        PlanItem(
            id=row.id or 0,
            booking=lines[row.booking_id],
            was_starts_at=row.was_starts_at,
            was_desk_id=row.was_desk_id,
            contact=Contact(row.contact),
            proposal=ProposalKind(row.proposal),
            proposed=proposed_of(row),
            decision=Decision(row.decision) if row.decision else None,
            target=target_of(row),
            state=ItemState(row.state),
            can_choose=row.booking_id in can_be_asked,
            problem=row.problem,
        )
        for row in rows
    )


def _made_by(tx: Session, row: PlanRow) -> str:
    caller = to_caller(officials_named(tx, {row.made_by}).get(row.made_by))
    return caller.short_name if caller else ""


def _service_names(tx: Session, municipality_id: int) -> dict[int, Words]:
    query = (
        select(ServiceRow)
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .where(col(DepartmentRow.municipality_id) == municipality_id)
    )
    return {row.id or 0: _words(row.name_el, row.name_en) for row in tx.scalars(query)}


def _department_names(tx: Session, municipality_id: int) -> dict[int, Words]:
    query = select(DepartmentRow).where(col(DepartmentRow.municipality_id) == municipality_id)
    return {row.id or 0: _words(row.name_el, row.name_en) for row in tx.scalars(query)}


def _words(greek: str, english: str) -> Words:
    return {"el": greek, "en": english or greek}
