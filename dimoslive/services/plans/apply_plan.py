"""«Εφαρμογή»: the change is written, and its bookings wait for the job. From here on nobody can book into it."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.claims import end_holds
from dimoslive.db.queries.plans import first_hit, items_of
from dimoslive.db.queries.set_up import holds_ahead
from dimoslive.db.rows.plan import change_to_text, text_to_change
from dimoslive.db.tables.plan import PlanItemRow, PlanRow
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.changes import Change, begins_at
from dimoslive.domain.plans.impact import Hit, fingerprint
from dimoslive.domain.plans.set_up import Judge
from dimoslive.domain.plans.statuses import (
    ItemEvent,
    ItemState,
    PlanEvent,
    PlanState,
    mails_at,
    next_item_state,
    next_plan_state,
)
from dimoslive.services.audit.record_audit import record_audit
from dimoslive.services.plans.access_plan import access_plan, is_own_absence
from dimoslive.services.plans.preview_change import check_own_absence, columns_of_item, effects
from dimoslive.services.plans.told_change import told_change
from dimoslive.services.plans.weigh_change import Weighed, proposals_beside, weigh_change
from dimoslive.services.plans.write_change import (
    read_versions,
    roots_of,
    taken_back,
    versions_of,
    way_back,
    write_change,
)

APPEARED = "appeared"


def apply_plan(context: AppContext, official: Official, municipality_id: int, plan_id: int) -> PlanState:
    """Make the change, if nobody changed meanwhile what it starts from; the state that the plan has now.

    A second press, or another window, finds it applied. Raises `NotFound` or `OwnAbsenceHits`.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        plan = access_plan(tx, official, municipality_id, plan_id, for_change=True)
        if PlanState(plan.state) is not PlanState.READY:
            return PlanState(plan.state)
        change = text_to_change(plan.change)
        if versions_of(tx, change, for_change=True) != read_versions(plan.base_versions):
            plan.state = next_plan_state(PlanState.READY, PlanEvent.OVERTAKE).value
            tx.add(plan)
            return PlanState(plan.state)
        weighed = weigh_change(tx, municipality_id, change, now)
        if is_own_absence(tx, official, municipality_id, change):
            check_own_absence(official, municipality_id, weighed.proposals())
        if fingerprint(weighed.impact.hits) != plan.fingerprint:
            _follow(tx, plan, weighed)
        _write(tx, plan, change, official, now)
        _end_holds_inside(tx, municipality_id, weighed, now)
        return PlanState(plan.state)


def _write(tx: Session, plan: PlanRow, change: Change, official: Official, now: datetime) -> None:
    back = way_back(tx, change)
    written = write_change(tx, plan.municipality_id, change, official.id, now)
    plan.way_back = change_to_text(taken_back(written) if back == change else back)
    plan.change = change_to_text(written)
    plan.base_versions = json.dumps(versions_of(tx, written))
    plan.state = next_plan_state(PlanState.READY, PlanEvent.APPLY).value
    plan.applied_by, plan.applied_at = official.id, now
    plan.mails_at = mails_at(now, begins_at(change, now, first_hit(tx, plan.id or 0)))
    tx.add(plan)
    was, is_now = told_change(text_to_change(plan.way_back), written)
    for kind, id_ in roots_of(written):
        record_audit(
            tx,
            now,
            f"{kind}.planned",
            by=official,
            subject=(kind, id_),
            municipality_id=plan.municipality_id,
            before=was,
            after={**is_now, "plan": plan.id},
        )
    facts = {"plan": plan.id, "change": json.loads(plan.change)}
    before = {"change": json.loads(plan.way_back)}
    record_audit(
        tx,
        now,
        "plan_applied",
        by=official,
        subject=("plan", plan.id),
        municipality_id=plan.municipality_id,
        before=before,
        after=facts,
    )


def _follow(tx: Session, plan: PlanRow, weighed: Weighed) -> None:
    """Others booked, moved or cancelled since the preview: the plan names whom it hits now."""
    plan.fingerprint = fingerprint(weighed.impact.hits)
    for name, value in effects(weighed.impact).items():
        setattr(plan, name, value)
    known = {item.booking_id: item for item in items_of(tx, plan.id or 0)}
    hit = {hit.booking.id: hit for hit in weighed.impact.hits}
    for booking_id, item in known.items():
        if booking_id not in hit:
            item.state = next_item_state(ItemState(item.state), ItemEvent.SKIP).value
            tx.add(item)
    tx.flush()
    follow_hits(
        tx, plan.id or 0, known, [one for id_, one in hit.items() if not _is_known(known.get(id_), one)], weighed
    )


def _is_known(item: PlanItemRow | None, hit: Hit) -> bool:
    """Whether the plan decides about the booking as it stands."""
    if item is None:
        return False
    booking = hit.booking
    return (item.was_status, item.was_starts_at, item.was_desk_id) == (
        booking.status.value,
        booking.period.starts_at,
        booking.desk_id,
    )


def follow_hits(
    tx: Session, plan_id: int, known: Mapping[int, PlanItemRow], hits: Sequence[Hit], weighed: Weighed
) -> None:
    """Add those that the plan does not know, or knew otherwise: somebody decides about them."""
    position = max((item.position for item in known.values()), default=-1)
    for proposal in proposals_beside(tx, plan_id, weighed, hits):
        item, position = known.get(proposal.hit.booking.id), position + 1
        columns = columns_of_item(plan_id, position, proposal)
        columns |= {"state": ItemState.UNDECIDED.value, "decision": "", "problem": APPEARED}
        if item is not None:
            next_item_state(ItemState(item.state), ItemEvent.APPEAR)
            for name, value in columns.items():
                setattr(item, name, value)
        tx.add(item or PlanItemRow(**columns))
    tx.flush()


def _end_holds_inside(tx: Session, municipality_id: int, weighed: Weighed, now: datetime) -> None:
    """Whoever holds a time that is not offered any more is told now, not after they have booked it."""
    judge = Judge(weighed.after)
    services = weighed.after.services
    holds = (hold for hold in holds_ahead(tx, municipality_id, now) if hold.service_id in services)
    end_holds(tx, [hold.id for hold in holds if judge.misfits(hold)])
