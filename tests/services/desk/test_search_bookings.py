"""An official finds a booking by name, reference or telephone, within the own scope, and each search is logged."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from sqlmodel import col, delete

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow
from dimoslive.db.tables.desk import AuditEventRow, SearchEventRow
from dimoslive.db.tables.limit import AttemptsRow
from dimoslive.db.tables.official import OfficialDepartmentRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.errors import InvalidInput, NotFound, TooManyAttempts
from dimoslive.domain.people.principals import Official, StaffRight, StaffRole
from dimoslive.i18n.search_key import search_key
from dimoslive.services.desk.find_workplace import Workplace, find_workplace
from dimoslive.services.desk.search_bookings import (
    MAX_FOUND,
    Found,
    SearchWish,
    open_found,
    search_bookings,
    searched_departments,
)
from tests.support.meeting import a_meeting_for, enter_foreign_official, enter_official
from tests.support.world import Town, on_the_day, rows


@pytest.fixture
def nikos(town: Town) -> Official:
    return enter_official(town)


def workplace(town: Town, official: Official) -> Workplace:
    return find_workplace(town.context, official, "kavala")


def search(town: Town, official: Official, text: str, **days: str) -> Found:
    """As the page does it."""
    return search_bookings(town.context, official, workplace(town, official), SearchWish(text, **days))


def named(town: Town, wall: str, name: str, phone: str = "+306912345678") -> Booking:
    """A booking of the day, under a name that was typed."""
    booking = town.a_booking(wall, by=town.citizen("Πολίτης Ανώνυμος"))
    with transaction(town.context.db) as tx:
        row = tx.get_one(BookingRow, booking.id)
        row.person_name, row.name_key, row.phone = name, search_key(name), phone
        return booking


def references(found: Found) -> set[str]:
    return {booking.reference for booking in found.bookings}


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("παπαδ", True),
        ("ΕΛΈΝΗ παπ", True),
        ("παπ ελε", True),
        ("  παπαδοπούλου   ", True),
        ("γεωργ", True),
        ("αδοπ", False),
        ("ελένη δοπ", False),
        ("papadop", True),
        ("eleni Papadopoulou", True),
        ("elenh-georgiou", False),
        ("παπ%", False),
        ("παπ_δ", False),
        ("%ελέν", False),
        ("'; DROP TABLE booking; --", False),
    ],
)
def test_a_name_is_found_by_the_beginnings_of_its_words(town: Town, nikos: Official, text: str, is_found: bool) -> None:
    booking = named(town, "09:00", "Ελένη Παπαδοπούλου-Γεωργίου")
    named(town, "09:30", "Νίκος Δήμου")
    found = search(town, nikos, text)
    assert (references(found) == {booking.reference}) is is_found
    assert found.opened == ""


@pytest.mark.parametrize(
    ("text", "name"), [("xristos", "Χρήστος Μπαλής"), ("Ελένη", "Eleni Smith"), ("mpal", "Χρήστος Μπαλής")]
)
def test_greek_or_latin_letters_in_any_habit_find_the_same(town: Town, nikos: Official, text: str, name: str) -> None:
    booking = named(town, "09:00", name)
    named(town, "09:30", "Νίκος Δήμου")
    assert references(search(town, nikos, text)) == {booking.reference}


def test_signs_that_databases_read_as_patterns_are_text(town: Town, nikos: Official) -> None:
    booking = named(town, "09:00", "Εταιρεία 100%_ΑΕ")
    named(town, "09:30", "Εταιρεία 1000 ΑΕ")
    assert references(search(town, nikos, "εταιρεία 100%_")) == {booking.reference}


def test_whoever_booked_for_another_is_found_by_both_names(town: Town, nikos: Official) -> None:
    booking = a_meeting_for(town, "Αθανάσιος Μαύρος")
    assert references(search(town, nikos, "μαύρος")) == {booking.reference}
    assert references(search(town, nikos, "παπαδοπ")) == {booking.reference}


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("345678", True),
        ("691 234 5678", True),
        ("+30 691-234-5678", True),
        ("0030 6912345678", True),
        ("691234", False),
    ],
)
def test_a_telephone_is_found_by_its_end(town: Town, nikos: Official, text: str, is_found: bool) -> None:
    booking = named(town, "09:00", "Ελένη Παπαδοπούλου")
    named(town, "09:30", "Νίκος Δήμου", phone="+306987654321")
    assert (references(search(town, nikos, text)) == {booking.reference}) is is_found


@pytest.mark.parametrize("shape", ["{0}-{1}", "{0}{1}", " {0} {1} "])
def test_a_whole_reference_opens_the_booking_whatever_the_days(town: Town, nikos: Official, shape: str) -> None:
    booking = named(town, "09:00", "Ελένη Παπαδοπούλου")
    text = shape.format(booking.reference[:4].lower(), booking.reference[4:])
    found = search(town, nikos, text, first="1/1/2026", last="2/1/2026")
    assert (found.opened, found.bookings) == (booking.reference, ())
    [opened] = rows(town.context.db, AuditEventRow)
    assert (opened.action, opened.subject_kind, opened.subject_id) == ("booking.opened", "booking", booking.id)
    assert (opened.official_id, opened.municipality_id) == (nikos.id, town.municipality.id)


@pytest.mark.parametrize("text", ["", "  ", "πα", "%", "_", "%%%%", "12345", "1-2-3", "ΠπΠπ", "x" * 300])
def test_too_little_is_told_and_neither_counted_nor_logged(town: Town, nikos: Official, text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        search(town, nikos, text)
    assert (refused.value.field, refused.value.code) == ("text", "search_too_short")
    assert rows(town.context.db, SearchEventRow) == []
    assert rows(town.context.db, AttemptsRow) == []


@pytest.mark.parametrize(("text", "code"), [("α" * 301, "too_long"), ("ελε\x00νη", "control_characters")])
def test_what_cannot_be_typed_is_told(town: Town, nikos: Official, text: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        search(town, nikos, text)
    assert refused.value.code == code


def test_three_hundred_characters_are_text(town: Town, nikos: Official) -> None:
    assert search(town, nikos, "αβγ" * 100).bookings == ()


def test_it_looks_thirty_days_back_and_sixty_ahead_unless_told_otherwise(town: Town, nikos: Official) -> None:
    booking = named(town, "09:00", "Ελένη Παπαδοπούλου")
    for now, is_found in (("2026-12-24 10:00", True), ("2026-12-25 10:00", False), ("2026-09-25 10:00", True)):
        town.clock.set(on_the_day(now))
        assert (references(search(town, nikos, "παπαδ")) == {booking.reference}) is is_found
    town.clock.set(on_the_day("2026-09-24 10:00"))
    assert references(search(town, nikos, "παπαδ")) == set()
    assert references(search(town, nikos, "παπαδ", first="24-11-26", last="2026-11-24")) == {booking.reference}
    assert references(search(town, nikos, "παπαδ", first="25/11/2026", last="26/11/2026")) == set()


@pytest.mark.parametrize(
    ("days", "field", "code"),
    [
        ({"first": "χθες"}, "first", "not_a_date"),
        ({"last": "31/2/2026"}, "last", "not_a_date"),
        ({"first": "2/1/2026", "last": "1/1/2026"}, "last", "end_before_start"),
    ],
)
def test_days_that_are_none_are_told_at_their_field(
    town: Town, nikos: Official, days: dict[str, str], field: str, code: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        search(town, nikos, "παπαδ", **days)
    assert (refused.value.field, refused.value.code) == (field, code)


def test_what_is_to_come_stands_before_what_is_past_and_the_nearest_first(town: Town, nikos: Official) -> None:
    walls = ("2026-11-23 09:00", "2026-11-24 09:00", "2026-11-25 09:00", "2026-11-26 09:00")
    bookings = {wall[:10]: named(town, wall, "Ελένη Παπαδοπούλου") for wall in walls}
    town.clock.set(on_the_day("2026-11-25 08:00"))
    found = [booking.reference for booking in search(town, nikos, "παπαδ").bookings]
    days = ("2026-11-25", "2026-11-26", "2026-11-24", "2026-11-23")
    assert found == [bookings[day].reference for day in days]


def test_fifty_are_shown_and_more_is_said(town: Town, nikos: Official) -> None:
    copies(named(town, "09:00", "Ελένη Παπαδοπούλου"), town, range(MAX_FOUND - 1))
    found = search(town, nikos, "παπαδ")
    assert (len(found.bookings), found.has_more) == (MAX_FOUND, False)
    copies(found.bookings[0], town, range(100, 101))
    found = search(town, nikos, "παπαδ")
    assert (len(found.bookings), found.has_more) == (MAX_FOUND, True)
    assert rows(town.context.db, SearchEventRow)[-1].found == MAX_FOUND


def copies(booking: Booking, town: Town, numbers: Iterable[int]) -> None:
    """More of the same, without claims."""
    with transaction(town.context.db) as tx:
        row = tx.get_one(BookingRow, booking.id)
        words = row.model_dump(exclude={"id", "reference", "citizen_id"})
        tx.add_all(BookingRow(**words, reference=f"C{number:07}") for number in numbers)


def test_times_that_are_only_held_are_no_bookings(town: Town, nikos: Official) -> None:
    hold = town.hold("09:00")
    with transaction(town.context.db) as tx:
        row = tx.get_one(BookingRow, town.row(hold).id)
        row.name_key, row.phone = "ελενη", "+306912345678"
    assert search(town, nikos, "ελένη").bookings == ()
    assert search(town, nikos, "345678").bookings == ()
    assert search(town, nikos, hold.reference).opened == ""


def test_other_municipalities_and_departments_are_not_searched(town: Town, nikos: Official) -> None:
    booking = named(town, "09:00", "Ελένη Παπαδοπούλου")
    zoe = enter_foreign_official(town)
    drama = find_workplace(town.context, zoe, "drama")
    assert search_bookings(town.context, zoe, drama, SearchWish("παπαδ")).bookings == ()
    assert search_bookings(town.context, zoe, drama, SearchWish(booking.reference)).opened == ""
    # A forged place is of no use: the right is asked for, not the address.
    forged = workplace(town, nikos)
    assert search_bookings(town.context, zoe, forged, SearchWish("παπαδ")).bookings == ()
    with pytest.raises(NotFound):
        open_found(town.context, zoe, forged, booking.reference)
    other = limited(town, nikos)
    assert search(town, other, "παπαδ").bookings == ()
    with pytest.raises(NotFound):
        open_found(town.context, other, workplace(town, other), booking.reference)
    assert searched_departments(town.context, workplace(town, other)) == ({"el": "Ταμείο", "en": "Treasury"},)
    assert searched_departments(town.context, workplace(town, nikos)) == ()


def limited(town: Town, official: Official) -> Official:
    """To a department that has no bookings."""
    with transaction(town.context.db) as tx:
        department = DepartmentRow(municipality_id=town.municipality.id, name_el="Ταμείο", name_en="Treasury")
        tx.add(department)
        tx.flush()
        tx.add(OfficialDepartmentRow(official_id=official.id, department_id=department.id or 0))
        right = StaffRight(town.municipality.id, StaffRole.OFFICIAL, frozenset({department.id or 0}))
        return replace(official, rights=frozenset({right}))


def test_a_municipality_where_one_also_works_is_not_searched_from_another(town: Town, nikos: Official) -> None:
    booking = named(town, "09:00", "Ελένη Παπαδοπούλου")
    with transaction(town.context.db) as tx:
        drama = tx.get_one(MunicipalityRow, town.municipality.id).model_dump() | {"id": 9900, "slug": "drama"}
        tx.add(MunicipalityRow(**drama))
    both = replace(nikos, rights=nikos.rights | {StaffRight(9900)})
    there = find_workplace(town.context, both, "drama")
    assert search_bookings(town.context, both, there, SearchWish(booking.reference)).opened == ""
    with pytest.raises(NotFound):
        open_found(town.context, both, there, booking.reference)


def test_a_search_is_logged_with_its_words_sealed(town: Town, nikos: Official) -> None:
    named(town, "09:00", "Ελένη Παπαδοπούλου")
    search(town, nikos, " παπαδ ")
    search(town, nikos, "999999")
    by_name, by_phone = rows(town.context.db, SearchEventRow)
    assert (by_name.kind, by_name.found, by_name.official_id) == ("name", 1, nikos.id)
    assert (by_phone.kind, by_phone.found, by_phone.municipality_id) == ("phone", 0, town.municipality.id)
    assert "παπαδ" not in by_name.query_sealed
    assert town.context.seal.decrypt(by_name.query_sealed) == "παπαδ"


def test_opening_a_result_is_logged(town: Town, nikos: Official) -> None:
    booking = named(town, "09:00", "Ελένη Παπαδοπούλου")
    assert open_found(town.context, nikos, workplace(town, nikos), booking.reference) == booking.reference
    [opened] = rows(town.context.db, AuditEventRow)
    assert (opened.action, opened.subject_id, opened.before, opened.after) == ("booking.opened", booking.id, "{}", "{}")


def test_sixty_searches_in_ten_minutes_are_enough_and_the_head_reads_of_it_once(town: Town, nikos: Official) -> None:
    for _ in range(60):
        search(town, nikos, "παπαδ")
    for _ in range(2):
        with pytest.raises(TooManyAttempts):
            search(town, nikos, "παπαδ")
    assert len(rows(town.context.db, SearchEventRow)) == 60
    [noted] = rows(town.context.db, AuditEventRow)
    assert (noted.action, noted.official_id, noted.municipality_id) == (
        "search.limited",
        nikos.id,
        town.municipality.id,
    )
    town.clock.advance(minutes=10)
    search(town, nikos, "παπαδ")


def test_erased_persons_are_not_found(town: Town, nikos: Official) -> None:
    booking = named(town, "09:00", "Ελένη Παπαδοπούλου")
    town.clock.advance(days=300)
    with transaction(town.context.db) as tx:
        row = tx.get_one(BookingRow, booking.id)
        row.name_key, row.person_name, row.phone, row.erased_at = "", "", "", town.clock.now()
        tx.execute(delete(AttemptsRow).where(col(AttemptsRow.count) > 0))
    assert search(town, nikos, "παπαδ", first="1/11/2026", last="1/12/2026").bookings == ()
    assert search(town, nikos, "345678", first="1/11/2026", last="1/12/2026").bookings == ()
