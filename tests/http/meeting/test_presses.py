"""What an official does in a meeting, and nobody else."""

import json
from typing import Any

from sqlalchemy import delete
from sqlmodel import col

from dimoslive.db.engine import transaction
from dimoslive.db.tables.official import OfficialRightRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.meeting.meeting import Outcome
from dimoslive.http.meeting.socket import LOOK_EVERY, TICK_EVERY
from dimoslive.services.identity.auth_realm import STAFF
from dimoslive.services.identity.sessions import find_principal
from dimoslive.services.meeting.end_meeting import end_meeting
from tests.http.meeting.line import Wire, assert_refused, hello, take_rights
from tests.support.meeting import ANNA, enter_official, meeting, staff_token
from tests.support.world import Town, on_the_day


async def test_presses_are_ignored_from_a_citizen(wire: Wire, booking: Booking) -> None:
    citizen = await wire.citizen(booking)
    await citizen.hear("waiting")
    presses: list[tuple[str, dict[str, Any]]] = [
        ("admit", {}),
        ("ask_document", {"is_on": True}),
        ("identity", {"document": "passport"}),
        ("phone", {}),
        ("end", {"outcome": "served"}),
    ]
    for kind, what in presses:
        await citizen.say(kind, **what)
    assert await citizen.catch_up() == []
    row = meeting(wire.site.town, booking)
    assert (row.admitted_at, row.identity_at, row.phone_at, row.ended_at) == (None, None, None, None)


async def test_presses_ask_for_a_document(wire: Wire, booking: Booking) -> None:
    citizen, official = await wire.begun(booking)
    for is_on in (True, False):
        await official.say("ask_document", is_on=is_on)
        assert await citizen.hear("ask_document") == {"type": "ask_document", "is_on": is_on}
    assert "ask_document" not in {m["type"] for m in await official.catch_up()}


async def test_presses_record_the_kind_of_document(wire: Wire, booking: Booking) -> None:
    citizen, official = await wire.begun(booking)
    wrongs: list[Any] = ["AB 123456", None, ["passport"], {"a": 1}, 7]
    for wrong in wrongs:
        await official.say("identity", document=wrong)
    await official.say("identity", document="passport", number="AB 123456")
    assert await official.hear("identity") == {"type": "identity", "document": "passport"}
    assert await citizen.catch_up() == []
    row = meeting(wire.site.town, booking)
    assert row.identity_document == "passport"
    assert "123456" not in str(row.model_dump())


async def test_an_official_who_comes_later_hears_of_the_document_that_was_shown(wire: Wire, booking: Booking) -> None:
    enter_official(wire.site.town, ANNA)
    citizen, official = await wire.begun(booking)
    await official.say("identity", document="passport")
    await official.hear("identity")
    second = await wire.official(booking, ANNA)
    assert await second.hear("identity") == {"type": "identity", "document": "passport"}
    await citizen.catch_up()
    assert "identity" not in citizen.kinds()


async def test_presses_ask_for_the_telephone_number_which_only_the_official_hears(wire: Wire, booking: Booking) -> None:
    enter_official(wire.site.town, ANNA)
    citizen, official = await wire.begun(booking)
    second = await wire.official(booking, ANNA)
    await second.hear("welcome")
    await official.say("phone")
    number = {"type": "phone", "number": "+306912345678", "shown": "691 234 5678"}
    assert await official.hear("phone") == number
    assert await citizen.hear("phone") == {"type": "phone"}
    await second.catch_up()
    assert "phone" not in second.kinds()
    assert meeting(wire.site.town, booking).phone_at == wire.site.town.clock.now()


async def test_presses_end_the_meeting_for_all(wire: Wire, booking: Booking) -> None:
    enter_official(wire.site.town, ANNA)
    citizen, official = await wire.begun(booking)
    second = await wire.official(booking, ANNA)
    await second.hear("welcome")
    wrongs: list[Any] = ["won", None, [], {"served": 1}]
    for wrong in wrongs:
        await official.say("end", outcome=wrong)
    await official.say("end", outcome="not_identified")
    for line, outcome in ((official, "not_identified"), (second, "not_identified"), (citizen, None)):
        assert await line.hear("ended") == {"type": "ended", "outcome": outcome}
        assert await line.closed() == 1000
    assert "not_identified" not in json.dumps(citizen.heard)
    assert wire.site.town.row(booking).status == BookingStatus.NOT_SERVED
    await assert_refused(await wire.citizen(booking), "meeting_over")


async def test_presses_on_a_meeting_ended_elsewhere_are_a_problem(wire: Wire, booking: Booking) -> None:
    town = wire.site.town
    citizen, official = await wire.begun(booking)
    end_meeting(town.context, enter_official(town, ANNA), booking.reference, Outcome.SERVED)
    await official.say("end", outcome="served")
    assert await official.hear("problem") == {"type": "problem", "code": "meeting_over"}
    assert await citizen.catch_up() == []


async def test_presses_count_with_the_rights_of_the_moment(wire: Wire, booking: Booking) -> None:
    town = wire.site.town
    citizen, official = await wire.begun(booking)
    take_rights(town)
    await official.say("phone")
    await assert_refused(official, "not_signed_in")
    assert meeting(town, booking).phone_at is None
    assert (await citizen.hear("welcome"))["state"] == "waiting"
    assert "phone" not in citizen.kinds()


async def test_rights_taken_away_close_the_socket(wire: Wire, booking: Booking) -> None:
    _, official = await wire.begun(booking)
    take_rights(wire.site.town)
    await wire.look()
    await assert_refused(official, "not_signed_in")


async def test_rights_taken_away_end_within_five_seconds_and_the_citizen_waits_again(
    wire: Wire, booking: Booking
) -> None:
    citizen, official = await wire.begun(booking)
    take_rights(wire.site.town)
    # Only a tick: what the database says is looked up as seldom as ever.
    assert TICK_EVERY < 5 < LOOK_EVERY
    await wire.tick(TICK_EVERY)
    await assert_refused(official, "not_signed_in")
    welcome = await citizen.hear("welcome")
    assert (welcome["state"], welcome["peers"]) == ("waiting", [])
    row = meeting(wire.site.town, booking)
    assert (row.admitted_at, row.room, row.is_confirmed) == (None, "", True)
    assert wire.site.town.row(booking).status == BookingStatus.WAITING
    assert "ended" not in [message["type"] for message in await citizen.catch_up()]


async def test_a_citizen_goes_on_with_the_official_who_still_may(wire: Wire, booking: Booking) -> None:
    town = wire.site.town
    citizen, official = await wire.begun(booking)
    anna = enter_official(town, ANNA)
    second = await wire.official(booking, ANNA)
    await second.hear("welcome")
    with transaction(town.context.db) as tx:
        tx.execute(delete(OfficialRightRow).where(col(OfficialRightRow.official_id) != anna.id))
    await wire.tick()
    await assert_refused(official, "not_signed_in")
    await citizen.hear("peer_left")
    assert town.row(booking).status == BookingStatus.IN_SERVICE
    assert "ended" not in citizen.kinds()


async def test_rights_taken_away_long_before_the_hello_count_at_the_hello(wire: Wire, booking: Booking) -> None:
    citizen, _ = await wire.begun(booking)
    enter_official(wire.site.town, ANNA)
    query = {"reference": booking.reference, "as": "official"}
    second = await wire.open(query, staff=staff_token(wire.site.town, ANNA))
    await second.catch_up()
    take_rights(wire.site.town)
    await wire.tick(LOOK_EVERY + 1)
    await hello(second)
    await assert_refused(second, "not_signed_in")
    assert second.kinds() == ["pong", "refused"]
    assert "peer_joined" not in [message["type"] for message in await citizen.catch_up()]


async def test_a_staff_session_that_runs_out_closes_the_socket(wire: Wire, town: Town) -> None:
    enter_official(town)
    booking = town.a_booking("14:30")
    town.clock.set(on_the_day("03:00"))
    token = staff_token(town)
    for sign_of_life in ("06:50", "10:40", "14:25"):
        town.clock.set(on_the_day(sign_of_life))
        assert find_principal(town.context, STAFF, token)
    official = await wire.open({"reference": booking.reference, "as": "official"}, staff=token)
    await hello(official)
    await official.hear("waiting_room")
    town.clock.set(on_the_day("15:00"))
    await wire.look()
    await assert_refused(official, "not_signed_in")
