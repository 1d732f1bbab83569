"""A mistake is told until it is mended, which shows when its field is left; nothing else is touched by that."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from dimoslive.i18n import texts_of
from dimoslive.services.draft.keep_typed import keep_typed
from dimoslive.services.draft.open_draft import open_draft
from dimoslive.ui.citizen.booking.steps.consent import ConsentState
from dimoslive.ui.citizen.booking.steps.details import DetailsState, details_step
from dimoslive.ui.citizen.bookings.state import BookingPageState
from dimoslive.ui.shared import call
from tests.support.database import sqlite_db, sqlite_files
from tests.support.meeting import session_token
from tests.support.world import Town, a_town, typed
from tests.ui.opened import a_page, press

__all__ = ["sqlite_db", "sqlite_files"]


@pytest.fixture
def town(sqlite_db: Engine) -> Iterator[Town]:
    town = a_town(sqlite_db)
    call.configure(town.context)
    yield town
    call._configured.clear()


async def details_page(town: Town, **words: str) -> Any:
    """The form after «Συνέχεια» with these words in it, for a held time."""
    town.hold("09:10")
    page = a_page(DetailsState, town, "/booking/details", token=session_token(town))
    await press(page, "load")
    await press(page, "give", {"served_person": "self"} | words)
    return page


def mistakes(page: Any) -> list[str]:
    """The fields that the summary names; the same are marked."""
    named = [error.name for error in page.errors]
    assert list(page.error_of) == named
    return named


async def test_a_mistake_is_forgotten_when_its_field_is_left_and_right(town: Town) -> None:
    page = await details_page(town, email="eleni", phone="12")
    assert mistakes(page) == ["email", "phone", "subject"]
    await press(page, "leave", "email", "eleni@example.com")
    assert mistakes(page) == ["phone", "subject"]
    await press(page, "leave", "subject", "Πιστοποιητικό")
    assert mistakes(page) == ["phone"]
    await press(page, "leave", "phone", "+30 (0) 691 234 5678")
    assert mistakes(page) == []
    assert open_draft(town.context, town.eleni).typed == typed(subject="Πιστοποιητικό", phone="+30 (0) 691 234 5678")


async def test_a_field_that_is_still_wrong_says_how(town: Town) -> None:
    page = await details_page(town, phone="691 234 5678", subject="Πιστοποιητικό")
    assert page.error_of == {"email": "Γράψτε τη διεύθυνση του email σας."}
    await press(page, "leave", "email", "eleni@")
    assert "σωστή μορφή" in page.error_of["email"]


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/booking/details", ["Το όνομα", "email", "Η διεύθυνση ", "τηλεφώνου", "Το θέμα", "ειδική βοήθεια"]),
        ("/en/booking/details", ["The name", "email", "The address", "telephone", "The subject", "special help"]),
    ],
)
@pytest.mark.parametrize("text", ["α" * 2000, "α\x07"])
async def test_each_line_of_the_summary_names_its_field(town: Town, path: str, names: list[str], text: str) -> None:
    town.hold("09:10")
    page = a_page(DetailsState, town, path, token=session_token(town))
    await press(page, "load")
    fields = ("person_name", "email", "address", "phone", "subject", "help_needed")
    await press(page, "give", {"served_person": "other"} | dict.fromkeys(fields, text))
    assert mistakes(page) == list(fields)
    assert [name for name, error in zip(names, page.errors, strict=True) if name not in error.text] == []


async def test_a_field_that_was_never_called_wrong_is_left_in_peace(town: Town) -> None:
    page = await details_page(town, phone="12")
    await press(page, "leave", "address", "α" * 300)
    assert mistakes(page) == ["email", "phone", "subject"]


async def test_a_name_that_is_no_longer_asked_for_is_no_mistake(town: Town) -> None:
    page = await details_page(town, served_person="other", email="eleni@example.com", subject="Πιστοποιητικό")
    assert mistakes(page) == ["person_name", "phone"]
    await press(page, "leave", "served_person", "self")
    assert mistakes(page) == ["phone"]


async def test_leaving_a_field_moves_no_focus_and_releases_no_button(town: Town) -> None:
    page = await details_page(town, email="eleni")
    before = page.focus_version, page.ack_count, page.form_version
    page.problem = "Κάτι άλλο"
    for handler in ("keep", "leave"):
        await press(page, handler, "email", "eleni@example.com")
    await press(page, "keep_remember", True)
    assert (page.focus_version, page.ack_count, page.form_version) == before
    assert page.problem == "Κάτι άλλο"


async def test_a_field_that_says_late_that_it_was_left_changes_no_other_page(town: Town) -> None:
    await details_page(town, email="eleni")
    page = a_page(DetailsState, town, "/booking/consent", token=session_token(town))
    await press(page, "leave", "email", "late@example.com")
    assert open_draft(town.context, town.eleni).typed.email == "eleni"


@pytest.mark.parametrize("path", ["/booking/calendar", "/en/booking/mode"])
async def test_who_goes_back_in_the_middle_of_a_word_keeps_it(town: Town, path: str) -> None:
    await details_page(town, email="eleni")
    page = a_page(DetailsState, town, path, token=session_token(town))
    await press(page, "keep", "email", "eleni@example.com")
    assert open_draft(town.context, town.eleni).typed.email == "eleni@example.com"


async def test_a_connection_that_returns_makes_no_other_form_unless_its_words_are_others(town: Town) -> None:
    page = await details_page(town, email="eleni")
    await press(page, "load")
    assert page.form_version == 1
    await press(page, "keep", "email", "eleni@")
    await press(page, "load")
    assert (page.form_version, page.typed.email) == (1, "eleni@")
    keep_typed(town.context, town.eleni, typed(email="from@another.tab"))
    await press(page, "load")
    assert (page.form_version, page.typed.email) == (2, "from@another.tab")


async def test_a_declaration_that_is_ticked_is_no_mistake(town: Town) -> None:
    page = a_page(ConsentState, town, "/booking/consent", token=session_token(town))
    page.error = "Για να γίνει η κράτηση, σημειώστε το τετράγωνο της δήλωσης."
    await press(page, "tick", False)
    assert page.error != ""
    await press(page, "tick", True)
    assert (page.error, page.focus_version, page.ack_count) == ("", 0, 0)


async def test_a_reason_that_was_shortened_is_no_mistake(town: Town) -> None:
    booking = town.a_booking("09:10")
    page = a_page(BookingPageState, town, f"/my-bookings/{booking.reference}", token=session_token(town))
    await press(page, "load")
    await press(page, "cancel", {"reason": "α" * 501})
    assert "501" in page.reason_error
    await press(page, "leave", "reason", "α" * 502)
    assert "502" in page.reason_error
    await press(page, "leave", "reason", "α" * 500)
    assert page.reason_error == ""


@pytest.mark.parametrize("language", ["el", "en"])
def test_no_field_of_the_form_cuts_what_is_pasted(language: str) -> None:
    """What is too long is said, and stays: the browser's own limit would cut it without a word."""
    assert "maxlength" not in str(details_step(texts_of(language)).render()).lower()
