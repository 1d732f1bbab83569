"""Whether the municipality changed a booking that the citizen made."""

from dataclasses import dataclass
from datetime import datetime

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.history import last_rearranged
from dimoslive.db.rows.history import read_facts
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Principal
from dimoslive.services.access.access_booking import access_booking


@dataclass(frozen=True, slots=True)
class StaffChange:
    """The last change of what was agreed, if it was an official's: of the time, or of the details alone."""

    at: datetime
    is_of_time: bool


def find_staff_change(context: AppContext, principal: Principal, reference: str) -> StaffChange | None:
    """None where nothing was changed, or the citizen had the last word; raises `NotFound`."""
    with reading(context.db) as tx:
        row = access_booking(tx, principal, reference, Permission.VIEW_BOOKING)
        last = last_rearranged(tx, row.id or 0)
    if last is None or last.official_id is None:
        return None
    return StaffChange(last.at, is_of_time="starts_at" in read_facts(last.before))
