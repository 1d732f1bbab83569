"""An admission, and what was seen, count for whoever shows at least what was shown then; all others wait again."""

from dataclasses import replace
from pathlib import Path

from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.integrations.bus.local import LocalRoomBus
from tests.http.meeting.line import (
    OFFER,
    Line,
    Message,
    Wire,
    a_client_id,
    hello,
    name_of,
    of,
    peers_known,
    serving,
    settle,
)
from tests.http.site import Site, development
from tests.support.meeting import ANNA, ProviderRooms, a_meeting_for, enter_official, link_token, meeting, with_provider
from tests.support.world import Town


async def by_link(wire: Wire, booking: Booking, *, client_id: str = "", page: str = "") -> Line:
    """Whoever has the mail's link alone takes the place."""
    line = await wire.open({"link": link_token(wire.site.town, booking)})
    await hello(line, client_id, page, take_over=True)
    return line


async def identified(wire: Wire, booking: Booking, *, client_id: str = "", page: str = "") -> tuple[Line, Line]:
    """A confirmed citizen, admitted, whose passport was seen."""
    citizen, official = await wire.begun(booking, client_id=client_id, page=page)
    await official.say("identity", document="passport")
    await official.hear("identity")
    return citizen, official


async def test_a_weaker_proof_that_takes_the_place_waits_and_nothing_seen_is_carried_over(
    wire: Wire, booking: Booking
) -> None:
    _, official = await identified(wire, booking)
    thief = await by_link(wire, booking)

    welcome = await thief.hear("welcome")
    assert (welcome["state"], welcome["peers"]) == ("waiting", [])
    again = await official.hear("welcome")
    assert (again["state"], again["peers"]) == ("waiting", [])
    assert told_of_waiting(await official.hear("waiting_room")) == (True, False, True)
    row = meeting(wire.site.town, booking)
    assert (row.admitted_at, row.admitted_by, row.room) == (None, None, "")
    assert (row.identity_document, row.identity_at, row.is_confirmed) == ("", None, False)
    assert wire.site.town.row(booking).status == BookingStatus.WAITING
    # What the browsers still say to each other goes nowhere.
    await official.say("signal", to=name_of(thief), data=OFFER)
    await thief.say("signal", to=name_of(official), data=OFFER)
    await settle(thief, official)
    assert not of(thief, "signal") + of(official, "signal") + of(thief, "admitted")


async def test_who_was_sent_back_is_admitted_and_identified_anew(wire: Wire, booking: Booking) -> None:
    _, official = await identified(wire, booking)
    thief = await by_link(wire, booking)
    await thief.hear("waiting")
    await official.hear("waiting_room")
    await official.say("admit")
    await thief.hear("admitted")
    await settle(thief, official)
    assert of(official, "admitted")[-1]["join_link"] is None
    row = meeting(wire.site.town, booking)
    assert (row.is_confirmed, row.identity_document, row.sent_back_at) == (False, "", None)
    second = await by_link(wire, booking)
    assert (await second.hear("welcome"))["state"] == "admitted"


async def test_a_weaker_proof_waits_also_where_the_place_is_empty(wire: Wire, booking: Booking) -> None:
    citizen, official = await identified(wire, booking)
    await citizen.say("bye")
    await official.hear("peer_left")
    late = await by_link(wire, booking)
    assert (await late.hear("welcome"))["state"] == "waiting"


async def test_the_same_tab_with_the_link_alone_is_no_longer_who_was_admitted(wire: Wire, booking: Booking) -> None:
    client_id, page = a_client_id(), a_client_id()
    citizen, _ = await identified(wire, booking, client_id=client_id, page=page)
    citizen.cut()
    back = await by_link(wire, booking, client_id=client_id, page=page)
    assert (await back.hear("welcome"))["state"] == "waiting"


async def test_a_stronger_proof_goes_on_and_the_weaker_does_not_come_back(wire: Wire, booking: Booking) -> None:
    weak, official = await by_link(wire, booking), await wire.official(booking)
    await official.hear("waiting_room")
    await weak.hear("waiting")
    await official.say("admit")
    await weak.hear("admitted")
    strong = await wire.citizen(booking, take_over=True)
    assert (await strong.hear("welcome"))["state"] == "admitted"
    assert meeting(wire.site.town, booking).is_confirmed
    weak = await by_link(wire, booking)
    assert (await weak.hear("welcome"))["state"] == "waiting"


async def test_an_official_who_comes_later_hears_that_somebody_was_sent_back(wire: Wire, booking: Booking) -> None:
    enter_official(wire.site.town, ANNA)
    await identified(wire, booking)
    thief = await by_link(wire, booking)
    await thief.hear("waiting")
    anna = await wire.official(booking, ANNA)
    assert told_of_waiting(await anna.hear("waiting_room")) == (True, False, True)
    assert not of(anna, "identity")


async def test_of_the_confirmed_one_who_comes_back_nobody_is_warned(wire: Wire, booking: Booking) -> None:
    _, official = await identified(wire, booking)
    thief = await by_link(wire, booking)
    await thief.hear("waiting")
    strong = await wire.citizen(booking, take_over=True)
    assert (await strong.hear("welcome"))["state"] == "waiting"
    await strong.hear("waiting")
    await settle(official)
    assert told_of_waiting(of(official, "waiting_room")[-1]) == (True, True, False)


async def test_guests_wait_again_with_whoever_was_sent_back(wire: Wire, booking: Booking) -> None:
    _, official = await identified(wire, booking)
    await official.say("invite", name="Ζωή")
    path = (await official.hear("invited"))["path"]
    guest = await wire.open({"guest": path.partition("guest=")[2]})
    await hello(guest)
    assert (await guest.hear("welcome"))["state"] == "admitted"
    await by_link(wire, booking)
    assert (await guest.hear("welcome"))["state"] == "waiting"


class Forgetful(LocalRoomBus):
    """A room in which one word is lost."""

    async def publish(self, room: str, message: Message) -> None:
        if message["event"] != "sent_back":
            await super().publish(room, message)


async def test_who_missed_the_word_of_the_sending_back_finds_it_out(
    town: Town, booking: Booking, tmp_path: Path
) -> None:
    town.context = replace(town.context, room_bus=Forgetful())
    async with serving(Site(town, development(tmp_path))) as wire:
        _, official = await identified(wire, booking)
        thief = await by_link(wire, booking)
        await thief.hear("waiting")
        await settle(official)
        assert [welcome["state"] for welcome in of(official, "welcome")] == ["waiting"]
        await wire.look()
        assert (await official.hear("welcome"))["state"] == "waiting"


async def test_another_providers_room_is_left_with_those_who_were_in_it(
    town: Town, tmp_path: Path, booking: Booking
) -> None:
    with_provider(town, ProviderRooms())
    async with serving(Site(town, development(tmp_path))) as wire:
        _, official = await identified(wire, booking)
        thief = await by_link(wire, booking)
        await thief.hear("waiting")
        await official.hear("waiting_room")
        await official.say("admit")
        assert (await thief.hear("admitted"))["join_link"]["url"] == "https://rooms.example/room-2?citizen"


async def test_a_typed_name_is_told_to_nobody_as_that_of_somebody_present(wire: Wire, town: Town) -> None:
    nikos = enter_official(town)
    booking = a_meeting_for(town, nikos.full_name)
    citizen, official = await wire.begun(booking)
    assert peers_known(official) == {name_of(citizen): town.eleni.full_name}


def told_of_waiting(news: Message) -> tuple[bool, bool, bool]:
    """Whether the citizen is there, is confirmed, and was sent back."""
    return news["is_present"], news["is_confirmed"], news["is_sent_back"]
