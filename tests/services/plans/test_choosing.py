"""«Επιλέγει ο πολίτης»: the citizen is asked for another time, and has until a day before to answer."""

import pytest

from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import NotPossibleNow
from dimoslive.domain.plans.proposals import Decision
from dimoslive.domain.plans.statuses import ItemState, PlanState
from dimoslive.services.plans.decide_item import decide_item
from dimoslive.services.plans.undo_plan import undo_plan
from tests.support.planning import TUESDAY, Afternoon, an_afternoon, keeps_its_claims, mails
from tests.support.world import Town


@pytest.fixture
def there(town: Town) -> Afternoon:
    return an_afternoon(town)


def asked(there: Afternoon) -> tuple[Booking, int]:
    """A citizen with an account, of whom another time is asked; all others as proposed."""
    booking = there.town.a_booking(f"{TUESDAY} 13:00")
    plan_id = there.preview()
    choose(there, plan_id, booking)
    there.apply(plan_id)
    there.work()
    return booking, plan_id


def choose(there: Afternoon, plan_id: int, booking: Booking) -> None:
    [item] = [one for one in there.plan(plan_id).items if one.booking.reference == booking.reference]
    decide_item(there.town.context, there.admin, there.municipality_id, plan_id, item.id, Decision.CHOOSE)


def state_of(there: Afternoon, plan_id: int, booking: Booking) -> ItemState:
    return next(one.state for one in there.plan(plan_id).items if one.booking.reference == booking.reference)


def test_whoever_is_asked_keeps_the_time_and_moves_it(there: Afternoon) -> None:
    booking, plan_id = asked(there)
    assert there.town.row(booking).starts_at == booking.period.starts_at
    assert state_of(there, plan_id, booking) is ItemState.ASKED
    there.wait(minutes=10)
    there.town.move(booking, "2026-12-02 09:00")
    there.work()
    assert state_of(there, plan_id, booking) is ItemState.SKIPPED
    keeps_its_claims(there.town)


def test_whoever_does_not_answer_is_cancelled_a_day_before(there: Afternoon) -> None:
    booking, plan_id = asked(there)
    there.wait(days=5, hours=23)
    assert there.town.row(booking).status == BookingStatus.BOOKED.value
    there.wait(hours=4)
    assert there.town.row(booking).status == BookingStatus.CANCELLED_BY_MUNICIPALITY.value
    assert state_of(there, plan_id, booking) is ItemState.DONE
    told = [str(mail["Subject"]).split(" ")[0] for mail in mails(there.town) if mail["To"] == booking.details.email]
    assert told[-2:] == ["Επιλέξτε", "Ο"]


def test_an_undone_question_is_never_asked(there: Afternoon) -> None:
    booking, plan_id = asked(there)
    undo_plan(there.town.context, there.admin, there.municipality_id, plan_id)
    there.work()
    assert (there.plan(plan_id).state, state_of(there, plan_id, booking)) == (PlanState.UNDONE, ItemState.UNDONE)
    there.wait(minutes=10)
    assert not [mail for mail in mails(there.town) if str(mail["Subject"]).startswith("Επιλέξτε")]


def test_only_whoever_can_move_a_booking_can_be_asked(there: Afternoon) -> None:
    plan_id = there.preview()
    assert not any(item.can_choose for item in there.plan(plan_id).items)
    with pytest.raises(NotPossibleNow):
        # Booked by an official: there is no account.
        choose(there, plan_id, there.bookings[1])
