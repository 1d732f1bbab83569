"""Choose a service and a mode."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.catalogue import service_with_place
from dimoslive.db.queries.drafts import draft_for_change, drop_draft, save_draft
from dimoslive.db.queries.holds import let_go_of_hold
from dimoslive.db.rows.catalogue import to_offered
from dimoslive.domain.errors import NotFound, NotOffered
from dimoslive.domain.people.principals import Citizen
from dimoslive.services.access.access_draft import is_within
from dimoslive.services.access.check_pause import check_pause, is_offered


def choose_service(context: AppContext, principal: Citizen, service_id: int, mode: str) -> None:
    """Service and mode; another choice than before lets go of a held time.

    Raises `NotOffered`, `Paused`, and in a frame `NotFound` for what is another municipality's.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        place = service_with_place(tx, service_id)
        if place is not None and not is_within(principal, place.municipality.id):
            raise NotFound()
        row = draft_for_change(tx, principal.id, now)
        if not is_within(principal, row.municipality_id, row.moving_id):
            # Out of reach: nothing of it goes on into the booking that begins here.
            let_go_of_hold(tx, principal.id, now)
            drop_draft(tx, principal.id)
            row = draft_for_change(tx, principal.id, now)
        if place is None or not is_offered(place, now):
            raise NotOffered()
        if mode and mode not in to_offered(place.service, place.department, []).modes:
            raise NotOffered()
        if row.moving_id is None or row.service_id != service_id:
            check_pause(place, now)
        if (row.service_id, row.mode) != (service_id, mode):
            let_go_of_hold(tx, principal.id, now)
        if row.moving_id is not None and row.service_id != service_id:
            # A booking is moved within its service; another service is another booking.
            row.moving_id = None
        row.municipality_id, row.service_id, row.mode = place.municipality.id, service_id, mode
        save_draft(tx, row, now)
