"""A third person whom an official invited: waits for the admission, goes in without one, and holds no meeting."""

import json
from pathlib import Path
from typing import Any

from dimoslive.db.tables.meeting import MeetingGuestRow, MeetingRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.meeting.meeting import Outcome
from dimoslive.ports import Identity
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.meeting.end_meeting import end_meeting
from dimoslive.services.meeting.invite_guest import invite_guest
from tests.http.meeting.line import (
    OFFER,
    Line,
    Wire,
    a_client_id,
    assert_refused,
    cut_off,
    hello,
    name_of,
    of_kind,
    peers_known,
    serving,
    settle,
    take_rights,
    until_present,
)
from tests.http.site import Site, development
from tests.support.meeting import ANNA, NIKOS, PETROS, ZOE, ProviderRooms, enter_official, meeting, with_provider
from tests.support.world import Town, on_the_day, rows

NAME = "Μαρία Διερμηνέα"


def a_link(wire: Wire, booking: Booking, by: Identity = ANNA) -> dict[str, str]:
    """The query of a guest's page, after an official has invited."""
    official = enter_official(wire.site.town, by)
    return {"guest": invite_guest(wire.site.town.context, official, booking.reference, NAME).token}


async def come(
    wire: Wire, link: dict[str, str], *, client_id: str = "", page: str = "", take_over: bool = False
) -> Line:
    """The guest has said hello; no cookie is needed."""
    line = await wire.open(link)
    await hello(line, client_id, page, take_over=take_over)
    return line


async def in_the_meeting(wire: Wire, booking: Booking, **guest: Any) -> tuple[Line, Line, Line]:
    """Citizen, official and guest, who know of each other."""
    link = a_link(wire, booking)
    citizen, official = await wire.begun(booking)
    third = await come(wire, link, **guest)
    await third.hear("welcome")
    await settle(citizen, official, third)
    return citizen, official, third


async def test_the_official_gets_the_link_and_nobody_else(wire: Wire, booking: Booking) -> None:
    enter_official(wire.site.town, ANNA)
    citizen, official = await wire.begun(booking)
    second = await wire.official(booking, ANNA)
    await second.hear("welcome")
    await official.say("invite", name=f" {NAME} ")
    invited = await official.hear("invited")
    [row] = rows(wire.site.town.context.db, MeetingGuestRow)
    assert invited == {"type": "invited", "id": row.id, "name": NAME, "path": invited["path"]}
    path, _, token = invited["path"].partition("?guest=")
    assert (path, len(token)) == ("/meeting", 43)
    for line in (citizen, second):
        await line.catch_up()
        assert token not in json.dumps(line.heard)
    guest = await come(wire, {"guest": token})
    welcome = await guest.hear("welcome")
    assert (welcome["role"], welcome["state"]) == ("guest", "admitted")


async def test_an_official_invites_before_the_citizen_is_there(wire: Wire, booking: Booking) -> None:
    official = await wire.official(booking)
    await official.hear("waiting_room")
    await official.say("invite", name=NAME)
    assert (await official.hear("invited"))["name"] == NAME
    assert rows(wire.site.town.context.db, MeetingRow) == []


async def test_a_third_guest_is_a_problem_and_the_conversation_goes_on(wire: Wire, booking: Booking) -> None:
    official = await wire.official(booking)
    for _ in range(2):
        await official.say("invite", name=NAME)
        await official.hear("invited")
    await official.say("invite", name=NAME)
    assert await official.hear("problem") == {"type": "problem", "code": "too_many_guests"}
    assert {message["type"] for message in await official.catch_up()} <= {"guests"}


async def test_a_name_that_is_none_invites_nobody(wire: Wire, booking: Booking) -> None:
    official = await wire.official(booking)
    wrongs: list[Any] = [None, 7, [NAME], {"name": NAME}]
    for wrong in wrongs:
        await official.say("invite", name=wrong)
    await official.say("invite")
    for name, code in ((" ", "required"), ("α" * 101, "too_long"), ("Μαρία\ud800", "control_characters")):
        await official.say("invite", name=name)
        assert await official.hear("problem") == {"type": "problem", "code": code}
    assert "invited" not in official.kinds()
    assert rows(wire.site.town.context.db, MeetingGuestRow) == []


async def test_who_may_act_no_more_invites_nobody(wire: Wire, booking: Booking) -> None:
    official = await wire.official(booking)
    take_rights(wire.site.town)
    await official.say("invite", name=NAME)
    await assert_refused(official, "not_signed_in")
    assert rows(wire.site.town.context.db, MeetingGuestRow) == []


async def test_a_guest_waits_without_being_taken_for_the_citizen(wire: Wire, booking: Booking) -> None:
    town = wire.site.town
    guest = await come(wire, a_link(wire, booking))
    welcome = await guest.hear("welcome")
    assert (welcome["role"], welcome["state"], welcome["peers"]) == ("guest", "waiting", [])
    assert await guest.hear("waiting") == {"type": "waiting", "is_official_here": False}
    official = await wire.official(booking)
    news = await official.hear("waiting_room")
    assert (news["is_present"], news["since"]) == (False, None)
    await official.say("admit")
    assert (await official.hear("problem"))["code"] == "nobody_waits"
    assert town.row(booking).status == BookingStatus.BOOKED
    assert rows(town.context.db, MeetingRow) == []


async def test_a_waiting_guest_is_told_when_the_official_comes(wire: Wire, booking: Booking) -> None:
    guest = await come(wire, a_link(wire, booking))
    await guest.hear("waiting")
    official = await wire.official(booking)
    await official.hear("waiting_room")
    await wire.tick()
    assert (await guest.hear("waiting"))["is_official_here"]


async def test_a_guest_goes_in_with_the_citizen_and_needs_no_admission_of_their_own(
    wire: Wire, booking: Booking
) -> None:
    guest = await come(wire, a_link(wire, booking))
    await guest.hear("waiting")
    citizen, official = await wire.begun(booking)
    assert (await guest.hear("admitted"))["join_link"] is None
    await settle(citizen, official, guest)
    everybody = {name_of(citizen): booking.details.name, name_of(official): "ΝΙΚΟΣ ΔΗΜΟΥ", name_of(guest): NAME}
    for line in (citizen, official, guest):
        assert peers_known(line) == {peer: name for peer, name in everybody.items() if peer != name_of(line)}


async def test_a_guest_is_announced_as_one(wire: Wire, booking: Booking) -> None:
    link = a_link(wire, booking)
    citizen, official = await wire.begun(booking)
    guest = await come(wire, link)
    await guest.hear("welcome")
    for line in (citizen, official):
        peer = (await line.hear("peer_joined"))["peer"]
        assert (peer["peer"], peer["role"], peer["name"]) == (name_of(guest), "guest", NAME)


async def test_signals_reach_a_guest_and_come_from_one(wire: Wire, booking: Booking) -> None:
    citizen, official, guest = await in_the_meeting(wire, booking)
    await guest.say("signal", to=name_of(citizen), data=OFFER)
    assert (await citizen.hear("signal"))["from"] == name_of(guest)
    await official.say("signal", to=name_of(guest), data=OFFER)
    assert (await guest.hear("signal"))["from"] == name_of(official)


async def test_a_waiting_guest_sends_and_hears_no_signals(wire: Wire, booking: Booking) -> None:
    guest, official = await come(wire, a_link(wire, booking)), await wire.official(booking)
    await guest.hear("waiting")
    await official.hear("waiting_room")
    await guest.say("signal", to=name_of(official), data=OFFER)
    await official.say("signal", to=name_of(guest), data=OFFER)
    for line in (guest, official, guest, official):
        assert of_kind(await line.catch_up(), "signal") == []


async def test_a_guest_has_none_of_the_officials_presses(wire: Wire, booking: Booking) -> None:
    citizen, official, guest = await in_the_meeting(wire, booking)
    presses: list[tuple[str, dict[str, Any]]] = [
        ("admit", {}),
        ("ask_document", {"is_on": True}),
        ("identity", {"document": "passport"}),
        ("phone", {}),
        ("invite", {"name": "Άλλος"}),
        ("withdraw", {"guest": rows(wire.site.town.context.db, MeetingGuestRow)[0].id}),
        ("end", {"outcome": "served"}),
    ]
    for kind, what in presses:
        await guest.say(kind, **what)
    for line in (guest, citizen, official):
        assert await line.catch_up() == []
    row = meeting(wire.site.town, booking)
    assert (row.identity_at, row.phone_at, row.ended_at) == (None, None, None)
    assert len(rows(wire.site.town.context.db, MeetingGuestRow)) == 1


async def test_what_is_asked_of_the_citizen_is_not_asked_of_a_guest(wire: Wire, booking: Booking) -> None:
    citizen, official, guest = await in_the_meeting(wire, booking)
    await official.say("ask_document", is_on=True)
    await citizen.hear("ask_document")
    await official.say("phone")
    await citizen.hear("phone")
    await official.say("identity", document="passport")
    await official.hear("identity")
    assert await guest.catch_up() == []


async def test_a_guest_who_leaves_does_not_look_like_the_citizen(wire: Wire, booking: Booking) -> None:
    link = a_link(wire, booking)
    guest, official, citizen = await come(wire, link), await wire.official(booking), await wire.citizen(booking)
    await citizen.hear("waiting")
    await until_present(official)
    await guest.say("bye")
    assert await guest.closed() == 1000
    await settle(official, citizen)
    assert [news["is_present"] for news in of_kind(official.heard, "waiting_room")][-1] is True
    assert meeting(wire.site.town, booking).seen_at == wire.site.town.clock.now()
    await official.say("admit")
    await citizen.hear("admitted")


async def test_a_guest_who_left_the_meeting_has_left_it_alone_and_may_come_back(wire: Wire, booking: Booking) -> None:
    link = a_link(wire, booking)
    citizen, official = await wire.begun(booking)
    guest = await come(wire, link)
    await guest.hear("welcome")
    await guest.say("bye")
    assert await guest.closed() == 1000
    for line in (citizen, official):
        assert (await line.hear("peer_left"))["peer"] == name_of(guest)
    back = await come(wire, link)
    assert (await back.hear("welcome"))["state"] == "admitted"


async def test_a_guest_comes_back_after_a_cut_under_the_same_name(wire: Wire, booking: Booking) -> None:
    link, client_id, page = a_link(wire, booking), a_client_id(), a_client_id()
    citizen, official = await wire.begun(booking)
    guest = await come(wire, link, client_id=client_id, page=page)
    await guest.hear("welcome")
    await settle(citizen, official)
    guest.cut()
    await cut_off()
    back = await come(wire, link, client_id=client_id, page=page)
    assert (await back.hear("welcome"))["state"] == "admitted"
    assert name_of(back) == name_of(guest)
    await wire.departures()
    assert await official.catch_up() == []


async def test_the_same_link_on_a_second_device_asks_and_takes_over(wire: Wire, booking: Booking) -> None:
    link = a_link(wire, booking)
    citizen, _ = await wire.begun(booking)
    first = await come(wire, link)
    await first.hear("welcome")
    second = await come(wire, link)
    await second.hear("already_joined")
    await hello(second, take_over=True)
    assert (await second.hear("welcome"))["state"] == "admitted"
    assert await first.closed() == 4000
    await settle(citizen)
    assert name_of(second) in peers_known(citizen)
    assert name_of(first) not in peers_known(citizen)


async def test_guests_and_officials_leave_a_chair_for_the_citizen(wire: Wire, booking: Booking) -> None:
    town = wire.site.town
    links = [a_link(wire, booking), a_link(wire, booking, PETROS)]
    enter_official(town, ZOE)
    others = [await come(wire, link) for link in links] + [await wire.official(booking, NIKOS)]
    for line in others:
        await line.hear("welcome")
    await assert_refused(await wire.official(booking, ZOE), "too_many_people")
    citizen = await wire.citizen(booking)
    await citizen.hear("waiting")
    await others[0].say("bye")
    await others[0].closed()
    fourth = await wire.official(booking, ZOE)
    await fourth.hear("welcome")
    await assert_refused(await come(wire, links[0]), "too_many_people")


async def test_the_end_is_the_guests_end_too_and_the_link_opens_nothing_any_more(wire: Wire, booking: Booking) -> None:
    link = a_link(wire, booking)
    _, official = await wire.begun(booking)
    guest = await come(wire, link)
    await guest.hear("welcome")
    await official.say("end", outcome="served")
    assert await guest.hear("ended") == {"type": "ended", "outcome": None}
    assert await guest.closed() == 1000
    assert rows(wire.site.town.context.db, MeetingGuestRow) == []
    await assert_refused(await come(wire, link), "not_found")


async def test_a_waiting_guest_is_sent_away_from_a_meeting_that_will_not_be(wire: Wire, booking: Booking) -> None:
    town = wire.site.town
    guest = await come(wire, a_link(wire, booking))
    await guest.hear("waiting")
    cancel_booking(town.context, town.eleni, booking.reference)
    await wire.look()
    await assert_refused(guest, "meeting_cancelled")


async def test_a_waiting_guest_is_sent_away_when_the_meeting_was_ended_at_the_desk(
    wire: Wire, booking: Booking
) -> None:
    town = wire.site.town
    guest = await come(wire, a_link(wire, booking))
    await guest.hear("waiting")
    end_meeting(town.context, enter_official(town, PETROS), booking.reference, Outcome.TECHNICAL_FAILURE)
    await wire.look()
    await assert_refused(guest, "not_found")


async def test_nobody_joins_by_links_that_were_never_made_and_outside_its_times(wire: Wire, booking: Booking) -> None:
    link = a_link(wire, booking)
    for wrong in ("x" * 43, "x" * 4000):
        await assert_refused(await wire.open({"guest": wrong}), "not_found")
    for wall, code in (("08:59", "too_early"), ("10:20", "meeting_over")):
        wire.site.town.clock.set(on_the_day(wall))
        await assert_refused(await wire.open(link), code)


async def test_with_another_provider_a_guest_has_a_join_link_without_the_officials_rights(
    town: Town, tmp_path: Path
) -> None:
    with_provider(town, ProviderRooms())
    enter_official(town)
    booking = town.a_booking("09:10")
    town.clock.set(on_the_day("09:05"))
    async with serving(Site(town, development(tmp_path))) as wire:
        link = a_link(wire, booking)
        citizen, official = await wire.begun(booking)
        guest = await come(wire, link)
        welcome = await guest.hear("welcome")
    assert welcome["join_link"] == {"kind": "jitsi", "url": "https://rooms.example/room-1?citizen"}
    assert {peer["peer"] for peer in welcome["peers"]} == {name_of(citizen), name_of(official)}
