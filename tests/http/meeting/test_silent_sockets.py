"""A socket hears the room only once it has a place in it, and does not stay without one."""

from dimoslive.domain.booking.booking import Booking
from dimoslive.http.meeting.socket import ANSWER_WITHIN, HELLO_WITHIN
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


async def test_who_says_no_hello_is_closed(wire: Wire, booking: Booking) -> None:
    citizen, line = await wire.citizen(booking), await silent(wire, booking)
    await settle(citizen, line)
    await wire.tick(HELLO_WITHIN)
    await settle(citizen, line)
    await wire.tick()
    assert await line.closed() == 1001
    assert set(line.kinds()) == {"pong"}
    await citizen.catch_up()


async def test_who_is_asked_whether_to_take_over_has_longer_to_answer(wire: Wire, booking: Booking) -> None:
    first = await wire.citizen(booking)
    await first.hear("waiting")
    asked = await wire.citizen(booking)
    await asked.hear("already_joined")
    for _ in range(2):
        await wire.tick(ANSWER_WITHIN / 2)
        await settle(first, asked)
    assert asked.kinds()[0] == "already_joined"
    assert set(asked.kinds()[1:]) == {"pong"}
    await wire.tick()
    assert await asked.closed() == 1001
    assert of(first, "replaced") == []
