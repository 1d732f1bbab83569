"""The page of the log of searches: its words, its pages, and for whom others lead there."""

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.official import OfficialRightRow
from dimoslive.domain.people.principals import Official, StaffRole
from dimoslive.ui.staff.calls.state import CallsState
from dimoslive.ui.staff.search.state import SearchState
from dimoslive.ui.staff.search_log.state import SearchLogState
from tests.support.meeting import enter_official, staff_token
from tests.support.world import Town
from tests.ui.opened import a_page, press

HEAD, OFFICIAL = StaffRole.HEAD, StaffRole.OFFICIAL


@pytest.fixture
def nikos(open_town: Town) -> Official:
    return enter_official(open_town)


def acts_as(town: Town, official: Official, role: StaffRole) -> str:
    """Signed in with this role; returns the cookie."""
    with transaction(town.context.db) as tx:
        tx.get_one(OfficialRightRow, (official.id, town.municipality.id)).role = role.value
    return staff_token(town)


async def test_a_search_is_a_line_with_the_booking_that_it_opened(open_town: Town, nikos: Official) -> None:
    booking, token = open_town.a_booking("09:00"), acts_as(open_town, nikos, HEAD)
    page = a_page(SearchState, open_town, "/desk/search?m=kavala", staff=token)
    await press(page, "search", {"text": "παπαδ"})
    await press(page, "open", booking.reference)
    log = a_page(SearchLogState, open_town, "/desk/search-log?m=kavala", staff=token)
    await press(log, "load")
    [line] = log.lines
    assert (line.day, line.time, line.by, line.kind) == ("20/11/2026", "10:00", "Ν. ΔΗΜΟΥ", "όνομα")
    assert (line.words, line.has_words, line.found) == ("παπαδ", True, "1")
    assert [one.href for one in line.opened] == [f"/desk/booking/{booking.reference}?m=kavala"]
    open_town.clock.advance(days=31)
    later = a_page(SearchLogState, open_town, "/en/desk/search-log?m=kavala", staff=staff_token(open_town))
    await press(later, "load")
    assert [(line.words, line.has_words) for line in later.lines] == [("no longer kept", False)]


async def test_a_long_log_goes_on_at_another_address(open_town: Town, nikos: Official) -> None:
    token = acts_as(open_town, nikos, HEAD)
    for _ in range(102):
        open_town.clock.advance(minutes=1)
        await press(a_page(SearchState, open_town, "/desk/search?m=kavala", staff=token), "search", {"text": "παπαδ"})
    log = a_page(SearchLogState, open_town, "/desk/search-log?m=kavala", staff=token)
    await press(log, "load")
    assert len(log.lines) == 100
    older = a_page(SearchLogState, open_town, log.older, staff=token)
    await press(older, "load")
    assert (len(older.lines), older.older) == (2, "")


@pytest.mark.parametrize("before", ["", "x", "-1", "9" * 20, "99999999999999999999", "²", "0"])
async def test_whatever_the_address_says_it_is_an_instant_of_the_past(
    open_town: Town, nikos: Official, caplog: pytest.LogCaptureFixture, before: str
) -> None:
    token = acts_as(open_town, nikos, HEAD)
    log = a_page(SearchLogState, open_town, f"/desk/search-log?m=kavala&before={before}", staff=token)
    await press(log, "load")
    assert (log.is_loaded, log.lines, log.problem, caplog.messages) == (True, [], "", [])


@pytest.mark.parametrize(("role", "may"), [(OFFICIAL, False), (HEAD, True)])
async def test_pages_lead_there_and_offer_a_file_to_those_who_may(
    open_town: Town, nikos: Official, role: StaffRole, *, may: bool
) -> None:
    token = acts_as(open_town, nikos, role)
    search = a_page(SearchState, open_town, "/desk/search?m=kavala", staff=token)
    calls = a_page(CallsState, open_town, "/desk/calls?m=kavala", staff=token)
    log = a_page(SearchLogState, open_town, "/desk/search-log?m=kavala", staff=token)
    for page in (search, calls, log):
        await press(page, "load")
    assert (search.can_read_log, calls.can_export, log.is_loaded, not log.is_missing) == (may, may, may, may)
