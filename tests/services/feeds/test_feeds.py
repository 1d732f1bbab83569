"""A feed holds what its maker may see, and is empty when it ends, so that programs let go of what they had."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.calendar_feed import CalendarFeedRow
from dimoslive.db.tables.catalogue import DeskRow, MunicipalityRow, ServiceRow
from dimoslive.db.tables.official import DeskOfficialRow, OfficialRightRow, OfficialRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.desk.feeds import MAX_FEEDS, TooManyFeeds
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.principals import Official, StaffRole
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.feeds.end_feed import end_feed
from dimoslive.services.feeds.list_feeds import list_feeds_of_place, list_own_feeds
from dimoslive.services.feeds.make_feed import make_feed_of_department, make_feed_of_desk, make_own_feed
from dimoslive.services.feeds.read_feed import Feed, find_feed, note_feed_fetched, read_feed
from dimoslive.services.upkeep.end_feeds import end_feeds
from tests.support.arranging import another_desk, desks_of
from tests.support.database import counting
from tests.support.meeting import ANNA, enter_foreign_official, enter_official
from tests.support.settings import enter_administrator, enter_head
from tests.support.world import Town, a_town, rows

ADDRESS = "203.0.113.7"


def work(town: Town, official: Official, desk: int) -> None:
    with transaction(town.context.db) as tx:
        tx.add(DeskOfficialRow(desk_id=desk, official_id=official.id))


def fetched(town: Town, token: str) -> Feed:
    """The feed that has this address."""
    return read_feed(town.context, find_feed(town.context, token, ADDRESS))


def read(town: Town, token: str) -> str:
    return fetched(town, token).content.decode()


def references(content: str) -> list[str]:
    return re.findall(r"UID:(\w+)-desk@rendezvous.example", content)


@pytest.fixture
def eleni(town: Town) -> Booking:
    return town.a_booking("09:10")


def test_one_s_own_feed_has_the_bookings_at_one_s_desks(town: Town, eleni: Booking) -> None:
    nikos, anna = enter_official(town), enter_official(town, ANNA)
    work(town, nikos, desks_of(town)[0])
    work(town, anna, another_desk(town))
    token = make_own_feed(town.context, nikos, "el")
    assert references(read(town, token)) == [eleni.reference]
    assert references(read(town, make_own_feed(town.context, anna, "el"))) == []
    cancel_booking(town.context, town.eleni, eleni.reference)
    assert references(read(town, token)) == []


def test_a_desk_s_and_a_department_s_feed_go_as_far_as_their_maker(town: Town, eleni: Booking) -> None:
    nikos, here = enter_administrator(town), town.municipality.id
    of_desk = make_feed_of_desk(town.context, nikos, here, desks_of(town)[0], "en")
    of_department = make_feed_of_department(town.context, nikos, here, town.service.department_id, "en")
    for token in (of_desk, of_department):
        assert references(read(town, token)) == [eleni.reference]
    stranger = enter_foreign_official(town)
    with pytest.raises(NotFound):
        make_feed_of_desk(town.context, stranger, here, desks_of(town)[0], "en")
    with pytest.raises(NotFound):
        make_feed_of_department(town.context, stranger, here, town.service.department_id, "en")
    with pytest.raises(NotFound):
        list_feeds_of_place(town.context, stranger, here)


def test_overflow_lanes_are_in_the_feed_of_their_desk(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    booking, desk = town.a_booking("09:10"), desks_of(town)[0]
    with transaction(sqlite_db) as tx:
        lane = DeskRow(municipality_id=town.municipality.id, name_el="", overflow_of=desk, lane=1)
        tx.add(lane)
        tx.flush()
        tx.get_one(BookingRow, booking.id).desk_id = lane.id or 0
    token = make_feed_of_desk(town.context, enter_administrator(town), town.municipality.id, desk, "el")
    assert references(read(town, token)) == [booking.reference]


@pytest.mark.parametrize(
    ("persons", "said"), [("none", ""), ("initials", " · Ε. Π."), ("name", " · ΕΛΕΝΗ ΠΑΠΑΔΟΠΟΥΛΟΥ")]
)
def test_the_municipality_says_how_much_of_a_person_is_told(sqlite_db: Engine, persons: str, said: str) -> None:
    town = a_town(sqlite_db)
    town.a_booking("09:10")
    nikos = enter_official(town)
    work(town, nikos, desks_of(town)[0])
    with transaction(sqlite_db) as tx:
        tx.get_one(MunicipalityRow, town.municipality.id).feed_persons = persons
    token = make_own_feed(town.context, nikos, "el")
    unfolded = read(town, token).replace("\r\n ", "")
    assert f"SUMMARY:Πιστοποιητικό · βίντεο{said}\r\n" in unfolded
    for private in ("eleni@example.com", "6912345678", "εντοπιότητας"):
        assert private not in unfolded
    with transaction(sqlite_db) as tx:
        tx.get_one(ServiceRow, town.service.id).is_sensitive = True
    assert "SUMMARY:Ραντεβού\r\n" in read(town, token)


def test_the_same_bookings_are_the_same_bytes_hours_later(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    town.a_booking("09:10")
    nikos = enter_official(town)
    work(town, nikos, desks_of(town)[0])
    token = make_own_feed(town.context, nikos, "el")
    first = read(town, token)
    town.clock.advance(hours=5)
    assert read(town, token) == first
    # When it changed is what the booking says, not now.
    assert "DTSTAMP:20261120T080000Z" in first


def test_it_asks_three_questions_however_many_bookings_there_are(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    nikos = enter_official(town)
    work(town, nikos, desks_of(town)[0])
    for number in range(3):
        town.a_booking(f"1{number}:10", by=town.citizen())
    token = make_own_feed(town.context, nikos, "el")
    with counting(sqlite_db) as statements:
        assert len(references(read(town, token))) == 3
    # Feed, rights, bookings; and the count of attempts.
    assert len([one for one, _ in statements if one.startswith("SELECT")]) == 3


def test_an_ended_feed_is_an_empty_calendar_for_30_days_and_then_nothing(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    town.a_booking("09:10")
    nikos = enter_official(town)
    work(town, nikos, desks_of(town)[0])
    token = make_own_feed(town.context, nikos, "el")
    [feed] = list_own_feeds(town.context, nikos)
    end_feed(town.context, nikos, feed.id)
    assert list_own_feeds(town.context, nikos) == ()
    assert references(read(town, token)) == []
    town.clock.advance(days=30)
    with pytest.raises(NotFound):
        read(town, token)
    end_feeds(town.context)
    town.clock.advance(seconds=1)
    end_feeds(town.context)
    assert rows(sqlite_db, CalendarFeedRow) == []


@pytest.mark.parametrize("what", ["the right", "the official", "the desk", "no fetch"])
def test_a_feed_ends_with_what_it_was_made_of(town: Town, eleni: Booking, what: str) -> None:
    nikos, desk = enter_administrator(town), desks_of(town)[0]
    token = make_feed_of_desk(town.context, nikos, town.municipality.id, desk, "el")
    assert references(read(town, token)) == [eleni.reference]
    assert end_feeds(town.context) == 0
    with transaction(town.context.db) as tx:
        match what:
            case "the right":
                tx.delete(tx.get_one(OfficialRightRow, (nikos.id, town.municipality.id)))
            case "the official":
                tx.get_one(OfficialRow, nikos.id).is_active = False
            case "the desk":
                tx.get_one(DeskRow, desk).is_active = False
            case "no fetch":
                town.clock.advance(days=120)
    # At once, and before any job has run.
    assert what == "no fetch" or references(read(town, token)) == []
    assert end_feeds(town.context) == 1
    assert references(read(town, token)) == []


def test_a_head_who_becomes_an_official_keeps_no_feed_of_a_desk(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    booking, head = town.a_booking("09:10"), enter_head(town, town.service.department_id)
    token = make_feed_of_department(town.context, head, town.municipality.id, town.service.department_id, "el")
    assert references(read(town, token)) == [booking.reference]
    with transaction(sqlite_db) as tx:
        tx.get_one(OfficialRightRow, (head.id, town.municipality.id)).role = StaffRole.OFFICIAL.value
    assert references(read(town, token)) == []


def test_five_are_enough_and_nobody_ends_another_s(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    nikos, anna = enter_administrator(town), enter_official(town, ANNA)
    for _ in range(MAX_FEEDS):
        make_own_feed(town.context, nikos, "el")
    with pytest.raises(TooManyFeeds):
        make_own_feed(town.context, nikos, "el")
    for municipality_id in (None, town.municipality.id):
        with pytest.raises(NotFound):
            end_feed(town.context, anna, list_own_feeds(town.context, nikos)[0].id, municipality_id)


def test_a_token_stands_nowhere_and_who_fetched_is_told(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    nikos = enter_official(town)
    token = make_own_feed(town.context, nikos, "el")
    assert len(token) == 43
    assert token not in repr(rows(sqlite_db, CalendarFeedRow))
    note_feed_fetched(town.context, fetched(town, token), "Thunderbird")
    [listed] = list_own_feeds(town.context, nikos)
    assert (listed.fetched_at, listed.fetched_by) == (town.clock.now(), "Thunderbird")
    town.clock.advance(hours=1)
    assert fetched(town, token).fetched_at == town.clock.now() - timedelta(hours=1)
