"""Who is invited is told to officials alone, and whoever is not invited any more is out."""

import json
from typing import Any

from dimoslive.db.tables.meeting import MeetingGuestRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.ports import Identity
from dimoslive.services.meeting.invite_guest import GuestInvite, invite_guest
from dimoslive.services.meeting.withdraw_guest import withdraw_guest
from tests.http.meeting.line import (
    Line,
    Wire,
    a_client_id,
    assert_refused,
    cut_off,
    hello,
    name_of,
    peers_known,
    settle,
    take_rights,
)
from tests.support.meeting import ANNA, PETROS, enter_official
from tests.support.world import on_the_day, rows

NAME, OTHER = "Μαρία Διερμηνέα", "Άννα Νοηματική"


def an_invitation(wire: Wire, booking: Booking, by: Identity = PETROS) -> GuestInvite:
    """Made by an official who is not in the room."""
    return invite_guest(wire.site.town.context, enter_official(wire.site.town, by), booking.reference, NAME)


async def come(wire: Wire, token: str, *, client_id: str = "", page: str = "") -> Line:
    """The guest has said hello."""
    line = await wire.open({"guest": token})
    await hello(line, client_id, page)
    return line


def listed(*guests: tuple[int, str]) -> dict[str, Any]:
    """How officials hear who is invited."""
    return {"type": "guests", "guests": [{"id": id_, "name": name} for id_, name in guests]}


async def test_officials_hear_who_is_invited_and_nobody_else(wire: Wire, booking: Booking) -> None:
    enter_official(wire.site.town, ANNA)
    citizen, official = await wire.begun(booking)
    second = await wire.official(booking, ANNA)
    assert await second.hear("guests") == listed()
    await official.say("invite", name=NAME)
    first = await official.hear("invited")
    for line in (official, second):
        assert await line.hear("guests") == listed((first["id"], NAME))
    guest = await come(wire, first["path"].partition("guest=")[2])
    await guest.hear("welcome")
    await second.say("invite", name=OTHER)
    other = await second.hear("invited")
    for line in (official, second):
        assert await line.hear("guests") == listed((first["id"], NAME), (other["id"], OTHER))
    await settle(citizen, official, second, guest)
    for line in (citizen, guest):
        assert "guests" not in line.kinds()
        assert OTHER not in json.dumps(line.heard, ensure_ascii=False)
    tokens = [invited["path"].partition("guest=")[2] for invited in (first, other)]
    for line, token in ((official, tokens[1]), (second, tokens[0])):
        assert token not in json.dumps(line.heard)


async def test_an_official_who_comes_back_hears_who_is_invited(wire: Wire, booking: Booking) -> None:
    client_id = a_client_id()
    official = await wire.official(booking, client_id=client_id)
    assert await official.hear("guests") == listed()
    await official.say("invite", name=NAME)
    invited = await official.hear("invited")
    official.cut()
    back = await wire.official(booking, client_id=client_id)
    assert await back.hear("guests") == listed((invited["id"], NAME))
    assert invited["path"] not in json.dumps(back.heard)


async def test_an_invitation_whose_answer_was_lost_is_seen_by_the_others(wire: Wire, booking: Booking) -> None:
    enter_official(wire.site.town, ANNA)
    official, second = await wire.official(booking), await wire.official(booking, ANNA)
    await second.hear("guests")
    await official.say("invite", name=NAME)
    official.cut()
    [guest] = (await second.hear("guests"))["guests"]
    assert guest["name"] == NAME


async def test_a_guest_who_is_in_is_out_at_once_and_the_others_see_it(wire: Wire, booking: Booking) -> None:
    invited = an_invitation(wire, booking)
    citizen, official = await wire.begun(booking)
    guest = await come(wire, invited.token)
    await guest.hear("welcome")
    await settle(citizen, official)
    await official.say("withdraw", guest=invited.id)
    await assert_refused(guest, "not_found")
    for line in (citizen, official):
        assert (await line.hear("peer_left"))["peer"] == name_of(guest)
    await settle(citizen, official)
    assert official.heard[-1]["type"] == "pong"
    assert [one for one in official.heard if one["type"] == "guests"][-1] == listed()
    assert peers_known(citizen) == {name_of(official): "ΝΙΚΟΣ ΔΗΜΟΥ"}
    await assert_refused(await wire.open({"guest": invited.token}), "not_found")


async def test_a_waiting_guest_is_out_and_does_not_go_in_with_the_citizen(wire: Wire, booking: Booking) -> None:
    invited = an_invitation(wire, booking)
    guest, official = await come(wire, invited.token), await wire.official(booking)
    await guest.hear("waiting")
    await official.hear("guests")
    await official.say("withdraw", guest=invited.id)
    await assert_refused(guest, "not_found")
    assert await official.hear("guests") == listed()
    await assert_refused(await wire.open({"guest": invited.token}), "not_found")


async def test_the_other_guest_stays(wire: Wire, booking: Booking) -> None:
    wrong, right = an_invitation(wire, booking), an_invitation(wire, booking, ANNA)
    _, official = await wire.begun(booking)
    leaving, staying = await come(wire, wrong.token), await come(wire, right.token)
    for line in (leaving, staying):
        await line.hear("welcome")
    await settle(staying, official)
    await official.say("withdraw", guest=wrong.id)
    await assert_refused(leaving, "not_found")
    assert (await staying.hear("peer_left"))["peer"] == name_of(leaving)
    await settle(staying, official)
    assert "refused" not in staying.kinds()
    assert name_of(staying) in peers_known(official)


async def test_a_socket_opened_before_the_withdrawal_does_not_come_in_after_it(wire: Wire, booking: Booking) -> None:
    invited = an_invitation(wire, booking)
    _, official = await wire.begun(booking)
    silent = await wire.open({"guest": invited.token})
    await silent.catch_up()
    await official.say("withdraw", guest=invited.id)
    await settle(official)
    await hello(silent)
    await assert_refused(silent, "not_found")
    assert NAME not in peers_known(official).values()


async def test_a_withdrawn_guest_who_was_cut_off_does_not_come_back_and_is_gone_for_the_others(
    wire: Wire, booking: Booking
) -> None:
    invited, client_id, page = an_invitation(wire, booking), a_client_id(), a_client_id()
    citizen, official = await wire.begun(booking)
    guest = await come(wire, invited.token, client_id=client_id, page=page)
    await guest.hear("welcome")
    await settle(citizen, official)
    guest.cut()
    await cut_off()
    await official.say("withdraw", guest=invited.id)
    await official.hear("guests")
    await assert_refused(await wire.open({"guest": invited.token}), "not_found")
    await wire.departures()
    assert (await citizen.hear("peer_left"))["peer"] == name_of(guest)


async def test_a_guest_is_looked_after_even_where_the_room_was_not_told(wire: Wire, booking: Booking) -> None:
    invited = an_invitation(wire, booking)
    await wire.begun(booking)
    guest = await come(wire, invited.token)
    await guest.hear("welcome")
    withdraw_guest(wire.site.town.context, enter_official(wire.site.town, ANNA), booking.reference, invited.id)
    await wire.look()
    await assert_refused(guest, "not_found")


async def test_the_place_is_free_for_another(wire: Wire, booking: Booking) -> None:
    official = await wire.official(booking)
    made = []
    for _ in range(2):
        await official.say("invite", name=NAME)
        made.append((await official.hear("invited"))["id"])
    await official.say("invite", name=OTHER)
    await official.hear("problem")
    await official.say("withdraw", guest=made[0])
    await official.say("invite", name=OTHER)
    invited = await official.hear("invited")
    assert invited["name"] == OTHER
    guest = await come(wire, invited["path"].partition("guest=")[2])
    assert (await guest.hear("welcome"))["role"] == "guest"


async def test_what_names_nobody_withdraws_nobody(wire: Wire, booking: Booking) -> None:
    town = wire.site.town
    town.clock.set(on_the_day("00:30"))
    elsewhere = town.a_booking("09:20", by=town.citizen())
    town.clock.set(on_the_day("09:12"))
    invited = an_invitation(wire, booking)
    # One more at another meeting: its number is not this official's to use here.
    other = invite_guest(town.context, enter_official(town, ANNA), elsewhere.reference, NAME)
    official = await wire.official(booking)
    await official.hear("guests")
    wrongs: list[Any] = [None, True, str(invited.id), float(invited.id), [invited.id], {"id": invited.id}]
    for wrong in wrongs:
        await official.say("withdraw", guest=wrong)
    await official.say("withdraw")
    assert "guests" not in {message["type"] for message in await official.catch_up()}
    for number in (0, -1, 2**31, 10**30, other.id):
        await official.say("withdraw", guest=number)
        assert await official.hear("guests") == listed((invited.id, NAME))
    assert {row.id for row in rows(town.context.db, MeetingGuestRow)} == {invited.id, other.id}


async def test_who_may_act_no_more_withdraws_nobody(wire: Wire, booking: Booking) -> None:
    invited = an_invitation(wire, booking)
    official = await wire.official(booking)
    await official.hear("guests")
    take_rights(wire.site.town)
    await official.say("withdraw", guest=invited.id)
    await assert_refused(official, "not_signed_in")
    assert len(rows(wire.site.town.context.db, MeetingGuestRow)) == 1


async def test_a_citizen_withdraws_nobody(wire: Wire, booking: Booking) -> None:
    invited = an_invitation(wire, booking)
    citizen, _ = await wire.begun(booking)
    await citizen.say("withdraw", guest=invited.id)
    await settle(citizen)
    assert len(rows(wire.site.town.context.db, MeetingGuestRow)) == 1
