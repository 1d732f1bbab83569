"""The plans of a municipality that somebody has to look at."""

from collections.abc import Iterable

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.booking_page import officials_named
from dimoslive.db.queries.plans import counts_of_plans, plans_in
from dimoslive.db.rows.calls import to_caller
from dimoslive.db.rows.plan import text_to_change
from dimoslive.db.tables.plan import PlanRow
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.plan import PlanLine
from dimoslive.domain.plans.statuses import PlanState
from dimoslive.services.plans.access_plan import access_plan

MAX_LISTED = 100
TO_DECIDE = frozenset({PlanState.READY, PlanState.STALE, PlanState.APPLIED, PlanState.WORKING, PlanState.OPEN})
"""Somebody has to apply them, to decide, or to phone; or they are at work."""


def list_plans(
    context: AppContext, official: Official, municipality_id: int, states: Iterable[PlanState] = TO_DECIDE
) -> list[PlanLine]:
    """Those in these states that the official may decide about, newest first."""
    with reading(context.db) as tx:
        rows = [row for row in plans_in(tx, municipality_id, states, MAX_LISTED) if _may(tx, official, row)]
        counts = counts_of_plans(tx, [row.id or 0 for row in rows])
        names = officials_named(tx, {row.made_by for row in rows})
        return [
            PlanLine(
                row.id or 0,
                PlanState(row.state),
                text_to_change(row.change),
                caller.short_name if (caller := to_caller(names.get(row.made_by))) else "",
                row.made_at,
                *counts.get(row.id or 0, (0, 0, 0)),
            )
            for row in rows
        ]


def count_open_plans(tx: Session, official: Official, municipality_id: int) -> int:
    """How many wait for a decision or a call of somebody with the official's rights."""
    rows = plans_in(tx, municipality_id, [PlanState.OPEN], MAX_LISTED)
    return sum(_may(tx, official, row) for row in rows)


def _may(tx: Session, official: Official, row: PlanRow) -> bool:
    try:
        access_plan(tx, official, row.municipality_id, row.id or 0)
    except NotFound:
        return False
    return True
