"""The log of searches and openings: whose it shows to whom, and for how long it says what was searched."""

from datetime import timedelta

import pytest

from dimoslive.domain.errors import NotFound, TooManyAttempts
from dimoslive.domain.people.principals import Official, StaffRole
from dimoslive.ports import Identity
from dimoslive.services.desk.read_search_log import LogLine, SearchLog, read_search_log
from dimoslive.services.desk.search_bookings import SearchWish, open_found, search_bookings
from dimoslive.services.identity.auth_realm import STAFF
from dimoslive.services.identity.sessions import find_principal
from dimoslive.services.program.read_bookings import show_program_booking
from dimoslive.services.upkeep.erase_old_data import erase_old_data
from tests.support.arranging import limit_to_departments
from tests.support.lists import place_of, within
from tests.support.meeting import ANNA, ZOE, enter_foreign_official, enter_official, staff_token
from tests.support.programs import a_program
from tests.support.world import Town

ADMINISTRATOR, HEAD = StaffRole.ADMINISTRATOR, StaffRole.HEAD


@pytest.fixture
def nikos(town: Town) -> Official:
    """An official of the whole municipality."""
    return enter_official(town)


def search(town: Town, official: Official, text: str) -> None:
    search_bookings(town.context, official, place_of(town, official), SearchWish(text))


def log_of(town: Town, official: Official, *departments: int, role: StaffRole = ADMINISTRATOR) -> SearchLog:
    """As somebody with this right reads it."""
    reader = within(town, official, *departments, role=role)
    return read_search_log(town.context, reader, place_of(town, reader), town.clock.now() + timedelta(seconds=1))


def signed_in(town: Town, who: Identity) -> Official:
    official = find_principal(town.context, STAFF, staff_token(town, who))
    assert official is not None
    return official


def said(log: SearchLog) -> list[tuple[str, str, int, tuple[str, ...]]]:
    return [(line.kind, line.words, line.found, line.opened) for line in log.lines]


def test_it_says_what_was_searched_how_many_were_found_and_which_were_opened(town: Town, nikos: Official) -> None:
    first = town.a_booking("09:00")
    other = town.a_booking("09:10", by=town.citizen("Νίκη Παπαδοπούλου"))
    search(town, nikos, "ουδείς")
    town.clock.advance(minutes=1)
    search(town, nikos, "παπαδ")
    for reference in (other.reference, first.reference, first.reference):
        town.clock.advance(minutes=1)
        open_found(town.context, nikos, place_of(town, nikos), reference)
    assert said(log_of(town, nikos)) == [
        ("name", "παπαδ", 2, (other.reference, first.reference)),
        ("name", "ουδείς", 0, ()),
    ]


def test_a_whole_reference_is_found_and_opened_at_once(town: Town, nikos: Official) -> None:
    booking = town.a_booking("09:00")
    search(town, nikos, booking.reference)
    assert said(log_of(town, nikos)) == [("reference", booking.reference, 1, (booking.reference,))]


def test_after_thirty_days_it_says_no_longer_what_was_searched_whether_or_not_the_job_ran(
    town: Town, nikos: Official
) -> None:
    search(town, nikos, "παπαδ")
    town.clock.advance(days=30)
    assert said(log_of(town, nikos)) == [("name", "παπαδ", 0, ())]
    town.clock.advance(seconds=1)
    assert said(log_of(town, nikos)) == [("name", "", 0, ())]
    erase_old_data(town.context)
    assert said(log_of(town, nikos)) == [("name", "", 0, ())]


def test_officials_have_no_log_nor_has_another_municipality_s_administrator(town: Town, nikos: Official) -> None:
    with pytest.raises(NotFound):
        log_of(town, nikos, role=StaffRole.OFFICIAL)
    search(town, nikos, "παπαδ")
    stranger = enter_foreign_official(town)
    with pytest.raises(NotFound):
        read_search_log(town.context, stranger, place_of(town, nikos), town.clock.now() + timedelta(days=1))
    assert len(log_of(town, nikos).lines) == 1


def test_a_head_sees_the_own_department_s_searches_and_whatever_was_opened_of_it(town: Town, nikos: Official) -> None:
    other = town.another_service()
    ours, theirs = town.a_booking("09:00"), town.a_booking("09:00", by=town.citizen(), service=other)
    anna, zoe = (enter_official(town, who) for who in (ANNA, ZOE))
    limit_to_departments(town, anna, town.service)
    limit_to_departments(town, zoe, other)
    anna, zoe = (signed_in(town, who) for who in (ANNA, ZOE))
    for official, text in ((anna, "Άννας"), (zoe, "Ζωής"), (nikos, "Νίκου")):
        town.clock.advance(minutes=1)
        search(town, official, text)
    for booking in (ours, theirs):
        town.clock.advance(minutes=1)
        open_found(town.context, nikos, place_of(town, nikos), booking.reference)
    assert said(log_of(town, nikos, town.service.department_id, role=HEAD)) == [
        ("opening", "", 1, (ours.reference,)),
        ("name", "Άννας", 0, ()),
    ]
    assert len(log_of(town, nikos).lines) == 3


def test_who_searched_too_much_is_there_for_the_head(town: Town, nikos: Official) -> None:
    for _ in range(60):
        search(town, nikos, "παπαδ")
    with pytest.raises(TooManyAttempts):
        search(town, nikos, "παπαδ")
    town.clock.advance(minutes=1)
    log = log_of(town, nikos)
    assert "pause" in {line.kind for line in log.lines}
    assert len(log.lines) == 61


def test_older_ones_are_on_another_page(town: Town, nikos: Official) -> None:
    for _ in range(101):
        town.clock.advance(minutes=11)
        search(town, nikos, "παπαδ")
    log = log_of(town, nikos)
    assert (len(log.lines), log.older is not None) == (100, True)
    reader = within(town, nikos, role=ADMINISTRATOR)
    assert log.older is not None
    rest = read_search_log(town.context, reader, place_of(town, reader), log.older)
    assert (len(rest.lines), rest.older) == (1, None)


def test_a_line_prints_no_words() -> None:
    assert "Παπαδ" not in repr(LogLine(None, 1, "Ν. Δήμου", "name", words="Παπαδόπουλος"))  # type: ignore[arg-type]  # no matter when


def test_what_a_program_read_of_persons_is_told_to_whoever_sees_the_whole_municipality(
    town: Town, nikos: Official
) -> None:
    booking, key = town.a_booking("09:00"), a_program(town)
    show_program_booking(town.context, key, booking.reference)
    assert said(log_of(town, nikos)) == [("reading", "", 1, (booking.reference,))]
    assert [line.by for line in log_of(town, nikos).lines] == ["Τηλεφωνικό κέντρο"]
    assert said(log_of(town, nikos, town.service.department_id, role=HEAD)) == []
