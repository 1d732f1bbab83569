"""Check the details."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.drafts import save_draft
from dimoslive.db.rows.draft import write_typed
from dimoslive.domain.booking.details import Details, TypedDetails, parse_details
from dimoslive.domain.errors import InvalidDetails
from dimoslive.domain.people.principals import Citizen
from dimoslive.services.access.access_draft import access_draft


def give_details(context: AppContext, principal: Citizen, typed: TypedDetails) -> Details:
    """Keep what is typed and check it; raises `InvalidDetails`, with nothing lost."""
    now = context.clock.now()
    problem: InvalidDetails | None = None
    details: Details | None = None
    with transaction(context.db) as tx:
        row = access_draft(tx, principal, now, for_change=True)
        write_typed(row, typed)
        try:
            details = parse_details(typed, principal.full_name)
        except InvalidDetails as found:
            problem = found
        row.details_given = problem is None
        save_draft(tx, row, now)
    if problem or details is None:
        raise problem or InvalidDetails(())
    return details
