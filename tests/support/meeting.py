"""Who comes to a teleconference: citizens with a cookie or a mail's link, officials, and a provider of rooms."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest

from dimoslive.crypto import new_token, token_hash
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.meetings import meeting_of
from dimoslive.db.tables.booking import BookingLinkRow, BookingRow
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.citizen import SessionRow
from dimoslive.db.tables.meeting import MeetingRow
from dimoslive.db.tables.official import OfficialRightRow, OfficialRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.errors import DomainError, VideoUnavailable
from dimoslive.domain.people.duties import DUTIES_VERSION
from dimoslive.domain.people.personal_data import Afm
from dimoslive.domain.people.principals import Citizen, Official, StaffRight
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.i18n.declarations import declaration_of
from dimoslive.ports import Identity, JoinLink, RoomParticipant
from dimoslive.services.booking.confirm_booking import confirm_booking
from dimoslive.services.draft.give_details import give_details
from dimoslive.services.identity.auth_realm import STAFF
from dimoslive.services.identity.sessions import open_session
from dimoslive.services.meeting.find_participant import JoinRequest, Participant, find_participant
from dimoslive.services.meeting.note_presence import Queue, note_presence
from tests.support.world import Town, a_municipality, confirmation, on_the_day, typed

Rooms = TypeVar("Rooms", bound="ProviderRooms")

NIKOS = Identity(Afm("123456783"), "ΝΙΚΟΣ", "ΔΗΜΟΥ")
ANNA = Identity(Afm("141414148"), "ΑΝΝΑ", "ΛΟΓΟΘΕΤΗ")
PETROS = Identity(Afm("111111114"), "ΠΕΤΡΟΣ", "ΜΑΚΡΗΣ")
ZOE = Identity(Afm("222222222"), "ΖΩΗ", "ΑΡΓΥΡΟΥ")


def enter_official(town: Town, identity: Identity = NIKOS, *, of: MunicipalityRow | None = None) -> Official:
    """A municipality puts somebody on its list of officials."""
    municipality = of or town.municipality
    with transaction(town.context.db) as tx:
        official = OfficialRow(
            afm_hash=town.context.seal.afm_hash(identity.afm),
            first_name="",
            last_name="",
            duties_version=DUTIES_VERSION,
            duties_at=town.clock.now(),
        )
        tx.add(official)
        tx.flush()
        tx.add(OfficialRightRow(official_id=official.id or 0, municipality_id=municipality.id))
        tx.flush()
        return Official(
            official.id or 0, identity.first_name, identity.last_name, frozenset({StaffRight(municipality.id)})
        )


def enter_foreign_official(town: Town) -> Official:
    """An official of another municipality."""
    with transaction(town.context.db) as tx:
        elsewhere = a_municipality(tx, "Δράμας", slug="drama")
    return enter_official(town, ZOE, of=elsewhere)


def staff_token(town: Town, identity: Identity = NIKOS) -> str:
    """The cookie of an official who has signed in."""
    return open_session(town.context, STAFF, identity, "")


def session_token(town: Town, citizen: Citizen | None = None, **words: Any) -> str:
    """The cookie of a citizen who has signed in; Eleni's by default."""
    token, now = new_token(), town.clock.now()
    with transaction(town.context.db) as tx:
        tx.add(
            SessionRow(
                token_hash=token_hash(token),
                citizen_id=(citizen or town.eleni).id,
                created_at=now,
                seen_at=now,
                expires_at=now + timedelta(hours=12),
                **words,
            )
        )
    return token


def frame_token(town: Town, citizen: Citizen | None = None, municipality_id: int = 0) -> str:
    """The cookie of a frame in another site, for the town unless another municipality is named."""
    return session_token(town, citizen, kind="frame", municipality_id=municipality_id or town.municipality.id)


def link_token(town: Town, booking: Booking) -> str:
    """The link as the booking's mail carries it."""
    token = new_token()
    with transaction(town.context.db) as tx:
        tx.add(BookingLinkRow(token_hash=token_hash(token), booking_id=booking.id, created_at=town.clock.now()))
    return token


def a_meeting(town: Town, wall: str = "09:10", *, now: str = "09:05") -> Booking:
    """Eleni's teleconference; it is five minutes before."""
    booking = town.a_booking(wall)
    town.clock.set(on_the_day(now))
    return booking


def a_meeting_for(town: Town, name: str, served: str = "other") -> Booking:
    """Eleni books for somebody whose name she types; it is five minutes before."""
    hold = town.hold("09:10")
    give_details(town.context, town.eleni, typed(served_person=served, person_name=name))
    booking = confirm_booking(town.context, town.eleni, confirmation(hold))
    town.clock.set(on_the_day("09:05"))
    return booking


def without_video(town: Town, wall: str, *, by: Citizen | None = None, mode: Mode = Mode.IN_PERSON) -> Booking:
    """A booking that is no teleconference."""
    hold = town.hold(wall, by=by, mode=mode.value)
    return town.confirm(hold, by=by, declaration=declaration_of(mode, "el"))


def a_participant(town: Town, booking: Booking, *, by: Citizen | None = None) -> Participant:
    """The citizen who asks to join, signed in."""
    return find_participant(
        town.context, JoinRequest(reference=booking.reference, session_token=session_token(town, by))
    )


def wait(town: Town, booking: Booking, *, by: Citizen | None = None) -> Queue:
    """The citizen is in the waiting room."""
    queue = note_presence(town.context, a_participant(town, booking, by=by))
    assert queue is not None
    return queue


def meeting(town: Town, booking: Booking) -> MeetingRow:
    """What the database has of the meeting."""
    with reading(town.context.db) as tx:
        return meeting_of(tx, tx.get_one(BookingRow, booking.id))


async def refused(
    refusal: type[DomainError], press: Callable[..., Any], town: Town, official: Official, booking: Any, *more: Any
) -> None:
    """The press is refused in this way."""

    async def pressed() -> None:
        done = press(town.context, official, booking.reference, *more)
        if asyncio.iscoroutine(done):
            await done

    with pytest.raises(refusal):
        await pressed()


class ProviderRooms:
    """`VideoRooms` of a provider that fails first, as often as told, and remembers what it was asked."""

    def __init__(self, *, failures: int = 0) -> None:
        self.failures = failures
        self.subjects: list[tuple[str, str]] = []
        self.open: set[str] = set()

    async def open_room(self, booking_reference: str, subject: str, period: Period) -> str:  # noqa: ARG002  # the port's
        """A new room."""
        if self.failures:
            self.failures -= 1
            raise VideoUnavailable()
        self.subjects.append((booking_reference, subject))
        room = f"room-{len(self.subjects)}"
        self.open.add(room)
        return room

    def join_link(self, room: str, participant: RoomParticipant, closes_at: datetime, now: datetime) -> JoinLink:  # noqa: ARG002  # the port's
        """A link that says whose it is."""
        return JoinLink("jitsi", f"https://rooms.example/{room}?{'official' if participant.is_official else 'citizen'}")

    async def close_room(self, room: str) -> None:
        """Nobody goes in any more."""
        self.open.discard(room)


def with_provider(town: Town, rooms: Rooms) -> Rooms:
    """The town's meetings take place elsewhere."""
    town.context = replace(town.context, video={**town.context.video, "jitsi": rooms}, default_video="jitsi")
    return rooms


class SlowRooms(ProviderRooms):
    """A provider that answers when it is told."""

    def __init__(self, *, failures: int = 0) -> None:
        super().__init__(failures=failures)
        self.was_asked, self.may_answer = asyncio.Event(), asyncio.Event()

    async def open_room(self, booking_reference: str, subject: str, period: Period) -> str:
        self.was_asked.set()
        await self.may_answer.wait()
        return await super().open_room(booking_reference, subject, period)
