"""Keep what is typed."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.drafts import save_draft
from dimoslive.db.rows.draft import as_typed, write_typed
from dimoslive.domain.booking.details import TypedDetails
from dimoslive.domain.people.principals import Citizen
from dimoslive.services.access.access_draft import access_draft


def keep_typed(context: AppContext, principal: Citizen, typed: TypedDetails) -> None:
    """Keep what is typed, right or wrong, so that a reload loses nothing."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_draft(tx, principal, now, for_change=True)
        before = as_typed(row)
        write_typed(row, typed)
        # What was checked and is only kept again stays checked.
        row.details_given = row.details_given and as_typed(row) == before
        save_draft(tx, row, now)
