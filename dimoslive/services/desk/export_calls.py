"""The calls of a municipality for a file, for heads and administrators; each file is logged."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.calls import calls_made, calls_to_make
from dimoslive.domain.desk.calls import DONE_KEPT, Call
from dimoslive.domain.errors import NotFound, TooManyRows
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.services.audit.record_audit import record_audit
from dimoslive.services.desk.export_bookings import MAX_ROWS
from dimoslive.services.desk.find_workplace import Workplace
from dimoslive.services.desk.list_calls import calls_within


def may_export_calls(official: Official, place: Workplace) -> bool:
    """Whether the page offers the file."""
    return can(official, Permission.EXPORT_BOOKINGS, place.municipality_id)


def export_calls(
    context: AppContext, official: Official, place: Workplace, *, department_id: int | None = None, mine: bool = False
) -> list[Call]:
    """As the page lists them with these filters, but all: those to be made, then those made in the last days.

    Raises `NotFound` for whoever may not, or `TooManyRows`, which says how many.
    """
    if not may_export_calls(official, place):
        raise NotFound()
    now = context.clock.now()
    conditions = calls_within(official, place, Permission.EXPORT_BOOKINGS, department_id=department_id, mine=mine)
    with transaction(context.db) as tx:
        calls = [
            *calls_to_make(tx, conditions, MAX_ROWS + 1),
            *calls_made(tx, conditions, now - DONE_KEPT, MAX_ROWS + 1),
        ]
        if len(calls) > MAX_ROWS:
            raise TooManyRows(found=len(calls), limit=MAX_ROWS)
        filters = {"department_id": department_id, "mine": mine}
        facts = {name: str(value) for name, value in filters.items() if value} | {"calls": len(calls)}
        subject, municipality_id = ("calls", None), place.municipality_id
        record_audit(
            tx, now, "calls.exported", by=official, subject=subject, municipality_id=municipality_id, after=facts
        )
    return calls
