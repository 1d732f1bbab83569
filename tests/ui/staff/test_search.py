"""The officials' search page: what it shows, what it says, and what it never puts into an address."""

import pytest

from dimoslive.db.tables.desk import AuditEventRow, SearchEventRow
from dimoslive.ui.staff.search.state import SearchState
from tests.support.meeting import ZOE, a_meeting_for, enter_foreign_official, enter_official, staff_token
from tests.support.world import Town, rows
from tests.ui.opened import a_page, press

SEARCH = {"text": "παπαδ", "first": "", "last": ""}


@pytest.fixture
def town(open_town: Town) -> Town:
    """Nikos is an official of it."""
    enter_official(open_town)
    return open_town


async def test_before_the_first_search_there_is_only_the_field_with_the_usual_days(town: Town) -> None:
    page = a_page(SearchState, town, "/desk/search?m=kavala", staff=staff_token(town))
    await press(page, "load")
    assert (page.text, page.first, page.last) == ("", "21/10/2026", "19/1/2027")
    assert (page.heading, page.found, page.none_found, page.departments) == ("", [], "", "")


async def test_what_is_found_is_counted_and_has_the_focus(town: Town) -> None:
    booking = a_meeting_for(town, "Αθανάσιος Μαύρος")
    page = a_page(SearchState, town, "/desk/search?m=kavala", staff=staff_token(town))
    await press(page, "search", SEARCH)
    [line] = page.found
    assert page.heading == "1 κράτηση βρέθηκε"
    assert page.focus_target == "search-found"
    assert (line.day, line.time) == ("Τρίτη 24 Νοεμβρίου 2026", "9:10")
    assert (line.person, line.other_name) == ("Αθανάσιος Μαύρος", "ΕΛΕΝΗ ΠΑΠΑΔΟΠΟΥΛΟΥ")
    outcome = str(await press(page, "open", line.reference))
    assert f"/desk/booking/{booking.reference}?m=kavala" in outcome
    assert [row.action for row in rows(town.context.db, AuditEventRow)] == ["booking.opened"]


async def test_nothing_found_is_an_answer(town: Town) -> None:
    page = a_page(SearchState, town, "/en/desk/search?m=kavala", staff=staff_token(town))
    await press(page, "search", SEARCH)
    assert page.none_found == "No booking. Searched departments: all departments"
    assert (page.problem, page.focus_target) == ("", "search-found")


async def test_a_whole_reference_leads_to_the_booking_at_once(town: Town) -> None:
    booking = town.a_booking("09:00")
    page = a_page(SearchState, town, "/en/desk/search?m=kavala", staff=staff_token(town))
    outcome = str(await press(page, "search", SEARCH | {"text": booking.reference.lower()}))
    assert f"/en/desk/booking/{booking.reference}?m=kavala" in outcome


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"text": "πα"}, "text"),
        ({"text": "%"}, "text"),
        ({"text": "α" * 399}, "text"),
        ({"text": "παπ", "first": "αύριο"}, "first"),
        ({"text": "παπ", "first": "2/1/2026", "last": "1/1/2026"}, "last"),
        ({}, "text"),
    ],
)
async def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(
    town: Town, form: dict[str, str], field: str
) -> None:
    page = a_page(SearchState, town, "/desk/search?m=kavala", staff=staff_token(town))
    await press(page, "search", form)
    assert list(page.error_of) == [field]
    assert page.focus_target == field
    assert page.text == str(form.get("text") or "")[:400]
    assert rows(town.context.db, SearchEventRow) == []


async def test_too_many_searches_are_told(town: Town) -> None:
    page = a_page(SearchState, town, "/desk/search?m=kavala", staff=staff_token(town))
    for _ in range(61):
        await press(page, "search", SEARCH)
    assert page.problem == "Έγιναν πολλές προσπάθειες. Δοκιμάστε ξανά σε 10 λεπτά."
    assert page.text == "παπαδ"


@pytest.mark.parametrize("handler", ["load", "search", "open"])
async def test_another_municipality_is_a_missing_page(town: Town, handler: str) -> None:
    booking = town.a_booking("09:00")
    enter_foreign_official(town)
    page = a_page(SearchState, town, "/desk/search?m=kavala", staff=staff_token(town, ZOE))
    words: dict[str, tuple[object, ...]] = {"search": (SEARCH,), "open": (booking.reference,)}
    await press(page, handler, *words.get(handler, ()))
    assert page.problem.startswith("Δεν βρέθηκε")
    assert (page.found, rows(town.context.db, SearchEventRow)) == ([], [])
