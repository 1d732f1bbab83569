"""Laws: whatever officials and citizens press in whatever order, no claim is lost and none is doubled."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dimoslive.db.engine import make_engine
from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.draft import Hold
from dimoslive.domain.desk.presses import Press
from dimoslive.domain.errors import DomainError
from dimoslive.domain.people.principals import Citizen, Official
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.catalogue.find_slots import find_slots
from dimoslive.services.desk.book_for_person import book_for_person
from dimoslive.services.desk.hand_over import hand_over
from dimoslive.services.desk.press_booking import SeenBooking, press_booking
from dimoslive.services.desk.take_place import WantedPlace
from tests.support.arranging import a_new_booking, desks_of, free_hand, move_at_desk, seen
from tests.support.builders import TUESDAY
from tests.support.database import Databases
from tests.support.meeting import enter_official, without_video
from tests.support.world import Town, a_town, assert_nothing_booked_twice, on_the_day, rows

WALLS = ("09:00", "09:05", "09:10", "09:20", "08:00")
PRESSES = (Press.ARRIVED, Press.START, Press.SERVED)
REASON = "Έκτακτη ανάγκη"


@dataclass(frozen=True)
class Act:
    """One press of somebody: what, which booking, where to."""

    what: str
    which: int
    wall: str
    desk: int
    minutes: int


ACTS = st.builds(
    Act,
    what=st.sampled_from(
        ["book", "move", "hand_over", "cancel", "press", "citizen", "citizen_moves", "citizen_confirms"]
    ),
    which=st.integers(0, 5),
    wall=st.sampled_from(WALLS),
    desk=st.integers(0, 1),
    minutes=st.sampled_from([0, 5, 20]),
)


@dataclass
class Office:
    """A town with two desks, and all that was booked there."""

    town: Town
    official: Official
    bookings: list[Booking] = field(default_factory=list)
    citizens: dict[str, Citizen] = field(default_factory=dict)
    holds: list[tuple[Hold, Citizen]] = field(default_factory=list)

    def do(self, act: Act) -> None:
        """One press; a refusal is as good as a success."""
        acts: dict[str, Callable[[Act], None]] = {
            "book": self._book,
            "citizen": self._citizen,
            "citizen_confirms": self._citizen_confirms,
        }
        try:
            if act.what in acts:
                acts[act.what](act)
            elif self.bookings:
                self._change(act, self.bookings[act.which % len(self.bookings)])
        except DomainError:
            pass

    def _book(self, act: Act) -> None:
        new = a_new_booking(self.town, self._place(act), books_again=True)
        self.bookings.append(book_for_person(self.town.context, self.official, new))

    def _citizen(self, act: Act) -> None:
        citizen = self.town.citizen()
        booking = without_video(self.town, act.wall, by=citizen)
        self.bookings.append(booking)
        self.citizens[booking.reference] = citizen

    def _citizen_confirms(self, act: Act) -> None:
        if self.holds:
            hold, citizen = self.holds[act.which % len(self.holds)]
            self.town.confirm(hold, by=citizen)

    def _change(self, act: Act, booking: Booking) -> None:
        town, citizen = self.town, self.citizens.get(booking.reference)
        match act.what:
            case "move":
                move_at_desk(town, self.official, booking, self._place(act))
            case "hand_over":
                hand_over(town.context, self.official, seen(town, booking), desks_of(town)[act.desk], REASON)
            case "press":
                now = SeenBooking(booking.reference, seen(town, booking).status)
                press_booking(town.context, self.official, PRESSES[act.which % 3], now)
            case "cancel" if citizen:
                cancel_booking(town.context, citizen, booking.reference)
            case "citizen_moves" if citizen:
                self.holds.append((town.hold_move(booking, act.wall, by=citizen), citizen))

    def _place(self, act: Act) -> WantedPlace:
        return free_hand(
            self.town,
            act.wall,
            desk_id=desks_of(self.town)[act.desk],
            duration_minutes=act.minutes,
            hours_reason=REASON,
            capacity_reason=REASON,
        )


def _obey(databases: Databases, acts: list[Act]) -> None:
    url = databases.migrated()
    engine = make_engine(url)
    try:
        town = a_town(engine, desks=2, step_minutes=5, duration_minutes=10, move_until_minutes=0, notice_working_days=0)
        town.clock.set(on_the_day("06:00"))
        office = Office(town, enter_official(town))
        for act in acts:
            office.do(act)
            assert_nothing_booked_twice(engine)
        _assert_no_lane_is_offered(town)
    finally:
        engine.dispose()
        databases.drop(url)


def _assert_no_lane_is_offered(town: Town) -> None:
    lanes = [desk.id for desk in rows(town.context.db, DeskRow) if desk.overflow_of]
    slots = find_slots(town.context, town.service.id or 0, Mode.VIDEO, first=TUESDAY, last=TUESDAY).slots
    assert {desk for slot in slots for desk in slot.desk_ids}.isdisjoint(lanes)
    assert len(lanes) <= 4


@given(acts=st.lists(ACTS, min_size=3, max_size=14))
@settings(max_examples=40, deadline=None)
def test_no_claim_is_lost_or_doubled(sqlite_files: Databases, acts: list[Act]) -> None:
    _obey(sqlite_files, acts)


@pytest.mark.slow
@given(acts=st.lists(ACTS, min_size=6, max_size=14))
@settings(max_examples=10, deadline=None)
def test_nor_on_the_server(postgresql_server: Databases, acts: list[Act]) -> None:
    _obey(postgresql_server, acts)
