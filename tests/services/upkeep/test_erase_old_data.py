"""Persons are erased when the municipality's days are over; what remains counts, and names nobody."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingLinkRow, BookingRow, ClaimRow
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.citizen import SessionRow, UsedSignInStateRow
from dimoslive.db.tables.desk import AuditEventRow, BookingEventRow, BookingNoteRow, CallTaskRow, SearchEventRow
from dimoslive.db.tables.draft import DraftRow
from dimoslive.db.tables.limit import AttemptsRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.services.access.limit_attempts import RateLimit, limit_attempts
from dimoslive.services.audit.record_audit import record_audit
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.booking.confirm_booking import confirm_booking
from dimoslive.services.desk.cancel_by_municipality import cancel_by_municipality
from dimoslive.services.desk.find_workplace import find_workplace
from dimoslive.services.desk.search_bookings import SearchWish, search_bookings
from dimoslive.services.desk.write_note import write_note
from dimoslive.services.draft.give_details import give_details
from dimoslive.services.draft.keep_typed import keep_typed
from dimoslive.services.upkeep.erase_old_data import Erased, erase_old_data
from tests.support.desk import rewrite, seen, without_account
from tests.support.meeting import enter_official
from tests.support.world import NOW, Town, a_municipality, a_service, confirmation, on_the_day, rows, statuses, typed

PERSONAL = (
    *(
        "first_name",
        "last_name",
        "person_name",
        "name_key",
        "email",
        "phone",
        "address",
        "subject",
        "help_needed",
        "visitor_zone",
    ),
    *("cancel_reason", "outcome_note", "staff_reason"),
)


@pytest.fixture
def booking(town: Town) -> Booking:
    """A booking in which every word is filled in, ended on the day at 9:20, with a link."""
    hold = town.hold("09:10")
    words = typed(served_person="other", person_name="Άννα Δήμου", address="Κύπρου 1", help_needed="Νοηματική")
    give_details(town.context, town.eleni, words)
    booking = confirm_booking(town.context, town.eleni, confirmation(hold))
    with transaction(town.context.db) as tx:
        tx.add(BookingLinkRow(token_hash="x", booking_id=booking.id, created_at=NOW))
    return booking


def test_persons_are_erased_after_the_municipalitys_days_and_links_with_them(town: Town, booking: Booking) -> None:
    cancel_booking(town.context, town.eleni, booking.reference, "Αρρώστησα")
    rewrite(town, booking, outcome_note="Στο ΚΕΠ", staff_reason="Με αμαξίδιο", first_name="Άννα", last_name="Δήμου")
    before = town.row(booking)
    assert [name for name in PERSONAL if not getattr(before, name)] == []
    town.clock.set(on_the_day("09:20") + timedelta(days=30))
    assert erase_old_data(town.context).bookings == 0
    assert town.row(booking) == before

    town.clock.advance(seconds=1)
    assert erase_old_data(town.context).bookings == 2, "the booking, and the hold of the time that it gave back"
    row = town.row(booking)
    assert [name for name in PERSONAL if getattr(row, name)] == []
    assert (row.citizen_id, row.erased_at) == (None, town.clock.now())
    assert rows(town.context.db, BookingLinkRow) == []


def test_no_municipality_keeps_persons_for_more_than_a_year(town: Town, booking: Booking) -> None:
    with transaction(town.context.db) as tx:
        tx.get_one(MunicipalityRow, town.municipality.id).retention_days = 4000
    town.clock.set(on_the_day("09:20") + timedelta(days=365))
    assert erase_old_data(town.context).bookings == 0

    town.clock.advance(seconds=1)
    assert erase_old_data(town.context).bookings == 1


def test_what_is_counted_stays(town: Town, booking: Booking) -> None:
    town.clock.advance(days=40)
    erase_old_data(town.context)
    row = town.row(booking)
    assert (row.status, row.service_id, row.starts_at) == (BookingStatus.BOOKED, town.service.id, on_the_day("09:10"))
    assert row.consent_sha256
    assert sum(statuses(town.context.db).values()) == 1


def test_erasing_again_finds_nothing(town: Town, booking: Booking) -> None:
    town.clock.advance(days=40)
    assert erase_old_data(town.context) == Erased(bookings=1, events=0)
    assert erase_old_data(town.context) == Erased(bookings=0, events=0)


def test_each_municipality_has_its_own_term(town: Town, booking: Booking) -> None:
    with transaction(town.context.db) as tx:
        elsewhere = a_service(tx, a_municipality(tx, "Δράμας", slug="drama", retention_days=365))
    other = town.a_booking("09:10", service=elsewhere)
    town.clock.set(on_the_day("10:00") + timedelta(days=364))
    assert erase_old_data(town.context).bookings == 1
    assert (town.row(booking).email, town.row(other).email) == ("", "eleni@example.com")
    town.clock.advance(days=2)
    assert erase_old_data(town.context).bookings == 1
    assert town.row(other).email == ""


def test_a_longer_term_spares_what_a_shorter_would_erase(town: Town, booking: Booking) -> None:
    with transaction(town.context.db) as tx:
        tx.get_one(MunicipalityRow, town.municipality.id).retention_days = 90
    town.clock.advance(days=60)
    assert erase_old_data(town.context).bookings == 0


def test_holds_that_came_to_nothing_lose_their_person_too(town: Town) -> None:
    town.hold("09:10")
    town.clock.advance(days=40)
    erase_old_data(town.context)
    assert [row.citizen_id for row in rows(town.context.db, BookingRow)] == [None]


def test_drafts_are_kept_thirty_days(town: Town) -> None:
    keep_typed(town.context, town.eleni, typed())
    town.clock.advance(days=30)
    erase_old_data(town.context)
    assert len(rows(town.context.db, DraftRow)) == 1
    town.clock.advance(seconds=1)
    erase_old_data(town.context)
    assert rows(town.context.db, DraftRow) == []


def test_claims_of_past_days_are_forgotten_and_those_to_come_kept(town: Town, booking: Booking) -> None:
    town.clock.set(on_the_day("09:00"))
    later = town.a_booking("2026-11-30 09:10", by=town.citizen())
    town.clock.advance(days=1)
    erase_old_data(town.context)
    assert {claim.booking_id for claim in rows(town.context.db, ClaimRow)} == {booking.id, later.id}
    town.clock.advance(days=2)
    erase_old_data(town.context)
    assert {claim.booking_id for claim in rows(town.context.db, ClaimRow)} == {later.id}


def test_sessions_that_are_over_and_old_sign_ins_are_forgotten(town: Town) -> None:
    with transaction(town.context.db) as tx:
        for token, hours in (("over", 0), ("live", 1)):
            tx.add(
                SessionRow(
                    token_hash=token,
                    citizen_id=town.eleni.id,
                    created_at=NOW,
                    seen_at=NOW,
                    expires_at=NOW + timedelta(hours=hours),
                )
            )
        tx.add(UsedSignInStateRow(state_hash="old", used_at=NOW - timedelta(days=1, seconds=1)))
        tx.add(UsedSignInStateRow(state_hash="new", used_at=NOW - timedelta(hours=1)))
    erase_old_data(town.context)
    assert [row.token_hash for row in rows(town.context.db, SessionRow)] == ["live"]
    assert [row.state_hash for row in rows(town.context.db, UsedSignInStateRow)] == ["new"]


def test_addresses_that_came_are_forgotten_after_a_day(town: Town) -> None:
    for limit in RateLimit:
        limit_attempts(town.context, limit, "192.0.2.1")
    town.clock.advance(hours=23)
    limit_attempts(town.context, RateLimit.HOLD, "192.0.2.2")
    erase_old_data(town.context)
    # Counts of a whole day are over with their day; of the others there is one more.
    of_a_day = [limit for limit in RateLimit if limit.value.window == timedelta(days=1)]
    assert len(rows(town.context.db, AttemptsRow)) == len(RateLimit) - len(of_a_day) + 1
    town.clock.advance(hours=2)
    erase_old_data(town.context)
    assert [row.who for row in rows(town.context.db, AttemptsRow)] == ["192.0.2.2"]


def test_what_officials_wrote_of_a_person_goes_with_the_person(town: Town, booking: Booking) -> None:
    official = enter_official(town)
    write_note(town.context, official, booking.reference, "Έρχεται με την κόρη της")
    without_account(town, booking, email="")
    cancel_by_municipality(town.context, official, seen(town, booking), "Ασθένεια", at_citizens_wish=False)
    with transaction(town.context.db) as tx:
        tx.scalars(select(BookingEventRow)).all()[-1].reason = "Η κ. Δήμου το ζήτησε"
    assert len(rows(town.context.db, CallTaskRow)) == 1

    town.clock.set(on_the_day("09:20") + timedelta(days=30, seconds=1))
    erase_old_data(town.context)

    assert (rows(town.context.db, BookingNoteRow), rows(town.context.db, CallTaskRow)) == ([], [])
    events = rows(town.context.db, BookingEventRow)
    assert [event.action for event in events] == ["booked", "note", "cancelled_by_staff"]
    assert {event.reason for event in events} == {""}


def test_history_is_kept_for_a_year_and_the_words_of_a_search_for_thirty_days(town: Town, booking: Booking) -> None:
    official = enter_official(town)
    with transaction(town.context.db) as tx:
        tx.add(AuditEventRow(at=NOW, actor="official", action="export", subject_kind="day"))
        tx.add(
            SearchEventRow(
                municipality_id=town.municipality.id,
                official_id=official.id,
                at=NOW,
                kind="name",
                query_sealed="x",
                found=1,
            )
        )
    tables = (BookingEventRow, AuditEventRow, SearchEventRow)
    for days, words in ((30, ["x"]), (31, [""]), (365, [""])):
        town.clock.set(NOW + timedelta(days=days))
        erase_old_data(town.context)
        assert [row.query_sealed for row in rows(town.context.db, SearchEventRow)] == words
        assert [len(rows(town.context.db, table)) for table in tables] == [1, 1, 1]
    town.clock.advance(seconds=1)
    erase_old_data(town.context)
    assert [len(rows(town.context.db, table)) for table in tables] == [0, 0, 0]


def test_what_officials_searched_for_goes_after_a_month_and_that_they_did_after_a_year(town: Town) -> None:
    official = enter_official(town)
    search_bookings(town.context, official, find_workplace(town.context, official, "kavala"), SearchWish("παπαδ"))
    with transaction(town.context.db) as tx:
        record_audit(tx, NOW, "booking.opened", by=official, subject=("booking", 1))
    for days, words, lines in ((30, 1, 1), (31, 0, 1), (365, 0, 1), (366, 0, 0)):
        town.clock.set(NOW + timedelta(days=days))
        erase_old_data(town.context)
        searches = rows(town.context.db, SearchEventRow)
        assert (len([row for row in searches if row.query_sealed]), len(searches)) == (words, lines)
        assert len(rows(town.context.db, AuditEventRow)) == lines
