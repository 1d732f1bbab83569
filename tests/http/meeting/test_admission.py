"""From the admission on the browsers find each other."""

from pathlib import Path

from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.http.meeting.socket import MAX_TURN_SECONDS
from dimoslive.services.meeting.admit_citizen import admit_citizen
from tests.http.meeting.line import OFFER, Wire, hello, name_of, of, of_kind, peers_known, serving, settle
from tests.http.site import Site, development
from tests.support.meeting import ANNA, ProviderRooms, SlowRooms, enter_official, link_token, with_provider
from tests.support.world import Town, on_the_day


async def test_admission_brings_both_together(wire: Wire, booking: Booking) -> None:
    citizen, official = await wire.begun(booking)
    [admitted], [admitted_too] = of(citizen, "admitted"), of(official, "admitted")
    assert admitted["join_link"] is admitted_too["join_link"] is None
    assert {name_of(official): "ΝΙΚΟΣ ΔΗΜΟΥ"} == peers_known(citizen)
    assert {name_of(citizen): booking.details.name} == peers_known(official)
    assert wire.site.town.row(booking).status == BookingStatus.IN_SERVICE


async def test_a_slow_provider_keeps_no_ping_waiting(town: Town, tmp_path: Path) -> None:
    slow = SlowRooms()
    with_provider(town, slow)
    enter_official(town)
    booking = town.a_booking("09:10")
    town.clock.set(on_the_day("09:05"))
    async with serving(Site(town, development(tmp_path))) as wire:
        citizen, official = await wire.citizen(booking), await wire.official(booking)
        await citizen.hear("waiting")
        await official.say("admit")
        await slow.was_asked.wait()
        town.clock.advance(seconds=MAX_TURN_SECONDS)

        await official.say("ping", n=77)

        assert await official.hear("pong") == {"type": "pong", "n": 77}
        assert "admitted" not in official.kinds()
        slow.may_answer.set()
        assert (await official.hear("admitted"))["join_link"]


async def test_admission_lets_signals_reach_their_addressee_alone(wire: Wire, booking: Booking) -> None:
    enter_official(wire.site.town, ANNA)
    citizen, official = await wire.begun(booking)
    second = await wire.official(booking, ANNA)
    assert (await second.hear("welcome"))["state"] == "admitted"
    await official.hear("peer_joined")
    await citizen.say("signal", to=name_of(official), data=OFFER)
    signal = {"type": "signal", "from": name_of(citizen), "data": OFFER}
    assert await official.hear("signal") == signal
    await official.say("signal", to=name_of(citizen), data={"candidate": "ΥΓ \ud800"})
    assert (await citizen.hear("signal"))["data"] == {"candidate": "ΥΓ \ud800"}
    for line in (second, second, citizen):
        assert of_kind(await line.catch_up(), "signal") == []
    assert of(second, "signal") == []


async def test_admission_names_a_sender_truly(wire: Wire, booking: Booking) -> None:
    citizen, official = await wire.begun(booking)
    forged = {"to": name_of(citizen), "from": name_of(citizen), "data": OFFER, "event": "ended", "peer": "p0"}
    await official.say("signal", **forged)
    assert (await citizen.hear("signal"))["from"] == name_of(official)


async def test_admission_from_the_desks_page_is_noticed_in_the_room(wire: Wire, booking: Booking) -> None:
    town = wire.site.town
    anna = enter_official(town, ANNA)
    citizen, nikos = await wire.citizen(booking), await wire.official(booking)
    await citizen.hear("waiting")
    await nikos.hear("waiting_room")
    await admit_citizen(town.context, anna, booking.reference)
    await wire.look()
    await citizen.hear("admitted")
    await nikos.hear("admitted")
    at_last = await wire.official(booking, ANNA)
    assert len((await at_last.hear("welcome"))["peers"]) == 2


async def test_admission_from_the_desks_page_is_told_when_its_official_comes(wire: Wire, booking: Booking) -> None:
    town = wire.site.town
    citizen = await wire.citizen(booking)
    await citizen.hear("waiting")
    await admit_citizen(town.context, enter_official(town, ANNA), booking.reference)
    official = await wire.official(booking, ANNA)
    assert (await official.hear("welcome"))["state"] == "admitted"
    await citizen.hear("admitted")
    await settle(citizen, official)
    assert peers_known(citizen).keys() == {name_of(official)}
    assert peers_known(official).keys() == {name_of(citizen)}
    assert "waiting_room" not in official.kinds()


async def test_admission_of_one_who_does_not_wait_is_a_problem_and_the_talk_goes_on(
    wire: Wire, booking: Booking
) -> None:
    official = await wire.official(booking)
    for press, what in (
        ("admit", {}),
        ("identity", {"document": "passport"}),
        ("end", {"outcome": "served"}),
    ):
        await official.say(press, **what)
        assert await official.hear("problem") == {"type": "problem", "code": "nobody_waits"}
    citizen = await wire.citizen(booking)
    await citizen.hear("waiting")
    await official.say("admit")
    await official.hear("admitted")


async def test_admission_by_two_officials_is_done_by_one_and_both_are_in(wire: Wire, booking: Booking) -> None:
    enter_official(wire.site.town, ANNA)
    lines = [await wire.official(booking), await wire.official(booking, ANNA)]
    citizen = await wire.citizen(booking)
    await citizen.hear("waiting")
    for line in lines:
        await line.say("admit")
    for line in lines:
        await line.hear("admitted")
    problems = [message for line in lines for message in await line.catch_up() + line.heard]
    assert {m["code"] for m in problems if m["type"] == "problem"} == {"already_admitted"}
    await citizen.hear("admitted")
    await settle(citizen, *lines)
    assert peers_known(citizen).keys() == {name_of(line) for line in lines}


async def test_admission_that_the_provider_fails_is_a_problem_and_a_second_press_works(
    town: Town, tmp_path: Path, booking: Booking
) -> None:
    with_provider(town, ProviderRooms(failures=1))
    async with serving(Site(town, development(tmp_path))) as wire:
        citizen, official = await wire.citizen(booking), await wire.official(booking)
        await citizen.hear("waiting")
        await official.say("admit")
        assert await official.hear("problem") == {"type": "problem", "code": "video_unavailable"}
        assert "admitted" not in [m["type"] for m in await citizen.catch_up()]
        await official.say("admit")
        await official.hear("admitted")


async def test_admission_to_another_providers_room_gives_each_a_join_link_and_tells_who_is_there(
    town: Town, tmp_path: Path, booking: Booking
) -> None:
    with_provider(town, ProviderRooms())
    async with serving(Site(town, development(tmp_path))) as wire:
        citizen, official = await wire.begun(booking)
        [[admitted], [admitted_too]] = of(citizen, "admitted"), of(official, "admitted")
        assert admitted["join_link"] == {"kind": "jitsi", "url": "https://rooms.example/room-1?citizen"}
        assert admitted_too["join_link"] == {"kind": "jitsi", "url": "https://rooms.example/room-1?official"}
        assert peers_known(citizen) == {name_of(official): "ΝΙΚΟΣ ΔΗΜΟΥ"}
        await official.catch_up()
        # Whoever was quicker: the citizen is among those who were in, or came in afterwards, or both.
        told = admitted_too["peers"] + [joined["peer"] for joined in of(official, "peer_joined")]
        assert {(peer["peer"], peer["is_confirmed"]) for peer in told} == {(name_of(citizen), True)}
        again = await wire.citizen(booking, take_over=True)
        assert (await again.hear("welcome"))["join_link"]["url"] == "https://rooms.example/room-1?citizen"
        joined = (await official.hear("peer_joined"))["peer"]
        assert (joined["peer"], joined["is_confirmed"]) == (name_of(again), True)


async def test_meetings_do_not_hear_each_other(wire: Wire, booking: Booking) -> None:
    town = wire.site.town
    town.clock.set(on_the_day("2026-11-20 10:00"))
    nikos = town.citizen()
    other = town.a_booking("09:20", by=nikos)
    town.clock.set(on_the_day("09:12"))
    stranger = await wire.open({"link": link_token(town, other)})
    await hello(stranger)
    await stranger.hear("waiting")
    citizen, official = await wire.begun(booking)
    await official.say("signal", to=name_of(stranger), data=OFFER)
    await official.say("end", outcome="served")
    await citizen.hear("ended")
    assert await stranger.catch_up() == []
