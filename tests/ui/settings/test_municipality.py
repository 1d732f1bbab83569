"""The page of the municipality: form, crest, pause, and what it asks before persons are erased."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from dimoslive.db.engine import reading, transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.settings import CrestRow
from dimoslive.services.settings.municipality.pause_municipality import pause_municipality
from dimoslive.ui.citizen.booking.state import WizardState
from dimoslive.ui.citizen.booking.steps.mode import ModeState
from dimoslive.ui.citizen.public.state import DataProtectionState, MunicipalityPageState
from dimoslive.ui.settings.municipality.state import MunicipalityState
from dimoslive.ui.shared.call import forget_public
from dimoslive.ui.staff.booking.dialog_state import BookingDialogState
from tests.support.meeting import NIKOS, PETROS, ZOE, enter_foreign_official, enter_official, session_token, staff_token
from tests.support.settings import enter_administrator, enter_head
from tests.support.world import Town
from tests.ui.opened import a_page, press

PAUSE = {"message_el": "Μετακομίζουμε στο νέο δημαρχείο.", "message_en": "We are moving to the new town hall."}


def row_of(town: Town) -> MunicipalityRow:
    with reading(town.context.db) as tx:
        return tx.get_one(MunicipalityRow, town.municipality.id)


async def loaded(town: Town, query: str = "", language: str = "", identity: Any = NIKOS) -> Any:
    path = f"{language}/admin/municipality?m=kavala{query}"
    page = a_page(MunicipalityState, town, path, staff=staff_token(town, identity))
    await press(page, "load")
    return page


def form_of(page: Any, **words: str) -> dict[str, str]:
    return {**page.values, "opened": page.opened_json, **words}


async def test_it_is_changed_and_its_history_told(open_town: Town) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town)
    assert [one.value for one in page.providers][:2] == ["", "builtin"]
    await press(page, "submit", form_of(page, phone="2510 123456", video_provider="builtin"))
    assert (page.saved, page.values["phone"]) == ("Αποθηκεύτηκε.", "+302510123456")
    [line] = page.history
    assert line.head.startswith("Αλλαγή στοιχείων του δήμου · Ν. ΔΗΜΟΥ")
    assert "Πάροχος τηλεδιάσκεψης: της εγκατάστασης → του myDIMOSLive" in line.changes


async def test_a_colour_that_cannot_be_read_is_answered_with_the_nearest(open_town: Town) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town)
    await press(page, "try_color", "#ffcc00")
    nearest = page.nearest_color
    assert nearest.startswith("#")
    await press(page, "submit", form_of(page, accent_color="#ffcc00"))
    assert (list(page.errors), page.nearest_color) == (["accent_color"], nearest)
    assert nearest in page.errors["accent_color"]
    await press(page, "try_color", nearest)
    assert page.nearest_color == ""
    await press(page, "submit", form_of(page, accent_color=nearest))
    assert row_of(open_town).accent_color == nearest


async def test_a_shorter_term_says_whom_it_erases_and_asks_for_a_tick(open_town: Town) -> None:
    enter_administrator(open_town)
    booking = open_town.a_booking("09:00")
    with transaction(open_town.context.db) as tx:
        tx.get_one(MunicipalityRow, open_town.municipality.id).retention_days = 90
        row = tx.get_one(BookingRow, booking.id)
        row.starts_at -= timedelta(days=50)
        row.ends_at -= timedelta(days=50)
    page = await loaded(open_town)
    await press(page, "weigh", "40")
    assert page.erasing == "Απόψε διαγράφονται τα στοιχεία του προσώπου από 1 ραντεβού."
    await press(page, "weigh", "120")
    assert page.erasing == ""
    await press(page, "submit", form_of(page, retention_days="40"))
    assert list(page.errors) == ["confirms_erasing"]
    assert page.erasing
    await press(page, "submit", form_of(page, retention_days="40", confirms_erasing="on"))
    assert (row_of(open_town).retention_days, page.erasing, page.values["confirms_erasing"]) == (40, "", "")


@pytest.mark.parametrize("days", ["", "x", "-1", "٤٠", "9" * 400])
async def test_what_is_no_term_erases_nothing(open_town: Town, days: str) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town)
    await press(page, "weigh", days)
    assert page.erasing == ""


async def test_a_pause_is_begun_shown_everywhere_and_ended(open_town: Town) -> None:
    town = open_town
    enter_administrator(town)
    town.a_booking("09:00")
    page = await loaded(town)
    await press(page, "pause", {"message_el": "Λίγα"})
    assert list(page.errors) == ["message_el", "message_en"]
    assert (page.pause_problems[0].name, page.problems) == ("message_el", [])
    await press(page, "pause", PAUSE | {"until_day": "2026-11-23", "until_time": "8:30"})
    assert page.is_paused
    assert page.saved == "Ο δήμος δεν δέχεται νέα ραντεβού."
    assert page.pause_line == "Ο δήμος δεν δέχεται νέα ραντεβού από 20/11 10:00 έως 23/11 8:30."
    assert page.stays == "Το 1 ραντεβού που έχει κλειστεί ισχύει."
    assert (page.values["until_day"], page.values["until_time"]) == ("2026-11-23", "08:30")

    forget_public()
    public = a_page(MunicipalityPageState, town, "/en/m/kavala")
    await press(public, "load")
    assert public.town.pause == PAUSE["message_en"]
    assert public.town.pause_until.startswith("Opens again: Monday")
    assert public.services[0].first_free == "None at the moment"

    await press(page, "reopen")
    assert (page.is_paused, page.saved) == (False, "Ο δήμος δέχεται ξανά νέα ραντεβού.")


async def test_the_form_of_the_pause_is_made_anew_only_with_other_values(open_town: Town) -> None:
    """What is typed into it before the page has answered would be lost."""
    enter_administrator(open_town)
    page = await loaded(open_town)
    versions = [page.pause_version]
    for handler, *given in (("load",), ("pause", PAUSE), ("load",), ("reopen",)):
        await press(page, handler, *given)
        versions.append(page.pause_version)
    assert [after - before for before, after in pairwise(versions)] == [0, 1, 0, 1]


async def test_the_wizard_says_the_pause_and_shows_colour_and_contact(open_town: Town) -> None:
    town, nikos = open_town, enter_administrator(open_town)
    with transaction(town.context.db) as tx:
        row = tx.get_one(MunicipalityRow, town.municipality.id)
        row.accent_color, row.phone = "#7a1f2b", "+302510123456"
        tx.add(CrestRow(municipality_id=row.id, png=b"png", png_hash="0" * 64))
    pause_municipality(town.context, nikos, town.municipality.id, PAUSE)
    forget_public()
    page = a_page(ModeState, town, "/booking/mode?municipality=kavala", token=session_token(town))
    await press(page, "load")
    wizard = await page.get_state(WizardState)
    assert page.is_paused
    assert (wizard.town.pause, wizard.town.accent) == (PAUSE["message_el"], "#7a1f2b")
    assert (wizard.town.phone, wizard.town.crest) == (
        "251 012 3456",
        f"/api/municipalities/kavala/crest.png?v={'0' * 64}",
    )


async def test_whom_to_ask_about_personal_data_is_in_the_privacy_policy(open_town: Town) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town)
    await press(page, "submit", form_of(page, data_protection_contact="Θ. Βλάχου, dpo@kavala.example"))
    forget_public()
    privacy = a_page(DataProtectionState, open_town, "/privacy")
    await press(privacy, "load")
    assert [(one.name, one.contact) for one in privacy.contacts] == [("Δήμος Καβάλας", "Θ. Βλάχου, dpo@kavala.example")]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("&crest=image_size&width=40&height=50", "40 × 50"),
        ("&crest=image_size&width=<b>&height=x", "0 × 0"),
        ("&crest=not_an_image", "PNG"),
        ("&crest=anything", ""),
    ],
)
async def test_what_was_wrong_with_a_picture_is_said_and_nothing_else(open_town: Town, query: str, says: str) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town, query)
    assert says in page.crest_problem
    assert bool(page.crest_problem) is bool(says)
    assert page.saved == ""


async def test_a_picture_that_was_kept_is_said_and_can_be_taken_away(open_town: Town) -> None:
    enter_administrator(open_town)
    with transaction(open_town.context.db) as tx:
        tx.add(CrestRow(municipality_id=open_town.municipality.id, png=b"png", png_hash="0" * 64))
    page = await loaded(open_town, "&crest=kept", "/en")
    assert (page.saved, page.crest_href[-64:]) == ("The crest is saved.", "0" * 64)
    await press(page, "ask", "crest")
    assert page.dialog == "crest"
    assert "crest=removed" in str(await press(page, "take_crest_away"))
    assert (await loaded(open_town, "&crest=removed")).crest_href == ""


async def test_the_dialog_offers_the_municipality_s_own_sentences_in_the_citizen_s_language(open_town: Town) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town)
    await press(page, "submit", form_of(page, reason_2_el="Απεργία.", reason_2_en="A strike."))
    booking = open_town.a_booking("09:00")
    dialog = a_page(
        BookingDialogState,
        open_town,
        f"/en/desk/booking/{booking.reference}?m=kavala",
        staff=staff_token(open_town),
    )
    await press(dialog, "open", "cancel")
    assert dialog.booking.reasons[1] == "A strike."
    for number, text in (("2", "Απεργία."), ("9", ""), ("0", ""), ("x", "")):
        await press(dialog, "pick_reason", number)
        assert dialog.cancel_text == text


@pytest.mark.parametrize("sent", [{}, {"opened": "["}, {"website": "\x00", "accent_color": "red" * 900}])
async def test_a_forged_form_changes_nothing(open_town: Town, sent: dict[str, str]) -> None:
    enter_administrator(open_town)
    page = await loaded(open_town)
    await press(page, "submit", sent)
    assert page.errors
    assert row_of(open_town).version == 1


async def test_heads_officials_and_strangers_see_a_missing_page(open_town: Town) -> None:
    enter_head(open_town)
    enter_official(open_town, PETROS)
    enter_foreign_official(open_town)
    for identity in (NIKOS, PETROS, ZOE):
        page = await loaded(open_town, identity=identity)
        assert page.is_missing or page.problem
        await press(page, "pause", PAUSE)
        await press(page, "reopen")
        await press(page, "take_crest_away")
    assert row_of(open_town).paused_at is None
