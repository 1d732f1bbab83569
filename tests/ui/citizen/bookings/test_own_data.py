"""«Τα ραντεβού μου»: what is remembered goes at one press, and the person's data when asked for."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from dimoslive.crypto import token_hash
from dimoslive.db.engine import transaction
from dimoslive.db.tables.citizen import CitizenRow, SessionRow
from dimoslive.services.booking.confirm_booking import confirm_booking
from dimoslive.services.draft.give_details import give_details
from dimoslive.ui.citizen.bookings.own_data import OwnDataState
from dimoslive.ui.citizen.bookings.state import MyBookingsState
from dimoslive.ui.shared import call
from dimoslive.ui.shared.session import SessionState
from tests.support.database import sqlite_db, sqlite_files
from tests.support.world import NOW, Town, a_town, confirmation, on_the_day, rows, typed
from tests.ui.opened import a_page, press

__all__ = ["sqlite_db", "sqlite_files"]

TOKEN = "token-of-Eleni"


@pytest.fixture
def town(sqlite_db: Engine) -> Iterator[Town]:
    """Eleni has a booking and had her contact data remembered."""
    town = a_town(sqlite_db)
    hold = town.hold("09:10")
    give_details(town.context, town.eleni, typed(remember_contact=True))
    confirm_booking(town.context, town.eleni, confirmation(hold))
    call.configure(town.context)
    until = on_the_day("23:00")
    session = SessionRow(
        token_hash=token_hash(TOKEN), citizen_id=town.eleni.id, created_at=NOW, seen_at=until, expires_at=until
    )
    with transaction(sqlite_db) as tx:
        tx.add(session)
    yield town
    call._configured.clear()


async def test_what_is_remembered_is_shown_and_forgotten_at_one_press(town: Town) -> None:
    page = await opened(town)
    assert page.contact == "eleni@example.com, 691 234 5678"

    await press(page, "forget")

    assert (page.contact, page.was_forgotten) == ("", True)
    assert (await opened(town)).contact == ""


async def test_erasing_asks_first(town: Town) -> None:
    page = await opened(town)

    await press(page, "ask")
    assert (page.is_asking, page.focus_target) == (True, "erase-question")
    assert len(rows(town.context.db, CitizenRow)) == 1

    await press(page, "keep")
    assert (page.is_asking, page.focus_target) == (False, "own-data")


async def test_with_a_booking_ahead_the_page_says_what_to_do(town: Town) -> None:
    page = await opened(town)

    await press(page, "erase")

    assert "Ακυρώστε το πρώτα" in page.problem
    assert not page.was_erased
    assert len(rows(town.context.db, CitizenRow)) == 1


async def test_once_erased_nothing_of_the_person_is_on_the_page(town: Town) -> None:
    town.clock.set(on_the_day("10:00"))
    page = await opened(town)
    lists, header = await page.get_state(MyBookingsState), await page.get_state(SessionState)
    await press(lists, "load")
    await press(header, "load")
    assert lists.past
    assert header.citizen_name

    await press(page, "erase")

    assert (page.was_erased, page.contact, page.focus_target) == (True, "", "erased")
    assert (lists.past, lists.is_loaded, header.citizen_name) == ([], False, "")
    assert rows(town.context.db, CitizenRow) == []
    assert "sign-in" in str(await press(page, "load"))


async def opened(town: Town) -> Any:
    """The page, loaded."""
    page = a_page(OwnDataState, town, "/my-bookings", token=TOKEN)
    await press(page, "load")
    return page
