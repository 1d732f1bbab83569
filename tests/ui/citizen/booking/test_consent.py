"""The last press: what the fifth step warns of, and what it says when another window was faster."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from dimoslive.crypto import token_hash
from dimoslive.db.engine import transaction
from dimoslive.db.tables.citizen import SessionRow
from dimoslive.domain.booking.draft import Step
from dimoslive.services.draft.give_details import give_details
from dimoslive.ui.citizen.booking.state import WizardState
from dimoslive.ui.citizen.booking.steps.consent import ConsentState
from dimoslive.ui.citizen.booking.steps.details import DetailsState
from dimoslive.ui.citizen.bookings.state import BookingPageState
from dimoslive.ui.shared import call
from tests.support.database import sqlite_db, sqlite_files
from tests.support.world import NOW, Town, a_town, typed
from tests.ui.opened import a_page, press

__all__ = ["sqlite_db", "sqlite_files"]

TOKEN = "token-of-Eleni"


@pytest.fixture
def town(sqlite_db: Engine) -> Iterator[Town]:
    town = a_town(sqlite_db)
    call.configure(town.context)
    with transaction(sqlite_db) as tx:
        until = NOW.replace(hour=23)
        session = SessionRow(
            token_hash=token_hash(TOKEN), citizen_id=town.eleni.id, created_at=NOW, seen_at=NOW, expires_at=until
        )
        tx.add(session)
    yield town
    call._configured.clear()


async def test_a_service_chosen_in_another_window_leads_to_where_the_booking_stands_and_says_why(town: Town) -> None:
    page = await at_the_last_step(town, "09:10")
    town.clock.advance(minutes=1)
    town.choose(service=town.another_service())

    outcome = await press(page, "book", {"declaration": "on"})

    assert "/booking/calendar" in str(outcome)
    assert "expired" not in str(outcome)
    assert "σε άλλο παράθυρο" in (await page.get_state(WizardState)).problem


async def test_another_time_held_in_another_window_is_shown_and_the_box_stands_anew(town: Town) -> None:
    page = await at_the_last_step(town, "09:10", "/en/booking/consent")
    form = page.version
    town.hold("11:10")

    outcome = await press(page, "book", {"declaration": "on"})

    assert outcome is None
    assert "another window" in page.problem
    assert any("11:10" in line.value for line in page.lines)
    assert page.version == form + 1
    assert "reference" in str(await press(page, "book", {"declaration": "on"}))


async def test_a_message_from_another_step_goes_when_the_next_step_is_reached(town: Town) -> None:
    page = await at_the_last_step(town, "09:10")
    wizard = await page.get_state(WizardState)
    wizard._tell("Κάτι άλλαξε", Step.CALENDAR)

    await press(page, "load")

    assert wizard.problem == ""


@pytest.mark.parametrize(
    ("path", "words"), [("/booking/consent", "Πιστοποιητικό"), ("/en/booking/consent", "Certificate")]
)
async def test_another_booking_at_the_same_time_is_named_before_the_last_press(
    town: Town, path: str, words: str
) -> None:
    booking = town.a_booking("09:10", service=town.another_service())

    page = await at_the_last_step(town, "09:10", path)

    [clash] = page.clashes
    assert words in clash.text
    assert "9:10" in clash.text
    assert f"{booking.reference[:4]}-{booking.reference[4:]}" in clash.text
    assert clash.href.endswith(f"/my-bookings/{booking.reference}")
    assert "reference=" in str(await press(page, "book", {"declaration": "on"}))


async def test_a_booking_at_another_time_is_not_mentioned(town: Town) -> None:
    town.a_booking("09:20", service=town.another_service())
    assert (await at_the_last_step(town, "09:10")).clashes == []


@pytest.mark.parametrize(("subject", "kept"), [("Πιστοποιητικό εντοπιότητας", "all"), ("Άλλο θέμα", "details")])
async def test_moving_to_the_same_time_is_said_before_and_after(town: Town, subject: str, kept: str) -> None:
    booking = town.a_booking("09:10")
    town.hold_move(booking, "09:10")
    give_details(town.context, town.eleni, typed(subject=subject))
    page = a_page(ConsentState, town, "/booking/consent", token=TOKEN)
    await press(page, "load")
    assert page.is_same_time

    outcome = await press(page, "book", {"declaration": "on"})

    assert f"&kept={kept}" in str(outcome)
    done = a_page(
        BookingPageState, town, f"/booking/confirmation?reference={booking.reference}&kept={kept}", token=TOKEN
    )
    await press(done, "load")
    assert (done.is_new, done.kept) == (True, kept)


async def test_a_real_move_is_not_said_to_be_none(town: Town) -> None:
    booking = town.a_booking("09:10")
    town.hold_move(booking, "11:10")
    give_details(town.context, town.eleni, typed())
    page = a_page(ConsentState, town, "/booking/consent", token=TOKEN)
    await press(page, "load")
    assert not page.is_same_time
    assert "kept" not in str(await press(page, "book", {"declaration": "on"}))


async def test_an_earlier_declaration_is_not_shown_on_the_way_to_a_new_one(town: Town) -> None:
    page = await at_the_last_step(town, "09:10")
    details = await page.get_state(DetailsState)
    form = {"subject": "Άλλο θέμα", "email": "eleni@example.com", "phone": "6912345678", "served_person": "self"}

    outcome = await press(details, "give", form)

    assert "/booking/consent" in str(outcome)
    assert not page.is_loaded
    await press(page, "load")
    assert page.is_loaded


async def at_the_last_step(town: Town, wall: str, path: str = "/booking/consent") -> ConsentState:
    """Eleni's page of the declaration, all before it given."""
    town.hold(wall)
    give_details(town.context, town.eleni, typed())
    page: ConsentState = a_page(ConsentState, town, path, token=TOKEN)
    await press(page, "load")
    assert page.is_loaded
    return page
