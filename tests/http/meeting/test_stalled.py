"""A browser that is connected and does not read is gone, and nobody waits for it."""

import asyncio

import pytest

from dimoslive.domain.booking.booking import Booking
from dimoslive.http.meeting import sender as meeting_sender
from dimoslive.http.meeting import socket as meeting_socket
from dimoslive.integrations.bus.local import LocalRoomBus
from tests.http.meeting.line import Line, Wire, a_client_id, name_of, peers_known

pytestmark = pytest.mark.slow

LARGE = {"sdp": "x" * 60_000}
ENOUGH = 400
"""Large signals that no buffer on the way holds."""


@pytest.fixture(autouse=True)
def quickly_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meeting_sender, "GIVEN_UP_AFTER", 0.3)
    monkeypatch.setattr(meeting_socket, "GONE_AFTER", 0.05)


async def test_who_does_not_read_has_left_and_nothing_is_kept_for_it(wire: Wire, booking: Booking) -> None:
    bus = wire.site.context.room_bus
    assert isinstance(bus, LocalRoomBus)
    citizen, official = await wire.begun(booking)
    official.stall()
    await fill(citizen, name_of(official))
    assert (await citizen.hear("peer_left"))["peer"] == name_of(official)
    assert len(bus._listeners[str(booking.id)]) == 1
    official.read_on()
    await official.closed()


async def test_who_does_not_read_can_come_back(wire: Wire, booking: Booking) -> None:
    client_id, page = a_client_id(), a_client_id()
    citizen, official = await wire.begun(booking, client_id=client_id, page=page)
    citizen.stall()
    await fill(official, name_of(citizen))
    await official.hear("peer_left")
    back = await wire.citizen(booking, client_id=client_id, page=page)
    assert (await back.hear("welcome"))["state"] == "admitted"
    await official.hear("peer_joined")
    assert peers_known(official).keys() == {name_of(back)}


async def fill(speaker: Line, to: str) -> None:
    """Say more to somebody than the way there holds, as fast as the wire bears."""
    for number in range(ENOUGH):
        await speaker.say("signal", to=to, data=LARGE)
        if number > 100:
            await asyncio.sleep(1 / 50)
        if "peer_left" in speaker.kinds():
            return
