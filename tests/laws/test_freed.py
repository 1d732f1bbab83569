"""What holds of times that are given back, whatever happens: every tick ends free or claimed, and none is lost."""

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import OPEN, BookingStatus
from dimoslive.domain.errors import DomainError
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.desk.cancel_by_municipality import cancel_by_municipality
from dimoslive.services.desk.press_booking import Pressed
from dimoslive.services.desk.undo_press import undo_press
from dimoslive.services.freed.free_now import free_now
from dimoslive.services.upkeep.expire_holds import expire_holds
from tests.support.arranging import at_desk, book_at_desk, move_at_desk
from tests.support.database import Databases, databases, postgresql_server, sqlite_files
from tests.support.desk import seen
from tests.support.meeting import enter_official
from tests.support.world import Town, a_town, assert_nothing_booked_twice, rows

__all__ = ["databases", "postgresql_server", "sqlite_files"]

WALLS = ("09:00", "09:10", "09:20", "09:30")
steps = st.one_of(
    st.tuples(st.sampled_from(["book", "take"]), st.sampled_from(WALLS)),
    st.tuples(st.sampled_from(["move", "move_at_desk"]), st.integers(0, 3), st.sampled_from(WALLS)),
    st.tuples(st.sampled_from(["cancel", "cancel_at_desk"]), st.integers(0, 3)),
    st.sampled_from([("undo",), ("free",), ("wait",), ("expire",)]),
)


class Run:
    """A desk, and all that is done at it. Times overlap: a booking lasts 20 minutes and may start every 10."""

    def __init__(self, town: Town) -> None:
        self.town, self.official = town, enter_official(town)
        self.bookings: list[Booking] = []
        self.pressed: Pressed | None = None

    def do(self, step: tuple[object, ...]) -> None:
        with suppress(DomainError, IndexError):
            getattr(self, str(step[0]))(*step[1:])

    def book(self, wall: str) -> None:
        self.bookings.append(self.town.a_booking(wall, by=self.town.citizen()))

    def take(self, wall: str) -> None:
        self.bookings.append(book_at_desk(self.town, self.official, wall))

    def move(self, which: int, wall: str) -> None:
        booking = self.bookings[which]
        if booking.citizen_id:
            self.town.move(booking, wall, by=self.town.as_citizen(booking))

    def move_at_desk(self, which: int, wall: str) -> None:
        move_at_desk(self.town, self.official, self.bookings[which], at_desk(self.town, wall))

    def cancel(self, which: int) -> None:
        booking = self.bookings[which]
        if booking.citizen_id:
            cancel_booking(self.town.context, self.town.as_citizen(booking), booking.reference)

    def cancel_at_desk(self, which: int) -> None:
        booking = seen(self.town, self.bookings[which])
        self.pressed = cancel_by_municipality(
            self.town.context, self.official, booking, "Το ζήτησε", at_citizens_wish=True
        )

    def undo(self) -> None:
        if self.pressed:
            undo_press(self.town.context, self.official, self.pressed.reference, self.pressed.event_id)

    def free(self) -> None:
        for row in rows(self.town.context.db, BookingRow):
            if row.status == BookingStatus.HELD and row.citizen_id is None:
                free_now(self.town.context, self.official, row.reference)

    def wait(self) -> None:
        self.town.clock.advance(minutes=12)

    def expire(self) -> None:
        expire_holds(self.town.context)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(st.sampled_from(WALLS), min_size=1, max_size=2, unique=True), after=st.lists(steps, max_size=8))
def test_every_freed_tick_ends_free_or_claimed(
    databases: Databases, made: list[str], after: list[tuple[object, ...]]
) -> None:
    town = a_town(databases.renewed(), duration_minutes=20, step_minutes=10)
    run = Run(town)
    for wall in made:
        run.do(("book", wall))
    for step in after:
        run.do(step)
        assert_nothing_booked_twice(town.context.db)
    town.wait_for_freed()
    expire_holds(town.context)
    stand = {
        (row.desk_id, tick, row.id)
        for row in rows(town.context.db, BookingRow)
        if row.status in {status.value for status in OPEN}
        for tick in range(row.first_tick, row.end_tick)
    }
    assert {(claim.desk_id, claim.tick, claim.booking_id) for claim in rows(town.context.db, ClaimRow)} == stand
