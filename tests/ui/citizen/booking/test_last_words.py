"""The session ends while somebody types: they are told why, and nothing that they typed is gone."""

import pytest

from dimoslive.services.identity.auth_realm import CITIZENS, STAFF
from dimoslive.services.identity.sessions import end_session
from dimoslive.ui.citizen.booking.steps.details import DetailsState
from dimoslive.ui.staff.day.state import DayState
from tests.support.meeting import enter_official, session_token, staff_token
from tests.ui.page_socket import Message, Socket, Wire, event

DETAILS = "/booking/details"
SUBJECT = "Θα ήθελα να ρωτήσω για την οφειλή μου και για το πιστοποιητικό που λείπει"
WHY = "Η σύνδεσή σας έληξε"


async def typing(wire: Wire) -> tuple[Socket, str]:
    """Eleni at the form, with an address kept, and her session."""
    wire.town.hold("10:10")
    session = session_token(wire.town)
    page = await wire.open(session=session)
    await page.load(DETAILS)
    await page.send(event(DetailsState, "keep", DETAILS, name="address", text="Ομονοίας 5"))
    return page, session


LAST = [
    event(DetailsState, "keep", DETAILS, name="subject", text=SUBJECT),
    event(DetailsState, "leave", DETAILS, name="subject", text=SUBJECT),
    event(DetailsState, "give", DETAILS, form_data={"subject": SUBJECT, "email": "eleni@"}),
]


@pytest.mark.parametrize("last", LAST)
async def test_what_was_typed_as_the_session_ended_is_there_after_signing_in_again(wire: Wire, last: Message) -> None:
    page, session = await typing(wire)
    await page.load(DETAILS)
    end_session(wire.town.context, CITIZENS, session)
    await page.send(last)
    assert "/sign-in?next=%2Fbooking%2Fdetails&problem=session_over" in await page.until("_redirect")

    heard = await page.load("/sign-in?next=%2Fbooking%2Fdetails&problem=session_over")
    assert WHY in heard
    assert SUBJECT not in heard
    again = await (await wire.open(session=session_token(wire.town))).load(DETAILS)
    assert SUBJECT in again
    assert "Ομονοίας 5" in again


async def test_the_next_person_sees_nothing_of_it_and_can_add_nothing_to_it(wire: Wire) -> None:
    page, session = await typing(wire)
    await page.load(DETAILS)
    end_session(wire.town.context, CITIZENS, session)
    await page.send(LAST[0], event(DetailsState, "keep", DETAILS, name="subject", text="somebody else's"))
    await page.load(DETAILS)

    nikos = wire.town.citizen()
    wire.town.hold("11:10", by=nikos)
    assert SUBJECT not in await (await wire.open(session=session_token(wire.town, nikos))).load(DETAILS)
    again = await (await wire.open(session=session_token(wire.town))).load(DETAILS)
    assert SUBJECT in again
    assert "somebody else's" not in again


async def test_an_official_is_told_too(wire: Wire) -> None:
    enter_official(wire.town)
    staff = staff_token(wire.town)
    page = await wire.open(staff=staff)
    await page.load("/desk?m=kavala")
    end_session(wire.town.context, STAFF, staff)
    await page.send(event(DayState, "refresh", "/desk?m=kavala"))
    assert "/desk/sign-in?next=%2Fdesk%3Fm%3Dkavala&problem=session_over" in await page.until("_redirect")
    assert WHY in await page.load("/desk/sign-in?problem=session_over")


async def test_who_was_never_signed_in_is_told_of_no_end(wire: Wire) -> None:
    heard = await (await wire.open()).load("/booking/calendar")
    assert "/sign-in?next=%2Fbooking%2Fcalendar" in heard
    assert "session_over" not in heard
