"""Whoever an official booked for makes the declaration: until then nobody waits for a teleconference."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.rows.booking import to_booking
from dimoslive.db.rows.history import facts_of
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.consents import Declaration
from dimoslive.domain.booking.statuses import CAN_JOIN
from dimoslive.domain.errors import InvalidInput, TooLate
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Citizen, LinkHolder
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.booking.current_declaration import check_declaration
from dimoslive.services.booking.record_change import record_change

DECLARED = "declared"


def accept_declaration(
    context: AppContext, principal: Citizen | LinkHolder, reference: str, declaration: Declaration, *, is_ticked: bool
) -> Booking:
    """Keep which wording was accepted, and when; accepting twice is accepting once.

    Raises `NotFound`, `DeclarationChanged`, `InvalidInput` (nothing ticked) or `TooLate`.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_booking(tx, principal, reference, Permission.JOIN_MEETING, for_change=True)
        if row.consent_at is None:
            if row.status not in CAN_JOIN:
                raise TooLate()
            check_declaration(tx, tx.get_one(MunicipalityRow, row.municipality_id), declaration)
            if not is_ticked or declaration.mode != row.mode:
                raise InvalidInput("declaration", "declaration_not_ticked")
            before = facts_of(row)
            row.consent_version, row.consent_sha256 = declaration.version, declaration.sha256
            row.consent_language, row.consent_at = declaration.language, now
            record_change(tx, row, before, DECLARED, now)
            tx.flush()
        return to_booking(booking_with_service(tx, row.id or 0))
