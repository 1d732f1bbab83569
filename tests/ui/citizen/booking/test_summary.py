"""What stands beside the steps: the choices so far, as pressed, with their zone."""

from collections.abc import Iterator
from typing import Any

import pytest
import reflex as rx
from sqlalchemy import Engine

from dimoslive.i18n import texts_of
from dimoslive.ui.citizen.booking.calendar.state import CalendarState
from dimoslive.ui.citizen.booking.state import Summary, WizardState
from dimoslive.ui.citizen.booking.steps.consent import consent_step
from dimoslive.ui.citizen.booking.steps.details import DetailsState, details_step
from dimoslive.ui.citizen.booking.steps.mode import ModeState
from dimoslive.ui.citizen.public.state import MunicipalityPageState
from dimoslive.ui.shared import call
from dimoslive.urls import book_service_path
from tests.support.database import sqlite_db, sqlite_files
from tests.support.meeting import session_token
from tests.support.world import Town, a_town
from tests.ui.opened import a_page, press

__all__ = ["sqlite_db", "sqlite_files"]

AUCKLAND, HELSINKI, ATHENS = "Pacific/Auckland", "Europe/Helsinki", "Europe/Athens"


@pytest.fixture
def town(sqlite_db: Engine) -> Iterator[Town]:
    town = a_town(sqlite_db)
    call.configure(town.context)
    yield town
    call._configured.clear()


async def opened(state: type[rx.State], town: Town, path: str, zone: str = ATHENS) -> Any:
    page = a_page(state, town, path, token=session_token(town), zone=zone)
    await press(page, "load")
    return page


async def summary(page: Any) -> Summary:
    wizard = await page.get_state(WizardState)
    assert isinstance(wizard.summary, Summary)
    return wizard.summary


async def test_what_is_pressed_at_the_second_step_stands_in_the_summary_at_once(town: Town) -> None:
    other = town.another_service(modes="PV", duration_minutes=20)
    page = await opened(ModeState, town, f"/booking/mode?municipality={town.municipality.slug}")
    assert (await summary(page)).service == ""

    await press(page, "pick_service", str(other.id))
    shown = await summary(page)
    assert (shown.service, shown.mode, shown.duration) == ("Πιστοποιητικό", "", "20 λεπτά")
    await press(page, "pick_mode", "video")
    assert (await summary(page)).mode == "Τηλεδιάσκεψη"
    await press(page, "pick_mode", "in_person")
    assert (await summary(page)).mode == "Φυσική Παρουσία"
    await press(page, "pick_service", "0")
    assert ((await summary(page)).service, (await summary(page)).mode) == ("", "")


async def test_what_is_chosen_by_itself_stands_in_the_summary_on_arrival(town: Town) -> None:
    page = await opened(ModeState, town, f"/booking/mode?municipality={town.municipality.slug}")

    assert (await summary(page)).service == "Πιστοποιητικό"
    assert (await summary(page)).municipality == "Δήμος Καβάλας"


async def test_a_time_of_another_service_is_not_shown_as_the_time_of_the_one_pressed(town: Town) -> None:
    town.hold("10:00")
    other = town.another_service(modes="PV")
    page = await opened(ModeState, town, "/booking/mode")
    assert (await summary(page)).time == "24 Νοεμβρίου, 10:00 πμ"

    await press(page, "pick_service", str(other.id))
    assert (await summary(page)).time == ""
    await press(page, "pick_service", str(town.service.id))
    await press(page, "pick_mode", "video")
    assert (await summary(page)).time == "24 Νοεμβρίου, 10:00 πμ"


async def test_what_is_pressed_stays_in_the_summary_when_the_held_time_is_kept_longer_or_runs_out(town: Town) -> None:
    town.hold("10:00")
    page = await opened(ModeState, town, "/booking/mode")
    await press(page, "pick_mode", "in_person")
    wizard = await page.get_state(WizardState)

    await press(wizard, "more_time")
    assert (wizard.summary.mode, wizard.summary.time, wizard.can_extend) == ("Φυσική Παρουσία", "", False)
    town.clock.advance(hours=1)
    await press(wizard, "time_over")
    await press(page, "pick_mode", "video")
    assert (wizard.summary.mode, wizard.summary.time) == ("Τηλεδιάσκεψη", "")


async def test_what_was_pressed_and_not_stored_is_gone_at_another_step(town: Town) -> None:
    town.hold("10:00")
    page = await opened(ModeState, town, "/booking/mode")
    await press(page, "pick_mode", "in_person")

    details = await page.get_state(DetailsState)
    await press(details, "load")

    assert ((await summary(page)).mode, (await summary(page)).time) == ("Τηλεδιάσκεψη", "24 Νοεμβρίου, 10:00 πμ")


@pytest.mark.parametrize("zone", [ATHENS, HELSINKI])
async def test_a_time_in_greece_stands_without_a_zone(town: Town, zone: str) -> None:
    town.hold("10:00")
    page = await opened(DetailsState, town, "/booking/details", zone)

    assert (await summary(page)).time == "24 Νοεμβρίου, 10:00 πμ"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/booking/details", "24 Νοεμβρίου, 9:00 μμ (τοπική σας ώρα, UTC+13:00)"),
        ("/en/booking/details", "24 November, 9:00 pm (your time, UTC+13:00)"),
    ],
)
async def test_a_time_abroad_stands_with_its_zone(town: Town, path: str, words: str) -> None:
    town.hold("10:00")
    page = await opened(DetailsState, town, path, AUCKLAND)

    assert (await summary(page)).time == words


async def test_abroad_greek_time_is_called_so(town: Town) -> None:
    town.hold("10:00")
    page = await opened(CalendarState, town, "/booking/calendar", AUCKLAND)
    assert page.day.zone == "τοπική σας ώρα, UTC+13:00"

    await press(page, "switch_zone")

    assert (await summary(page)).time == "24 Νοεμβρίου, 10:00 πμ (ώρα Ελλάδας, UTC+02:00)"
    assert page.day.zone == ""


async def test_when_new_times_open_is_told_abroad_as_greek_time(town: Town) -> None:
    town.choose(service=town.another_service(hours="08:30-09:00", horizon_days=0))

    for zone, words in ((ATHENS, "8:00 πμ."), (AUCKLAND, "8:00 πμ (ώρα Ελλάδας, UTC+02:00).")):
        page = await opened(CalendarState, town, "/booking/calendar", zone)
        assert page.nothing_free.endswith(f"Σάββατο 21 Νοεμβρίου 2026, {words}")


async def test_the_first_free_time_of_a_public_page_is_told_abroad_as_greek_time(town: Town) -> None:
    for zone, words in ((ATHENS, "12:00 μμ"), (AUCKLAND, "12:00 μμ (ώρα Ελλάδας, UTC+02:00)")):
        page = await opened(MunicipalityPageState, town, f"/m/{town.municipality.slug}", zone)
        assert page.services[0].first_free.endswith(f"Παρασκευή 20 Νοεμβρίου 2026, {words}")


def test_the_step_that_lists_all_choices_has_the_held_time_alone_beside_it() -> None:
    t = texts_of("el")

    def says(page: rx.Component, key: str) -> int:
        return str(page).count(t(key).encode("unicode_escape").decode())

    assert says(details_step(t), "summary.not_yet") > 0
    assert says(consent_step(t), "summary.title") == 0
    assert says(consent_step(t), "hold.more") == says(details_step(t), "hold.more") == 2


async def test_a_link_from_elsewhere_may_choose_service_and_mode(town: Town) -> None:
    other = town.another_service(modes="PV")
    link = book_service_path(town.municipality.slug, other.slug, "el", "in_person")
    page = await opened(ModeState, town, link)
    assert ((await summary(page)).service, (await summary(page)).mode) == ("Πιστοποιητικό", "Φυσική Παρουσία")
    # What the service does not offer is not chosen.
    page = await opened(ModeState, town, link.replace("in_person", "phone"))
    assert (await summary(page)).mode == ""
