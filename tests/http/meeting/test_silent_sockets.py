"""A socket hears the room only once it has a place in it, and does not stay without one."""

import pytest

from dimoslive.domain.booking.booking import Booking
from dimoslive.http.meeting import socket as meeting_socket
from dimoslive.integrations.bus.local import LocalRoomBus
from tests.http.meeting.line import Line, Wire, hello, name_of, of, peers_known, settle
from tests.support.meeting import link_token


async def silent(wire: Wire, booking: Booking) -> Line:
    """Somebody opened a socket with the mail's link and says nothing."""
    return await wire.open({"link": link_token(wire.site.town, booking)})


def listening(wire: Wire, booking: Booking) -> int:
    """How many sockets are told what is said in the room."""
    bus = wire.site.context.room_bus
    assert isinstance(bus, LocalRoomBus)
    return len(bus._listeners.get(str(booking.id), ()))


async def test_who_has_not_said_hello_does_not_listen_in_the_room(wire: Wire, booking: Booking) -> None:
    await settle(*[await silent(wire, booking) for _ in range(5)])
    assert listening(wire, booking) == 0
    await settle(*await wire.begun(booking))
    assert listening(wire, booking) == 2


async def test_who_is_asked_whether_to_take_over_does_not_listen_meanwhile(wire: Wire, booking: Booking) -> None:
    first = await wire.citizen(booking)
    await first.hear("waiting")
    second = await wire.citizen(booking)
    await second.hear("already_joined")
    await settle(second)
    assert listening(wire, booking) == 1
    await hello(second, take_over=True)
    await second.hear("waiting")
    assert await first.closed() == 4000
    official = await wire.official(booking)
    await official.say("admit")
    await second.hear("admitted")
    await settle(second, official)
    assert peers_known(second).keys() == {name_of(official)}
    assert listening(wire, booking) == 2


async def test_who_says_no_hello_is_closed(
    wire: Wire, booking: Booking, quick_clock: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meeting_socket, "HELLO_WITHIN", 0.2)
    citizen = await wire.citizen(booking)
    line = await silent(wire, booking)
    assert await line.closed() == 1001
    assert line.heard == []
    await citizen.catch_up()


async def test_who_is_asked_whether_to_take_over_has_longer_to_answer(
    wire: Wire, booking: Booking, quick_clock: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await wire.citizen(booking)
    await first.hear("waiting")
    asked = await wire.citizen(booking)
    await asked.hear("already_joined")
    with monkeypatch.context() as patch:
        patch.setattr(meeting_socket, "HELLO_WITHIN", 0.2)
        assert await (await silent(wire, booking)).closed() == 1001
    assert await asked.catch_up() == []
    monkeypatch.setattr(meeting_socket, "ANSWER_WITHIN", 0.2)
    asked_later = await wire.citizen(booking)
    await asked_later.hear("already_joined")
    assert await asked_later.closed() == 1001
    assert of(first, "replaced") == []
