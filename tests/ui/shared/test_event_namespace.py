"""Whose state a page finds: that of the tab and of the sessions its socket came with, and nobody else's."""

import asyncio
import pickle

import pytest
from reflex.state import BaseState

from dimoslive.domain.people.client_address import client_address
from dimoslive.i18n import texts_of
from dimoslive.services.access.limit_attempts import RateLimit, limit_attempts
from dimoslive.services.draft.keep_typed import keep_typed
from dimoslive.services.draft.open_draft import open_draft
from dimoslive.services.identity.auth_realm import CITIZENS, STAFF
from dimoslive.services.identity.sessions import end_session
from dimoslive.ui.citizen.booking.calendar.state import CalendarState
from dimoslive.ui.citizen.booking.steps.details import DetailsState
from dimoslive.ui.citizen.bookings.state import BookingPageState, MyBookingsState
from dimoslive.ui.shared.event_shape import read_event
from dimoslive.ui.staff.state import StaffFrameState
from tests.http.meeting.line import take_rights
from tests.support.meeting import a_meeting, enter_official, link_token, session_token, staff_token, wait
from tests.support.world import typed
from tests.ui.page_socket import Socket, Wire, event, named

TAB = "3d3ea7f6-2f4e-4b8e-9c10-1a55aa0f7a11"
ELENI = "ΕΛΕΝΗ ΠΑΠΑΔΟΠΟΥΛΟΥ"
DETAILS = "/booking/details"
HYDRATE = named("reflex___state____state.hydrate", "/", {})


async def a_full_page(wire: Wire) -> tuple[Socket, str]:
    """Eleni's list of bookings, with one in it, and her session."""
    wire.town.a_booking("09:10")
    session = session_token(wire.town)
    page = await wire.open(TAB, session=session)
    heard = await page.load("/my-bookings")
    assert ELENI in heard
    assert "Καβάλας" in heard
    return page, session


async def a_full_desk(wire: Wire) -> tuple[Socket, str]:
    """The desk of an official for whom Eleni waits."""
    enter_official(wire.town)
    wait(wire.town, a_meeting(wire.town))
    staff = staff_token(wire.town)
    page = await wire.open(TAB, staff=staff)
    heard = await page.load("/desk?m=kavala")
    assert ELENI in heard
    return page, staff


async def all_that_is_kept(page: Socket) -> str:
    """What the server has for this socket, with and without a page's start."""
    await page.send(HYDRATE)
    await page.load("/faq")
    return page.heard


def nothing_of_eleni(heard: str) -> bool:
    words = (ELENI, "Καβάλας", "Παπαδοπούλου")
    return "is_hydrated" in heard and not any(word in heard for word in words)


async def test_a_socket_without_cookies_that_knows_the_tab_gets_nothing_of_a_citizen(wire: Wire) -> None:
    page, _ = await a_full_page(wire)
    for is_open in (True, False):
        stranger = await wire.open(TAB)
        assert nothing_of_eleni(await all_that_is_kept(stranger))
        await wire.close(stranger)
        if is_open:
            await wire.close(page)


async def test_a_socket_without_cookies_that_knows_the_tab_gets_nothing_of_the_desk(wire: Wire) -> None:
    page, _ = await a_full_desk(wire)
    await wire.close(page)
    stranger = await wire.open(TAB)
    assert nothing_of_eleni(await all_that_is_kept(stranger))


async def test_the_next_person_in_the_tab_gets_nothing_of_the_last(wire: Wire) -> None:
    page, session = await a_full_page(wire)
    await wire.close(page)
    end_session(wire.town.context, CITIZENS, session)
    nikos = await wire.open(TAB, session=session_token(wire.town, wire.town.citizen()))
    heard = await all_that_is_kept(nikos)
    assert nothing_of_eleni(heard)
    assert "ΝΙΚΟΣ ΓΕΩΡΓΙΟΥ" in heard


async def test_a_citizen_at_the_desks_tab_gets_nothing_of_the_desk(wire: Wire) -> None:
    page, staff = await a_full_desk(wire)
    await wire.close(page)
    end_session(wire.town.context, STAFF, staff)
    nikos = await wire.open(TAB, session=session_token(wire.town, wire.town.citizen()))
    assert nothing_of_eleni(await all_that_is_kept(nikos))


async def test_two_people_at_one_tab_at_once_see_each_their_own(wire: Wire) -> None:
    eleni, _ = await a_full_page(wire)
    nikos = await wire.open(TAB, session=session_token(wire.town, wire.town.citizen()))
    for _ in range(5):
        hers, his = await asyncio.gather(eleni.load("/my-bookings"), nikos.load("/my-bookings"))
        assert "Καβάλας" in hers
        assert nothing_of_eleni(his)


async def test_the_same_person_finds_the_page_again(wire: Wire) -> None:
    page, session = await a_full_page(wire)
    await wire.close(page)
    again = await wire.open(TAB, session=session)
    await again.send(HYDRATE)
    assert ELENI in await again.until("upcoming")


async def test_a_page_that_is_still_open_when_its_session_ends_gives_nothing_more(wire: Wire) -> None:
    page, session = await a_full_page(wire)
    end_session(wire.town.context, CITIZENS, session)
    page.heard = ""
    assert nothing_of_eleni(await all_that_is_kept(page))


async def test_a_desk_that_is_still_open_when_its_session_ends_gives_nothing_more(wire: Wire) -> None:
    page, staff = await a_full_desk(wire)
    end_session(wire.town.context, STAFF, staff)
    page.heard = ""
    assert nothing_of_eleni(await all_that_is_kept(page))


async def test_a_desk_opened_again_after_its_rights_were_taken_away_says_so(wire: Wire) -> None:
    page, _ = await a_full_desk(wire)
    take_rights(wire.town)
    page.heard = ""
    await page.send(HYDRATE, event(StaffFrameState, "load", "/desk"))
    await page.until("problem=rights_changed")
    assert nothing_of_eleni(await all_that_is_kept(page))


async def test_a_press_after_the_session_ended_empties_the_page(wire: Wire) -> None:
    page, session = await a_full_page(wire)
    end_session(wire.town.context, CITIZENS, session)
    await page.send(event(MyBookingsState, "load", "/my-bookings"))
    await page.until("/sign-in")
    page.heard = ""
    await page.send(event(CalendarState, "more_days"), HYDRATE)
    await page.until("upcoming")
    assert [kept for kept in wire.states.values() if ELENI in str(kept.dict())] == []


async def test_what_was_shown_is_forgotten_when_the_tab_of_a_signed_out_person_closes(wire: Wire) -> None:
    page, session = await a_full_page(wire)
    assert any(ELENI in str(kept.dict()) for kept in wire.states.values())
    end_session(wire.town.context, CITIZENS, session)
    await wire.close(page)
    assert not any(ELENI in str(kept.dict()) for kept in wire.states.values())


async def test_the_last_word_typed_is_kept_when_the_page_is_left_before_its_turn_has_come(wire: Wire) -> None:
    wire.town.hold("09:10")
    keep_typed(wire.town.context, wire.town.eleni, typed(subject=""))
    session = session_token(wire.town)
    page = await wire.open(TAB, session=session)
    load = event(DetailsState, "load", DETAILS)
    [left] = wire.namespace._pages.values()
    async with left.turns._payer.turn:
        # Something else of this person takes long.
        await page.send(load, event(DetailsState, "leave", DETAILS, name="subject", text="Πιστοποιητικό γέννησης"))
        await page.leave()
        while not left.name:  # noqa: ASYNC110  # the server is somebody else's
            await asyncio.sleep(0)
    again = await wire.open(TAB, session=session)
    await again.send(load)
    heard = await again.until("form_version")
    assert "Πιστοποιητικό γέννησης" in heard
    assert "eleni@example.com" in heard
    assert open_draft(wire.town.context, wire.town.eleni).typed == typed(subject="Πιστοποιητικό γέννησης")


async def test_the_holder_of_a_link_keeps_their_page_without_a_session(wire: Wire) -> None:
    booking = wire.town.a_booking("09:10")
    address = f"/b/{link_token(wire.town, booking)}"
    page = await wire.open(TAB)
    assert booking.reference in await page.load(address)
    await page.send(event(BookingPageState, "ask", address))
    await page.until('"is_asking_rx_state_":true')
    await wire.close(page)
    again = await wire.open(TAB)
    await again.send(HYDRATE)
    assert booking.reference in await again.until("calendar_file")


async def test_what_is_stored_of_a_page_holds_no_cookie(wire: Wire) -> None:
    _, session = await a_full_page(wire)
    enter_official(wire.town)
    staff = staff_token(wire.town)
    await (await wire.open(staff=staff)).load("/desk?m=kavala")
    stored = b"".join(pickle.dumps(part) for state in wire.states.values() for part in (state, *all_parts(state)))
    assert "Καβάλας".encode() in stored
    assert session.encode() not in stored
    assert staff.encode() not in stored
    assert TAB.encode() not in stored
    assert not any(session in name or TAB in name for name in wire.states)


def all_parts(state: BaseState) -> list[BaseState]:
    parts = list(state.substates.values())
    return parts + [part for child in parts for part in all_parts(child)]


@pytest.mark.parametrize("forged", ["{}", "null", '{"HTTP_COOKIE": "x=y"}', '{"asgi.scope": {"headers": []}}'])
async def test_a_browser_cannot_say_anew_who_it_is(wire: Wire, forged: str) -> None:
    page, _ = await a_full_page(wire)
    for word in ("connect", "disconnect", "connect"):
        await page.send_raw(f'42/_event,["{word}",{forged}]')
    stranger = await wire.open(TAB)
    assert nothing_of_eleni(await all_that_is_kept(stranger))


async def test_a_household_is_counted_alike_by_pages_and_by_the_interface(wire: Wire) -> None:
    for _ in range(RateLimit.LINK.value.attempts):
        limit_attempts(
            wire.town.context, RateLimit.LINK, client_address({"headers": [], "client": ("2001:db8:1:2::1", 1)}, 0)
        )
    refused = await (await wire.open(address="2001:db8:1:2:3:4:5:6")).load("/b/nobody")
    welcome = await (await wire.open(address="2001:db8:1:3::1")).load("/b/nobody")
    assert texts_of("el")("error.too_many_attempts", minutes=10) in refused
    assert texts_of("el")("error.too_many_attempts", minutes=10) not in welcome


async def test_a_page_that_comes_with_its_socket_is_shown(wire: Wire) -> None:
    wire.town.a_booking("09:10")
    page = await wire.open(session=session_token(wire.town), path="/my-bookings")
    assert "Καβάλας" in await page.until('"is_hydrated_rx_state_":true')


def test_a_form_is_read_as_the_framework_sends_it() -> None:
    entries = [["served_person", "self"], ["email", "eleni@example.com"], ["email", "last@example.com"]]
    sent = event(DetailsState, "give", "/booking/details", form_data={"__reflex_form_data__": entries})

    read = read_event(sent)

    assert read is not None
    assert read["payload"] == {"form_data": {"served_person": "self", "email": "last@example.com"}}


def test_a_field_that_is_not_on_the_page_is_not_in_its_form() -> None:
    entries = [["email", "eleni@example.com"], ["person_name", None], ["email", None]]
    read = read_event(event(DetailsState, "give", "/booking/details", form_data={"__reflex_form_data__": entries}))
    assert read is not None
    assert read["payload"] == {"form_data": {"email": "eleni@example.com"}}


@pytest.mark.parametrize(
    "entries", ["x", [["a", "b"]] * 301, [["a"]], [["a", "b", "c"]], [[1, "b"]], [["a", {"b": 1}]], [["a", [1]]], None]
)
def test_a_form_that_no_page_sends_is_dropped(entries: object) -> None:
    sent = event(DetailsState, "give", "/booking/details", form_data={"__reflex_form_data__": entries})
    assert read_event(sent) is None
