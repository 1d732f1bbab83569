"""Reloads, cut sockets and second devices."""

import json

from dimoslive.domain.booking.booking import Booking
from dimoslive.http.meeting.presence import PresenceEntry
from dimoslive.services.meeting.find_participant import JoinRequest, find_participant
from tests.http.meeting.line import (
    OFFER,
    Line,
    Message,
    Wire,
    a_client_id,
    assert_refused,
    cut_off,
    hello,
    name_of,
    peers_known,
    settle,
    until_present,
)
from tests.support.meeting import ANNA, NIKOS, PETROS, ZOE, enter_official, link_token, meeting
from tests.support.world import Town

TELL_OF_PEERS = {"welcome", "admitted", "peer_joined"}


async def test_a_second_device_is_asked_and_takes_the_place(wire: Wire, booking: Booking) -> None:
    first = await wire.citizen(booking)
    await first.hear("waiting")
    second = await wire.citizen(booking)
    await second.hear("already_joined")
    assert (await first.catch_up()) == []
    await hello(second, take_over=True)
    await second.hear("waiting")
    await first.hear("replaced")
    assert await first.closed() == 4000
    assert (await second.catch_up()) == []


async def test_whose_place_was_taken_leaves_no_card_behind(town: Town, booking: Booking) -> None:
    bus, participant = (
        town.context.room_bus,
        find_participant(town.context, JoinRequest(link=link_token(town, booking))),
    )
    old, new = PresenceEntry(bus, participant), PresenceEntry(bus, participant)
    await old.take(a_client_id(), a_client_id(), take_over=False)
    await new.take(a_client_id(), a_client_id(), take_over=True)

    await old.renew()  # its clock was faster than the news
    await old.be_replaced()

    assert set(await bus.present(str(booking.id))) == {new.peer}


async def test_a_second_device_takes_the_place_in_the_meeting(wire: Wire, booking: Booking) -> None:
    first, official = await wire.begun(booking)
    second = await wire.citizen(booking, take_over=True)
    welcome = await second.hear("welcome")
    assert (welcome["state"], [peer["peer"] for peer in welcome["peers"]]) == ("admitted", [name_of(official)])
    assert await first.closed() == 4000
    assert first.heard[-1] == {"type": "replaced"}
    await official.hear("peer_joined")
    assert peers_known(official).keys() == {name_of(second)}
    await official.say("signal", to=name_of(first), data=OFFER)
    await official.say("signal", to=name_of(second), data=OFFER)
    await second.hear("signal")


async def test_the_officials_alone_are_told_how_each_who_came_in_is_known(wire: Wire, booking: Booking) -> None:
    enter_official(wire.site.town, ANNA)
    by_link, official = await wire.open({"link": link_token(wire.site.town, booking)}), await wire.official(booking)
    await hello(by_link)
    await until_present(official)
    await official.say("admit")
    await by_link.hear("admitted")
    await settle(by_link, official)
    assert described(official)[-1] == {
        "peer": name_of(by_link), "role": "citizen", "name": booking.details.name, "is_confirmed": False,
    }  # fmt: skip
    confirmed = await wire.citizen(booking, take_over=True)
    await confirmed.hear("welcome")
    await settle(confirmed, official)
    assert described(official)[-1]["is_confirmed"] is True
    second = await wire.official(booking, ANNA)
    known = {peer["role"]: peer["is_confirmed"] for peer in (await second.hear("welcome"))["peers"]}
    assert known == {"citizen": True, "official": True}
    await settle(confirmed, official, second)
    for line in (confirmed, by_link):
        assert described(line)
        assert "is_confirmed" not in json.dumps(line.heard)


async def test_a_copied_tab_takes_the_place_of_the_first(wire: Wire, booking: Booking) -> None:
    client_id = a_client_id()
    first, official = await wire.begun(booking, client_id=client_id)
    copy = await wire.citizen(booking, client_id=client_id)
    await copy.hear("welcome")
    assert await first.closed() == 4000
    await settle(copy, official)
    assert peers_known(official).keys() == {name_of(copy)}


async def test_an_official_too_is_in_once(wire: Wire, booking: Booking) -> None:
    first = await wire.official(booking)
    await first.hear("waiting_room")
    second = await wire.official(booking)
    await second.hear("already_joined")
    await hello(second, take_over=True)
    await second.hear("welcome")
    assert await first.closed() == 4000


async def test_a_reload_is_a_new_peer(wire: Wire, booking: Booking) -> None:
    client_id = a_client_id()
    citizen, official = await wire.begun(booking, client_id=client_id)
    citizen.cut()
    reloaded = await wire.citizen(booking, client_id=client_id, page=a_client_id())
    assert (await reloaded.hear("welcome"))["state"] == "admitted"
    assert await official.hear("peer_left") == {"type": "peer_left", "peer": name_of(citizen)}
    assert (await official.hear("peer_joined"))["peer"]["peer"] == name_of(reloaded) != name_of(citizen)
    assert peers_known(reloaded).keys() == {name_of(official)}


async def test_after_a_cut_one_is_back_under_the_same_name_and_nobody_left(wire: Wire, booking: Booking) -> None:
    client_id, page = a_client_id(), a_client_id()
    citizen, official = await wire.begun(booking, client_id=client_id, page=page)
    citizen.cut()
    await cut_off()
    back = await wire.citizen(booking, client_id=client_id, page=page)
    assert (await back.hear("welcome"))["state"] == "admitted"
    assert name_of(back) == name_of(citizen)
    await official.say("signal", to=name_of(back), data=OFFER)
    assert (await back.hear("signal"))["from"] == name_of(official)
    await wire.departures()
    assert await official.catch_up() == []
    assert await back.catch_up() == []


async def test_who_does_not_come_back_has_left(wire: Wire, booking: Booking) -> None:
    citizen, official = await wire.begun(booking)
    citizen.cut()
    await wire.departures()
    assert await official.hear("peer_left") == {"type": "peer_left", "peer": name_of(citizen)}


async def test_who_says_goodbye_has_left_at_once(wire: Wire, booking: Booking) -> None:
    citizen, official = await wire.begun(booking)
    await citizen.say("bye")
    assert await citizen.closed() == 1000
    assert await official.hear("peer_left") == {"type": "peer_left", "peer": name_of(citizen)}
    back = await wire.citizen(booking)
    assert (await back.hear("welcome"))["state"] == "admitted"


async def test_who_was_admitted_while_the_socket_was_cut_is_met(wire: Wire, booking: Booking) -> None:
    client_id, page = a_client_id(), a_client_id()
    citizen, official = await wire.citizen(booking, client_id=client_id, page=page), await wire.official(booking)
    await citizen.hear("waiting")
    citizen.cut()
    await official.say("admit")
    await official.hear("admitted")
    back = await wire.citizen(booking, client_id=client_id, page=page)
    assert (await back.hear("welcome"))["state"] == "admitted"
    await official.hear("peer_joined")
    assert peers_known(official).keys() == {name_of(back)}


async def test_a_citizen_who_left_waits_no_longer(wire: Wire, booking: Booking) -> None:
    official, citizen = await wire.official(booking), await wire.citizen(booking)
    await citizen.hear("waiting")
    await until_present(official)
    citizen.cut()
    await wire.departures()
    await until_present(official, is_present=False)
    assert meeting(wire.site.town, booking).seen_at is None
    await official.say("admit")
    assert (await official.hear("problem"))["code"] == "nobody_waits"


async def test_officials_leave_a_chair_for_the_citizen(wire: Wire, booking: Booking) -> None:
    town = wire.site.town
    for identity in (ANNA, PETROS, ZOE):
        enter_official(town, identity)
    lines = [await wire.official(booking, who) for who in (NIKOS, ANNA, PETROS)]
    for line in lines:
        await line.hear("welcome")
    await assert_refused(await wire.official(booking, ZOE), "too_many_people")
    citizen = await wire.citizen(booking)
    await citizen.hear("waiting")
    await assert_refused(await wire.official(booking, ZOE), "too_many_people")
    await lines[0].say("bye")
    await lines[0].closed()
    at_last = await wire.official(booking, ZOE)
    await at_last.hear("welcome")


def described(line: Line) -> list[Message]:
    """All that a page was told of peers, in order."""
    told = [message.get("peers") or [message.get("peer")] for message in line.heard if message["type"] in TELL_OF_PEERS]
    return [peer for peers in told for peer in peers if isinstance(peer, dict)]
