"""«Δείτε τι αλλάζει»: a change becomes a plan, with a proposal for each booking that it hits, and nothing else."""

import json
from collections.abc import Iterable
from typing import Any

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.plans import add_items, asked_before, items_of
from dimoslive.db.rows.plan import change_to_text, text_to_change
from dimoslive.db.tables.plan import PlanRow
from dimoslive.domain.errors import NotPossibleNow, OwnAbsenceHits
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.changes import Change
from dimoslive.domain.plans.impact import Impact, fingerprint
from dimoslive.domain.plans.proposals import Proposal, ProposalKind
from dimoslive.domain.plans.statuses import BEFORE_APPLY, ItemState, PlanEvent, PlanState, next_plan_state
from dimoslive.services.plans.access_plan import access_plan, check_may_plan, is_own_absence
from dimoslive.services.plans.message import usual_message
from dimoslive.services.plans.weigh_change import Weighed, weigh_change
from dimoslive.services.plans.write_change import versions_of

Columns = dict[str, Any]

_STANDS = ("was_status", "was_starts_at", "was_desk_id")
_DECIDED = ("decision", "target_starts_at", "target_desk_id", "target_mode", "state")
LOST_SHOWN = 12
"""So many of the lost times are named."""


def preview_change(context: AppContext, official: Official, municipality_id: int, change: Change) -> int:
    """The id of a plan that is ready to be decided about; raises `NotFound`, `InvalidInput` or `OwnAbsenceHits`.

    The same that the same person asked before and did not apply is dropped: nobody is to find it, and apply both.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        is_own = is_own_absence(tx, official, municipality_id, change)
        if not (is_own and not can(official, Permission.MANAGE_ABSENCES, municipality_id)):
            check_may_plan(tx, official, municipality_id, change)
        weighed = weigh_change(tx, municipality_id, change, now)
        proposals = weighed.proposals()
        if is_own:
            check_own_absence(official, municipality_id, proposals)
        message = usual_message(change, weighed.touched.zone)
        plan = PlanRow(
            municipality_id=municipality_id,
            kind=change.kind,
            state=next_plan_state(PlanState.DRAFT, PlanEvent.PREVIEW).value,
            change=change_to_text(change),
            base_versions=json.dumps(versions_of(tx, change)),
            fingerprint=fingerprint(weighed.impact.hits),
            made_by=official.id,
            made_at=now,
            message_el=message["el"],
            message_en=message["en"],
            **effects(weighed.impact),
        )
        for former in asked_before(tx, plan, BEFORE_APPLY):
            former.state, former.closed_at = next_plan_state(PlanState(former.state), PlanEvent.DISCARD).value, now
        tx.add(plan)
        tx.flush()
        add_items(tx, items(plan.id or 0, proposals))
        return plan.id or 0


def preview_again(context: AppContext, official: Official, municipality_id: int, plan_id: int) -> None:
    """The same change from what it is now; decisions stay where the booking still stands as it stood.

    Raises `NotFound` or `NotPossibleNow`.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        plan = access_plan(tx, official, municipality_id, plan_id, for_change=True)
        if PlanState(plan.state) not in BEFORE_APPLY:
            raise NotPossibleNow()
        change = text_to_change(plan.change)
        weighed = weigh_change(tx, municipality_id, change, now)
        plan.base_versions = json.dumps(versions_of(tx, change))
        plan.state = next_plan_state(PlanState(plan.state), PlanEvent.PREVIEW).value
        plan.fingerprint, plan.made_at = fingerprint(weighed.impact.hits), now
        for name, value in effects(weighed.impact).items():
            setattr(plan, name, value)
        tx.add(plan)
        _replace_items(tx, plan.id or 0, weighed)


def _replace_items(tx: Session, plan_id: int, weighed: Weighed) -> None:
    former = {item.booking_id: item for item in items_of(tx, plan_id)}
    for item in former.values():
        tx.delete(item)
    tx.flush()
    found = items(plan_id, weighed.proposals())
    for columns in found:
        before = former.get(columns["booking_id"])
        if before is not None and all(getattr(before, name) == columns[name] for name in _STANDS):
            columns.update({name: getattr(before, name) for name in _DECIDED})
    add_items(tx, found)


def check_own_absence(official: Official, municipality_id: int, proposals: Iterable[Proposal]) -> None:
    """Whoever may say no more than that they are away: only if all stay at their time; raises `OwnAbsenceHits`."""
    if can(official, Permission.MANAGE_ABSENCES, municipality_id):
        return
    if hit := [one for one in proposals if one.kind is not ProposalKind.OTHER_DESK]:
        raise OwnAbsenceHits(number=len(hit))


def effects(impact: Impact) -> dict[str, Any]:
    """The columns of a plan that say what it does, apart from its items."""
    named = [[int(time.starts_at.timestamp()), time.service_id] for time in impact.lost[:LOST_SHOWN]]
    return {
        "healed": len(impact.healed),
        "already_out": impact.already_out,
        "lost": len(impact.lost),
        "gained": len(impact.gained),
        "modes_lost": impact.modes_lost,
        "lost_times": json.dumps(named),
    }


def items(plan_id: int, proposals: Iterable[Proposal]) -> list[Columns]:
    """The columns of a row for each proposal, decided as is usual. Of thousands, rows themselves take too long."""
    return [columns_of_item(plan_id, position, one) for position, one in enumerate(proposals)]


def columns_of_item(plan_id: int, position: int, proposal: Proposal) -> Columns:
    """Those of a proposal that is decided as is usual."""
    booking = proposal.hit.booking
    return {
        "plan_id": plan_id,
        "booking_id": booking.id,
        "position": position,
        "state": ItemState.PENDING.value,
        "contact": proposal.hit.contact.value,
        "was_status": booking.status.value,
        "was_starts_at": booking.period.starts_at,
        "was_desk_id": booking.desk_id,
        "proposal": proposal.kind.value,
        "decision": proposal.decision.value,
        **_places("proposed", proposal),
        **_places("target", proposal),
    }


def _places(name: str, proposal: Proposal) -> dict[str, Any]:
    target = proposal.target
    return {
        f"{name}_starts_at": target.starts_at if target else None,
        f"{name}_desk_id": target.desk_id if target else None,
        f"{name}_mode": target.mode.value if target else "",
    }
