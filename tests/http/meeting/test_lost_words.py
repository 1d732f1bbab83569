"""Whoever is in the meeting looks at the room at each tick: a process that died, or a lost word, tells nobody."""

from datetime import timedelta

from dimoslive.db.tables.citizen import SessionRow
from dimoslive.db.tables.official import StaffSessionRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.meeting.meeting import Outcome
from dimoslive.services.identity.auth_realm import STAFF
from dimoslive.services.identity.sessions import find_principal
from dimoslive.services.meeting.end_meeting import end_meeting
from dimoslive.services.meeting.find_participant import JoinRequest, find_participant
from dimoslive.services.meeting.note_presence import note_presence
from tests.http.meeting.line import Wire, cut_off, hello, name_of, of, peers_known, settle
from tests.support.meeting import link_token, staff_token
from tests.support.world import rows


async def test_whose_process_died_has_left(wire: Wire, booking: Booking) -> None:
    citizen, official = await wire.begun(booking)
    citizen.cut()
    await cut_off()
    bus, room, name = wire.site.context.room_bus, str(booking.id), name_of(citizen)
    await bus.leave(room, name, (await bus.present(room))[name])
    await wire.look()
    assert await official.hear("peer_left") == {"type": "peer_left", "peer": name}


async def test_whose_greeting_was_lost_is_met_and_met_once(wire: Wire, booking: Booking) -> None:
    citizen, official = await wire.begun(booking)
    bus, room = wire.site.context.room_bus, str(booking.id)
    card = (await bus.present(room))[name_of(citizen)]
    await bus.join(room, "p0", card | {"person": "official-9", "role": "official", "name": "ΑΝΝΑ"})
    await wire.look()
    joined = {"peer": "p0", "role": "official", "name": "ΑΝΝΑ"}
    assert await citizen.hear("peer_joined") == {"type": "peer_joined", "peer": joined}
    assert await official.hear("peer_joined") == {"type": "peer_joined", "peer": joined | {"is_confirmed": True}}
    await bus.publish(room, {"event": "joined", "peer": joined | {"is_confirmed": True}})
    await wire.look()
    assert await citizen.catch_up() == await official.catch_up() == []


async def test_who_has_left_is_said_to_have_left_once(wire: Wire, booking: Booking) -> None:
    citizen, official = await wire.begun(booking)
    await citizen.say("bye")
    await official.hear("peer_left")
    await wire.look()
    await official.catch_up()
    assert len(of(official, "peer_left")) == 1
    assert peers_known(official) == {}


async def test_a_quiet_meeting_stays_quiet(wire: Wire, booking: Booking) -> None:
    citizen, official = await wire.begun(booking)
    await wire.look()
    assert await citizen.catch_up() == await official.catch_up() == []


async def test_a_meeting_of_whose_end_no_word_came_is_over_for_all(wire: Wire, booking: Booking) -> None:
    citizen, official = await wire.begun(booking)
    end_without_a_word(wire, booking, Outcome.REFERRED)
    await wire.look()
    assert (await citizen.closed(), await official.closed()) == (1000, 1000)
    assert citizen.heard[-1] == {"type": "ended", "outcome": None}
    assert official.heard[-1] == {"type": "ended", "outcome": "referred"}


async def test_who_was_in_before_the_meeting_began_anew_is_not_in_it(wire: Wire, booking: Booking) -> None:
    town = wire.site.town
    citizen, official = await wire.begun(booking)
    end_without_a_word(wire, booking, Outcome.NO_SHOW)
    note_presence(town.context, find_participant(town.context, JoinRequest(link=link_token(town, booking))))
    await wire.look()
    for line in (citizen, official):
        assert await line.closed() == 1000
        assert line.heard[-1] == {"type": "ended", "outcome": None}
    by_link = await wire.open({"link": link_token(town, booking)})
    await hello(by_link)
    assert (await by_link.hear("welcome"))["state"] == "waiting"


async def test_a_meeting_is_a_sign_of_life_of_both_sessions(wire: Wire, booking: Booking) -> None:
    citizen, official = await wire.begun(booking)
    wire.site.town.clock.set(wire.site.town.clock.now() + timedelta(minutes=6))
    await wire.look()
    await settle(citizen, official)
    [citizens], [officials] = rows(wire.site.context.db, SessionRow), rows(wire.site.context.db, StaffSessionRow)
    assert citizens.seen_at == officials.seen_at == wire.site.town.clock.now()


def end_without_a_word(wire: Wire, booking: Booking, outcome: Outcome) -> None:
    """The process dies in which the official's press was noted."""
    context = wire.site.context
    official = find_principal(context, STAFF, staff_token(wire.site.town))
    assert official is not None
    end_meeting(context, official, booking.reference, outcome)
