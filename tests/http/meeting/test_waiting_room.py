"""Before the admission: what each side is told, and that nothing passes between them."""

import json
from itertools import pairwise

from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.meeting.meeting import Outcome
from dimoslive.http.meeting.socket import SILENT_AFTER
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.identity.auth_realm import STAFF
from dimoslive.services.identity.sessions import find_principal
from dimoslive.services.meeting.end_meeting import end_meeting
from tests.http.meeting.line import OFFER, Wire, assert_refused, cut_off, hello, name_of, of, settle, until_present
from tests.support.meeting import link_token, staff_token
from tests.support.world import on_the_day


async def test_the_waiting_room_tells_the_citizen_how_it_stands(wire: Wire, booking: Booking) -> None:
    citizen = await wire.citizen(booking)
    welcome = await citizen.hear("welcome")
    assert welcome == {
        "type": "welcome", "peer": welcome["peer"], "role": "citizen", "state": "waiting", "peers": [],
        "join_link": None,
    }  # fmt: skip
    waiting = {"type": "waiting", "ahead": 0, "delay_minutes": 0, "is_official_here": False}
    assert await citizen.hear("waiting") == waiting


async def test_the_waiting_room_tells_the_official_who_is_there(wire: Wire, booking: Booking) -> None:
    official = await wire.official(booking)
    assert (await official.hear("welcome"))["role"] == "official"
    nobody = {"type": "waiting_room", "is_present": False, "since": None, "is_confirmed": False, "is_sent_back": False}
    assert await official.hear("waiting_room") == nobody
    citizen = await wire.citizen(booking)
    assert (await citizen.hear("waiting"))["is_official_here"] is True
    somebody = {"is_present": True, "since": "2026-11-24T07:05:00+00:00", "is_confirmed": True, "is_sent_back": False}
    assert await official.hear("waiting_room") == {"type": "waiting_room"} | somebody
    await citizen.say("bye")
    await until_present(official, is_present=False)


async def test_the_waiting_room_tells_who_came_by_the_mails_link_alone(wire: Wire, booking: Booking) -> None:
    official = await wire.official(booking)
    by_link = await wire.open({"link": link_token(wire.site.town, booking)})
    await hello(by_link)
    await by_link.hear("waiting")
    assert (await until_present(official))["is_confirmed"] is False


async def test_the_waiting_room_goes_on_telling(wire: Wire, booking: Booking) -> None:
    citizen = await wire.citizen(booking)
    await citizen.hear("waiting")
    wire.site.town.clock.set(on_the_day("09:17"))
    await wire.look()
    assert (await citizen.hear("waiting"))["delay_minutes"] == 7
    official = await wire.official(booking)
    await official.hear("waiting_room")
    await wire.tick()
    assert (await citizen.hear("waiting"))["is_official_here"]


async def test_the_waiting_room_sends_away_who_cancelled(wire: Wire, booking: Booking) -> None:
    town = wire.site.town
    citizen, official = await wire.citizen(booking), await wire.official(booking)
    await citizen.hear("waiting")
    await official.hear("welcome")
    cancel_booking(town.context, town.eleni, booking.reference)
    await wire.look()
    await assert_refused(citizen, "meeting_cancelled")
    await assert_refused(official, "meeting_cancelled")


async def test_the_waiting_room_does_not_undo_a_no_show_of_which_its_socket_has_not_heard(
    wire: Wire, booking: Booking
) -> None:
    town, citizen = wire.site.town, await wire.citizen(booking)
    await citizen.hear("waiting")
    official = find_principal(town.context, STAFF, staff_token(town))
    assert official is not None
    end_meeting(town.context, official, booking.reference, Outcome.NO_SHOW)
    await wire.look()
    await assert_refused(citizen, "meeting_over")
    assert town.row(booking).status == BookingStatus.NO_SHOW
    back = await wire.citizen(booking)
    await back.hear("waiting")
    assert town.row(booking).status == BookingStatus.WAITING


async def test_the_waiting_room_forgets_a_browser_that_fell_silent(wire: Wire, booking: Booking) -> None:
    citizen = await wire.citizen(booking)
    await citizen.hear("waiting")
    await wire.tick(SILENT_AFTER + 1)
    assert await citizen.closed() == 1001


async def test_the_waiting_room_is_empty_when_the_citizens_process_died(wire: Wire, booking: Booking) -> None:
    citizen, official = await wire.citizen(booking), await wire.official(booking)
    await citizen.hear("waiting")
    await until_present(official)
    citizen.cut()
    await cut_off()
    bus, room, name = wire.site.context.room_bus, str(booking.id), name_of(citizen)
    await bus.leave(room, name, (await bus.present(room))[name])
    await wire.tick()
    await until_present(official, is_present=False)


async def test_the_waiting_room_knows_at_each_tick_who_is_still_there(wire: Wire, booking: Booking) -> None:
    official = await wire.official(booking)
    await official.hear("waiting_room")
    bus, room = wire.site.context.room_bus, str(booking.id)
    [(name, card)] = (await bus.present(room)).items()
    await bus.leave(room, name, card)
    await wire.tick()
    await official.catch_up()
    assert await bus.present(room) == {name: card}


async def test_the_waiting_room_is_told_only_as_it_changes(wire: Wire, booking: Booking) -> None:
    official = await wire.official(booking)
    await official.hear("waiting_room")
    citizen = await wire.citizen(booking)
    await until_present(official)
    for minute in ("09:17", "09:22", "09:27"):
        for _ in range(5):
            await wire.tick()
            await settle(citizen, official)
        wire.site.town.clock.set(on_the_day(minute))
        await wire.look()
        await citizen.hear("waiting")
    await official.catch_up()
    for told in (of(citizen, "waiting"), of(official, "waiting_room")):
        assert len(told) > 1
        assert all(one != next_one for one, next_one in pairwise(told))


async def test_the_waiting_room_relays_nothing_either_way(wire: Wire, booking: Booking) -> None:
    citizen, official = await wire.citizen(booking), await wire.official(booking)
    await citizen.hear("waiting")
    await official.hear("waiting_room")
    await official.say("signal", to=name_of(citizen), data=OFFER)
    await citizen.say("signal", to=name_of(official), data=OFFER)
    await official.say("ask_document", is_on=True)
    for line in (citizen, official, citizen, official):
        assert {m["type"] for m in await line.catch_up()} <= {"waiting", "waiting_room"}


async def test_the_waiting_room_hides_who_is_in_it(wire: Wire, booking: Booking) -> None:
    official = await wire.official(booking)
    citizen = await wire.citizen(booking)
    await citizen.hear("waiting")
    await official.catch_up()
    assert "ΔΗΜΟΥ" not in json.dumps(citizen.heard, ensure_ascii=False)
    assert name_of(official) not in json.dumps(citizen.heard)
    assert name_of(citizen) not in json.dumps(official.heard)
