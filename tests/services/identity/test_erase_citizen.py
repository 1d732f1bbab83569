"""A citizen's own row goes at once when asked for, and by itself when it is of no more use."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Engine, delete, text

from dimoslive.crypto import token_hash
from dimoslive.db.engine import transaction
from dimoslive.db.queries.people import forget_gone_citizens
from dimoslive.db.tables.booking import BookingLinkRow, BookingRow, ClaimRow
from dimoslive.db.tables.citizen import CitizenRow, SessionRow
from dimoslive.db.tables.draft import DraftRow
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import BookingAhead, NotFound, NotSignedIn
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.booking.confirm_booking import confirm_booking
from dimoslive.services.booking.show_linked_booking import show_linked_booking
from dimoslive.services.draft.give_details import give_details
from dimoslive.services.draft.keep_typed import keep_typed
from dimoslive.services.draft.open_draft import open_draft
from dimoslive.services.identity.auth_realm import CITIZENS
from dimoslive.services.identity.begin_sign_in import begin_sign_in
from dimoslive.services.identity.erase_citizen import erase_citizen, forget_contact, remembered_contact
from dimoslive.services.identity.finish_sign_in import finish_sign_in
from dimoslive.services.identity.sessions import find_principal
from dimoslive.services.upkeep.erase_old_data import erase_old_data
from tests.support.ports import KnownPersons
from tests.support.rivals import PATIENCE, at_once
from tests.support.world import NOW, Town, a_town, confirmation, on_the_day, rows, typed

YEAR = timedelta(days=365)


def test_on_request_all_that_names_the_person_goes_at_once(town: Town) -> None:
    booking = a_past_booking_with_all_that_may_be_kept(town)
    town.hold("2026-11-30 09:10")
    keep_typed(town.context, town.eleni, typed())

    erase_citizen(town.context, town.eleni)

    left = [len(rows(town.context.db, table)) for table in (CitizenRow, SessionRow, DraftRow, BookingLinkRow)]
    assert left == [0, 0, 0, 0]
    assert {row.citizen_id for row in rows(town.context.db, BookingRow)} == {None}
    assert {claim.booking_id for claim in rows(town.context.db, ClaimRow)} == {booking.id}


def test_the_municipality_keeps_its_record_of_a_past_appointment_for_its_term(town: Town) -> None:
    booking = a_past_booking_with_all_that_may_be_kept(town)
    erase_citizen(town.context, town.eleni)
    row = town.row(booking)
    assert (row.person_name, row.email, row.erased_at) == (booking.details.name, "eleni@example.com", None)
    town.clock.set(on_the_day("09:20") + timedelta(days=30, seconds=1))
    erase_old_data(town.context)
    row = town.row(booking)
    assert (row.person_name, row.email, row.subject) == ("", "", "")


def test_whoever_has_a_booking_ahead_is_not_erased(town: Town) -> None:
    booking = town.a_booking("09:10")
    before = rows(town.context.db, CitizenRow)
    for moment in ("2026-11-23 10:00", "09:19"):
        town.clock.set(on_the_day(moment))
        with pytest.raises(BookingAhead):
            erase_citizen(town.context, town.eleni)
    assert rows(town.context.db, CitizenRow) == before
    town.clock.set(on_the_day("09:20"))
    erase_citizen(town.context, town.eleni)
    assert town.row(booking).citizen_id is None


def test_whoever_is_being_served_is_not_erased_however_late_it_is(town: Town) -> None:
    booking = town.a_booking("09:10")
    with transaction(town.context.db) as tx:
        tx.get_one(BookingRow, booking.id).status = BookingStatus.IN_SERVICE.value
    town.clock.set(on_the_day("10:00"))
    with pytest.raises(BookingAhead):
        erase_citizen(town.context, town.eleni)


def test_a_cancelled_booking_stands_in_nobodys_way(town: Town) -> None:
    cancel_booking(town.context, town.eleni, town.a_booking("09:10").reference)
    erase_citizen(town.context, town.eleni)
    assert rows(town.context.db, CitizenRow) == []
    assert all(event.payload for event in rows(town.context.db, OutboxRow))
    assert [mail.done_at for mail in rows(town.context.db, DeliveryRow)] == [None, None]


def test_nobody_else_is_erased(town: Town) -> None:
    nikos = town.citizen()
    booking = town.a_booking("09:10", by=nikos)
    erase_citizen(town.context, town.eleni)
    assert [row.id for row in rows(town.context.db, CitizenRow)] == [nikos.id]
    assert town.row(booking).citizen_id == nikos.id


def test_the_links_of_an_erased_persons_mails_open_nothing(town: Town) -> None:
    a_past_booking_with_all_that_may_be_kept(town)
    erase_citizen(town.context, town.eleni)
    with transaction(town.context.db) as tx:
        # A mail that was still on its way.
        [booking] = rows(town.context.db, BookingRow)
        tx.add(BookingLinkRow(token_hash=token_hash("late"), booking_id=booking.id or 0, created_at=NOW))
    for token in ("x", "late"):
        with pytest.raises(NotFound):
            show_linked_booking(town.context, token)


def test_who_books_and_erases_at_once_has_either_a_booking_or_no_row(town: Town) -> None:
    for number in range(6):
        citizen = town.citizen()
        hold = town.hold(f"09:{number}0", by=citizen)
        give_details(town.context, citizen, typed())
        jobs: list[Callable[[], object]] = [
            partial(confirm_booking, town.context, citizen, confirmation(hold)),
            partial(erase_citizen, town.context, citizen),
        ]
        booked, erased = at_once(jobs)
        is_there = citizen.id in {row.id for row in rows(town.context.db, CitizenRow)}
        assert isinstance(booked, Booking | NotSignedIn)
        assert is_there == isinstance(erased, BookingAhead) == isinstance(booked, Booking)


def test_remembered_contact_data_are_forgotten_at_one_press(town: Town) -> None:
    hold = town.hold("09:10")
    give_details(town.context, town.eleni, typed(remember_contact=True))
    confirm_booking(town.context, town.eleni, confirmation(hold))
    assert remembered_contact(town.context, town.eleni) == ("eleni@example.com", "691 234 5678")
    town.choose(service=town.another_service())
    keep_typed(town.context, town.eleni, typed(remember_contact=True))

    forget_contact(town.context, town.eleni)

    assert remembered_contact(town.context, town.eleni) == ("", "")
    [row] = rows(town.context.db, CitizenRow)
    assert (row.email, row.phone) == ("", "")
    assert open_draft(town.context, town.eleni).typed.remember_contact is False


def test_a_citizen_of_whom_nothing_is_left_is_erased_a_year_after_the_last_sign_in(town: Town) -> None:
    town.clock.set(NOW + YEAR)
    erase_old_data(town.context)
    assert len(rows(town.context.db, CitizenRow)) == 1
    town.clock.advance(seconds=1)
    erase_old_data(town.context)
    assert rows(town.context.db, CitizenRow) == []


@pytest.mark.parametrize("left", ["booking", "draft", "session"])
def test_a_citizen_of_whom_something_is_left_stays(town: Town, left: str) -> None:
    later = NOW + YEAR + timedelta(days=1)
    town.clock.set(later - timedelta(days=2))
    if left == "draft":
        keep_typed(town.context, town.eleni, typed())
    elif left == "booking":
        town.a_booking("2027-11-24 09:10")
    else:
        with transaction(town.context.db) as tx:
            until = later + timedelta(hours=1)
            tx.add(
                SessionRow(token_hash="x", citizen_id=town.eleni.id, created_at=later, seen_at=later, expires_at=until)
            )
    town.clock.set(later)
    erase_old_data(town.context)
    assert len(rows(town.context.db, CitizenRow)) == 1


def test_who_signs_in_again_stays_for_another_year(town: Town) -> None:
    town.clock.set(NOW + timedelta(days=300))
    sign_in(town)
    town.clock.set(NOW + timedelta(days=500))
    erase_old_data(town.context)
    assert [row.first_name for row in rows(town.context.db, CitizenRow)] == ["ΕΛΕΝΗ"]


@pytest.mark.slow
def test_who_signs_in_while_being_erased_is_there_afterwards(postgresql_db: Engine) -> None:
    town = a_town(postgresql_db)
    sign_in(town)
    town.clock.advance(days=366)
    with ThreadPoolExecutor(1) as pool:
        with transaction(postgresql_db) as tx:
            tx.execute(delete(SessionRow))
            forget_gone_citizens(tx, town.clock.now())
            signing_in = pool.submit(sign_in, town)
            while not tx.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                assert not signing_in.done()
        token = signing_in.result(PATIENCE)
    assert find_principal(town.context, CITIZENS, token) is not None


def sign_in(town: Town) -> str:
    """The session of Eleni, known by her AFM."""
    begun = begin_sign_in(town.context, "/")
    state = begun.url.split("state=")[1].split("&")[0]
    assert isinstance(town.context.identity, KnownPersons)
    done = finish_sign_in(town.context, sign_in_state=begun.sign_in_state, state=state, code="eleni", error="")
    return asyncio.run(done).session_token


def a_past_booking_with_all_that_may_be_kept(town: Town) -> Booking:
    """Of Eleni, signed in, with a link and remembered contact data; the day after."""
    hold = town.hold("09:10")
    give_details(town.context, town.eleni, typed(remember_contact=True))
    booking = confirm_booking(town.context, town.eleni, confirmation(hold))
    with transaction(town.context.db) as tx:
        tx.add(BookingLinkRow(token_hash=token_hash("x"), booking_id=booking.id, created_at=NOW))
        tx.add(SessionRow(token_hash="x", citizen_id=town.eleni.id, created_at=NOW, seen_at=NOW, expires_at=NOW + YEAR))
    town.clock.set(on_the_day("2026-11-25 09:00"))
    return booking
