"""In a frame somebody is signed in for one municipality; without that, the panel takes the place of the step."""

import pytest

from dimoslive.db.tables.draft import DraftRow
from dimoslive.services.identity.auth_realm import FRAMES
from dimoslive.services.identity.sessions import end_session
from dimoslive.ui.citizen.booking.calendar.state import CalendarState
from dimoslive.ui.citizen.booking.steps.details import DetailsState
from dimoslive.ui.citizen.booking.steps.mode import ModeState
from dimoslive.ui.citizen.bookings.state import MyBookingsState
from tests.support.meeting import frame_token, session_token
from tests.support.world import Town, rows
from tests.ui.opened import a_page, known, press
from tests.ui.page_socket import Wire, event

MODE, DETAILS = "/embed/mode?m=kavala", "/embed/details?m=kavala"


async def test_without_a_session_the_panel_keeps_the_choice_in_its_address(open_town: Town) -> None:
    page = a_page(ModeState, open_town, "/en/embed/mode?m=kavala&service=dimotologio&mode=video")
    led = str(await press(page, "load"))
    assert "/en/embed/services?m=kavala&step=mode&service=dimotologio&mode=video" in led


@pytest.mark.parametrize("kind", ["frame", "token"])
async def test_the_frame_s_session_and_the_site_s_own_lead_on_within_the_frame(open_town: Town, kind: str) -> None:
    token = frame_token(open_town) if kind == "frame" else session_token(open_town)
    page = a_page(ModeState, open_town, MODE, **{kind: token})
    await press(page, "load")
    assert open_town.service.name_el in known(page)
    await press(page, "pick_mode", "video")
    assert "/embed/calendar?m=kavala" in str(await press(page, "go_on"))


async def test_the_frame_s_session_is_nobody_on_the_site_itself(open_town: Town) -> None:
    page = a_page(MyBookingsState, open_town, "/my-bookings", frame=frame_token(open_town))
    assert "/sign-in?next=%2Fmy-bookings" in str(await press(page, "load"))


async def test_a_draft_of_another_step_leads_to_the_open_one_in_the_frame(open_town: Town) -> None:
    page = a_page(CalendarState, open_town, "/embed/calendar?m=kavala", frame=frame_token(open_town))
    assert "/embed/mode?m=kavala" in str(await press(page, "load"))


async def test_a_municipality_that_is_none_is_said(open_town: Town) -> None:
    page = a_page(ModeState, open_town, "/embed/mode?m=nowhere", frame=frame_token(open_town))
    await press(page, "load")
    assert page.problem != ""


async def test_what_is_typed_as_it_ends_is_kept_for_the_next_one(wire: Wire) -> None:
    town = wire.town
    town.hold("10:10")
    frame = frame_token(town)
    page = await wire.open(frame=frame)
    await page.load(DETAILS)
    end_session(town.context, FRAMES, frame)
    await page.send(event(DetailsState, "keep", DETAILS, name="subject", text="Πιστοποιητικό"))
    led = await page.until("_redirect")
    over = "/embed/services?m=kavala&step=details&problem=session_over"
    assert over in led
    await page.send(event(DetailsState, "give", DETAILS, form_data={}))
    assert over in await page.until("_redirect")
    assert [row.subject for row in rows(town.context.db, DraftRow)] == ["Πιστοποιητικό"]
