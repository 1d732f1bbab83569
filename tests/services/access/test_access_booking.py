"""A booking is its citizen's and that of whoever holds its link; for all others it does not exist."""

import pytest

from dimoslive.crypto import new_token, token_hash
from dimoslive.db.engine import reading, transaction
from dimoslive.db.tables.booking import BookingLinkRow, BookingRow
from dimoslive.domain.booking.references import show_reference
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import LinkHolder, Principal
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.booking.list_bookings import list_bookings
from dimoslive.services.booking.show_booking import show_booking
from dimoslive.services.booking.show_linked_booking import show_linked_booking
from tests.support.world import NOW, Town, on_the_day

NO_SUCH_BOOKING = "ZZZZZZZZ"


def test_a_citizen_sees_the_own_booking(town: Town) -> None:
    booking = town.a_booking("09:10")
    assert show_booking(town.context, town.eleni, booking.reference) == booking
    assert show_booking(town.context, town.eleni, show_reference(booking.reference).lower()) == booking


def test_a_foreign_and_a_missing_booking_are_the_same_to_a_citizen(town: Town) -> None:
    booking, nikos = town.a_booking("09:10"), town.citizen()
    assert refusal(town, nikos, booking.reference) == refusal(town, nikos, NO_SUCH_BOOKING)


@pytest.mark.parametrize("reference", ["", "K7PM-3XQ", "' OR 1=1 --", "\0" * 8, "Ω" * 8, "x" * 10_000])
def test_what_is_no_reference_finds_nothing(town: Town, reference: str) -> None:
    assert refusal(town, town.eleni, reference) == refusal(town, town.eleni, NO_SUCH_BOOKING)


def test_a_link_opens_its_booking_and_no_other(town: Town) -> None:
    booking, other = town.a_booking("09:10"), town.a_booking("09:20", by=town.citizen())
    principal, shown = show_linked_booking(town.context, a_link(town, booking.id))
    assert (principal, shown) == (LinkHolder(booking.id), booking)
    assert show_booking(town.context, principal, booking.reference) == booking
    assert refusal(town, principal, other.reference) == refusal(town, principal, NO_SUCH_BOOKING)


def test_a_link_that_nobody_sent_opens_nothing(town: Town) -> None:
    town.a_booking("09:10")
    for token in ("", new_token(), token_hash("x")):
        with pytest.raises(NotFound):
            show_linked_booking(town.context, token)


@pytest.mark.parametrize("status", [BookingStatus.HELD, BookingStatus.EXPIRED])
def test_what_was_never_booked_is_nobodys(town: Town, status: BookingStatus) -> None:
    hold = town.hold("09:10")
    row = town.row(hold)
    with transaction(town.context.db) as tx:
        tx.get_one(BookingRow, row.id).status = status
    for principal in (town.eleni, LinkHolder(row.id or 0)):
        assert refusal(town, principal, hold.reference) == refusal(town, principal, NO_SUCH_BOOKING)


def test_an_erased_booking_is_nobodys(town: Town) -> None:
    booking = town.a_booking("09:10")
    with transaction(town.context.db) as tx:
        row = tx.get_one(BookingRow, booking.id)
        row.citizen_id, row.erased_at = None, NOW
    for principal in (town.eleni, LinkHolder(booking.id)):
        assert refusal(town, principal, booking.reference) == refusal(town, principal, NO_SUCH_BOOKING)
    with pytest.raises(NotFound):
        show_linked_booking(town.context, a_link(town, booking.id))


def test_my_bookings_are_those_to_come_soonest_first_and_the_others_newest_first(town: Town) -> None:
    services = [town.another_service() for _ in range(3)]
    yesterday = [
        town.a_booking(f"2026-11-23 {wall}", service=service)
        for wall, service in zip(("09:10", "10:10"), services, strict=False)
    ]
    town.clock.set(on_the_day("2026-11-23 12:00"))
    to_come = [
        town.a_booking(wall, service=service)
        for wall, service in zip(("11:10", "09:10", "10:10"), services, strict=True)
    ]
    cancelled = cancel_booking(town.context, town.eleni, to_come[0].reference)
    town.a_booking("12:10", by=town.citizen())
    town.hold("13:10")

    upcoming, past = list_bookings(town.context, town.eleni)
    assert upcoming == [to_come[1], to_come[2]]
    assert past == [cancelled, yesterday[1], yesterday[0]]


def test_a_booking_under_way_is_still_to_come_until_it_ends(town: Town) -> None:
    booking = town.a_booking("09:10")
    town.clock.set(on_the_day("09:19"))
    assert list_bookings(town.context, town.eleni) == ([booking], [])
    town.clock.set(on_the_day("09:20"))
    assert list_bookings(town.context, town.eleni) == ([], [booking])


def a_link(town: Town, booking_id: int) -> str:
    """A link as a mail carries it."""
    token = new_token()
    with transaction(town.context.db) as tx:
        tx.add(BookingLinkRow(token_hash=token_hash(token), booking_id=booking_id, created_at=NOW))
    return token


def refusal(town: Town, principal: Principal, reference: str) -> tuple[str, str, dict[str, str | int]]:
    """All that somebody who may not see a booking learns."""
    with pytest.raises(NotFound) as refused, reading(town.context.db) as tx:
        access_booking(tx, principal, reference, Permission.VIEW_BOOKING)
    return refused.value.code, str(refused.value), refused.value.params
