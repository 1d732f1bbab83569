"""A browser that is connected and does not read is gone, and nobody waits for it."""

import pytest

from dimoslive.domain.booking.booking import Booking
from dimoslive.http.meeting import socket as meeting_socket
from dimoslive.http.meeting.inbox import PER_SECOND
from dimoslive.integrations.bus.local import LocalRoomBus
from tests.http.meeting.line import Line, Wire, a_client_id, name_of, peers_known

pytestmark = pytest.mark.slow

LARGE = {"sdp": "x" * 60_000}
ENOUGH = 400
"""Large signals that no buffer on the way holds."""


async def test_who_does_not_read_has_left_and_nothing_is_kept_for_it(wire: Wire, booking: Booking) -> None:
    bus = wire.site.context.room_bus
    assert isinstance(bus, LocalRoomBus)
    citizen, official = await wire.begun(booking)
    official.stall()
    await fill(wire, citizen, name_of(official))
    assert (await citizen.hear("peer_left"))["peer"] == name_of(official)
    assert len(bus._listeners[str(booking.id)]) == 1
    official.read_on()
    await official.closed()


async def test_who_does_not_read_can_come_back(wire: Wire, booking: Booking) -> None:
    client_id, page = a_client_id(), a_client_id()
    citizen, official = await wire.begun(booking, client_id=client_id, page=page)
    citizen.stall()
    await fill(wire, official, name_of(citizen))
    await official.hear("peer_left")
    back = await wire.citizen(booking, client_id=client_id, page=page)
    assert (await back.hear("welcome"))["state"] == "admitted"
    await official.hear("peer_joined")
    assert peers_known(official).keys() == {name_of(back)}


async def fill(wire: Wire, speaker: Line, to: str) -> None:
    """Say more to somebody than the way there holds, as fast as the wire bears, until they are given up."""
    clock = wire.site.town.clock
    for number in range(ENOUGH):
        await speaker.say("signal", to=to, data=LARGE)
        if number > 100:
            clock.advance(seconds=2 / PER_SECOND)
            await speaker.catch_up()
        if meeting_socket._departures:
            break
    # When the server finds the machine's buffers full is not for the test's clock to say.
    while not meeting_socket._departures:
        clock.advance(seconds=1)
        await speaker.catch_up()
    await wire.departures()
