"""What is sent that no page sends."""

import json

import pytest

from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.http.meeting.inbox import BURST
from dimoslive.http.meeting.protocol import MAX_BRACKETS, MAX_MESSAGE_SIZE
from tests.http.meeting.line import OFFER, Wire, a_client_id, name_of, of_kind
from tests.support.meeting import link_token, staff_token


@pytest.mark.parametrize(
    "frame",
    [
        "", "{", "null", "[]", "7", '"hello"', "{}", '{"type": null}', '{"type": []}', '{"type": {"a": 1}}',
        '{"type": "nothing"}', '{"type": "__class__"}', '{"type": "signal"}', '{"type": "signal", "to": [], "data": 1}',
        '{"type": "hello"}', '{"type": "hello", "client_id": "x"}', '{"type": "ping", "n": NaN}',
        '{"type": "ping", "n": Infinity}', '{"type": "ping", "n": 1e999}',
        '{"type": "welcome"}', '{"type": "ended", "outcome": "served"}', "[" * 60_000, '{"a":' * 9_000, "\0",
        '{"type": "ping", "n": ' + "9" * 5000 + "}",
    ],
    ids=lambda frame: frame[:40],
)  # fmt: skip
async def test_the_wire_ignores_what_is_no_message(wire: Wire, booking: Booking, frame: str) -> None:
    citizen = await wire.citizen(booking)
    await citizen.hear("waiting")
    await citizen.send(frame)
    assert await citizen.catch_up() == []


async def test_the_wire_hears_nothing_before_a_hello(wire: Wire, booking: Booking) -> None:
    official = await wire.open({"reference": booking.reference, "as": "official"}, staff=staff_token(wire.site.town))
    for kind in ("admit", "phone", "end", "signal", "bye", "identity"):
        await official.say(kind, outcome="no_show", document="passport", to="p1", data={})
    for wrong in ("", "x", "A" * 32, "0" * 31, "0" * 33, "0" * 31 + "\n", "\ud800", ["0" * 32], None):
        await official.say("hello", client_id=wrong, page=a_client_id())
        await official.say("hello", client_id=a_client_id(), page=wrong)
    await official.say("hello", client_id=a_client_id())
    assert await official.catch_up() == []
    assert wire.site.town.row(booking).status == BookingStatus.BOOKED


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999"])
async def test_the_wire_does_not_pass_on_numbers_that_browsers_cannot_read(
    wire: Wire, booking: Booking, number: str
) -> None:
    citizen, official = await wire.begun(booking)
    to = name_of(citizen)
    await official.send(f'{{"type": "signal", "to": "{to}", "data": {{"a": {number}}}}}')
    await official.say("signal", to=to, data=OFFER)
    assert (await citizen.hear("signal"))["data"] == OFFER


async def test_the_wire_passes_on_numbers_that_browsers_can_read(wire: Wire, booking: Booking) -> None:
    citizen, official = await wire.begun(booking)
    numbers = {"a": [0, -1.5, 1e300, 2**53]}
    await official.say("signal", to=name_of(citizen), data=numbers)
    assert (await citizen.hear("signal"))["data"] == numbers


async def test_the_wire_does_not_pass_on_what_is_nested_deeply_or_often(wire: Wire, booking: Booking) -> None:
    citizen, official = await wire.begun(booking)
    to = name_of(official)
    # Somewhere here is a depth that Python reads and cannot write.
    deep = ["[" * depth + "]" * depth for depth in range(100, 1000, 10)]
    for nested in (*deep, f"[{'[],' * 20_000}[]]"):
        await citizen.send(f'{{"type": "signal", "to": "{to}", "data": {{"a": {nested}}}}}')
    await citizen.say("signal", to=to, data=OFFER)
    assert (await official.hear("signal"))["data"] == OFFER


async def test_the_wire_passes_on_descriptions_with_many_braces(wire: Wire, booking: Booking) -> None:
    citizen, official = await wire.begun(booking)
    # Firefox puts its identifiers in braces.
    description = {"type": "offer", "sdp": "a=msid:{a} {b}\r\n" * ((MAX_BRACKETS - 2) // 2)}
    await citizen.say("signal", to=name_of(official), data=description)
    assert (await official.hear("signal"))["data"] == description


async def test_the_wire_answers_pings_with_their_number(wire: Wire, booking: Booking) -> None:
    line = await wire.open({"link": link_token(wire.site.town, booking)})
    largest = 2**53
    known = ((7, 7), (largest, largest), (-largest, -largest))
    for n, answer in (
        *known,
        ("x", 0),
        (None, 0),
        ([1], 0),
        (True, 0),
        (7.0, 0),
        ("7", 0),
        (largest + 1, 0),
        (-largest - 1, 0),
        (10**4000, 0),
    ):
        await line.say("ping", n=n)
        assert await line.hear("pong") == {"type": "pong", "n": answer}


async def test_the_wire_is_text_alone(wire: Wire, booking: Booking) -> None:
    citizen = await wire.citizen(booking)
    await citizen.hear("waiting")
    await citizen.send(b'{"type": "ping", "n": 1}')
    assert await citizen.closed() == 1003


@pytest.mark.parametrize(
    "frame", ["x" * 10_000_000, "x" * (MAX_MESSAGE_SIZE + 1), "ω" * (MAX_MESSAGE_SIZE // 2 + 1)], ids=len
)
async def test_the_wire_closes_on_a_message_that_is_too_large_and_serves_the_others(
    wire: Wire, booking: Booking, frame: str
) -> None:
    citizen, official = await wire.begun(booking)
    await citizen.send(frame)
    assert await citizen.closed() == 1009
    assert await official.catch_up() == []


async def test_the_wire_takes_a_message_of_64_kilobytes(wire: Wire, booking: Booking) -> None:
    citizen, official = await wire.begun(booking)
    message = {"type": "signal", "to": name_of(official), "data": {"sdp": ""}}
    message["data"] = {"sdp": "x" * (MAX_MESSAGE_SIZE - len(json.dumps(message)))}
    await citizen.send(json.dumps(message))
    assert (await official.hear("signal"))["data"] == message["data"]


async def test_the_wire_closes_on_a_flood_and_serves_the_others(wire: Wire, booking: Booking) -> None:
    citizen, official = await wire.begun(booking)
    for _ in range(1000):
        await citizen.say("signal", to=name_of(official), data={})
    assert await citizen.closed() == 1008
    assert len(of_kind(await official.catch_up(), "signal")) <= BURST * 1.5
    again = await wire.citizen(booking, take_over=True)
    assert (await again.hear("welcome"))["state"] == "admitted"


async def test_the_wire_bears_a_burst(wire: Wire, booking: Booking) -> None:
    citizen, official = await wire.begun(booking)
    for number in range(150):
        await citizen.say("signal", to=name_of(official), data={"n": number})
    heard = [(await official.hear("signal"))["data"]["n"] for _ in range(150)]
    assert heard == list(range(150))


async def test_the_wire_a_browser_that_goes_during_a_press_does_not_stop_it(wire: Wire, booking: Booking) -> None:
    citizen, official = await wire.citizen(booking), await wire.official(booking)
    await citizen.hear("waiting")
    await official.hear("waiting_room")
    await official.say("admit")
    official.cut()
    await citizen.hear("admitted")
