"""An invite taken back: sent to the wrong person, lost, or of somebody who shall not be in the meeting any more."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.guests import guests_of
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.services.access.access_booking import access_booking


def withdraw_guest(context: AppContext, official: Official, reference: str, guest_id: int) -> None:
    """The link opens nothing any more and the place is free; whoever is not invited to this meeting is left alone.

    Raises `NotFound`.
    """
    with transaction(context.db) as tx:
        row = access_booking(tx, official, reference, Permission.INVITE_GUEST, for_change=True)
        for guest in guests_of(tx, row.id or 0):
            if guest.id == guest_id:
                tx.delete(guest)
