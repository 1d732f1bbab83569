"""Closing an afternoon: seen before, applied, followed by the job, undone, told."""

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import ClosureRow
from dimoslive.db.tables.desk import CallTaskRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import AlreadyTold, NotFound, SlotTaken
from dimoslive.domain.people.principals import StaffRight
from dimoslive.domain.plans.changes import ClosureChange, ServiceChange
from dimoslive.domain.plans.impact import Contact
from dimoslive.domain.plans.proposals import Decision
from dimoslive.domain.plans.statuses import ItemState, PlanState
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.desk.cancel_by_municipality import cancel_by_municipality
from dimoslive.services.plans.apply_plan import apply_plan
from dimoslive.services.plans.decide_item import decide_all, decide_item
from dimoslive.services.plans.discard_plan import discard_plan
from dimoslive.services.plans.list_plans import list_plans
from dimoslive.services.plans.offer_targets import offer_targets
from dimoslive.services.plans.preview_change import preview_again, preview_change
from dimoslive.services.plans.undo_plan import undo_plan
from dimoslive.services.plans.write_message import write_message
from dimoslive.services.upkeep.work_plans import RESTS, work_plans
from tests.support.builders import a_period, at
from tests.support.clock import FrozenClock
from tests.support.desk import seen
from tests.support.meeting import enter_foreign_official
from tests.support.planning import AFTERNOON, TUESDAY, WORDS, Afternoon, an_afternoon, closing, keeps_its_claims, mails
from tests.support.world import Town, rows

BOOKED, CANCELLED = BookingStatus.BOOKED.value, BookingStatus.CANCELLED_BY_MUNICIPALITY.value
AS_BOOKED = [("11:30", 1), ("12:00", 1), ("12:00", 2), ("14:30", 1), ("14:40", 2)]
AS_PROPOSED = [("11:30", 1), ("11:30", 2), ("11:00", 1), ("11:00", 2), ("10:30", 1)]


@pytest.fixture
def there(town: Town) -> Afternoon:
    return an_afternoon(town)


def places(there: Afternoon) -> list[tuple[str, int]]:
    assert {status for _, _, status in there.where()} == {BOOKED}
    return [(wall, desk) for wall, desk, _ in there.where()]


# Preview


def test_a_preview_changes_nothing_and_says_what_would(there: Afternoon) -> None:
    before = [there.town.row(booking) for booking in there.bookings]
    plan = there.plan(there.preview())
    assert plan.state is PlanState.READY
    assert plan.counts.hits == 4
    assert plan.counts.by_contact == {Contact.EMAIL: 2, Contact.PHONE: 2}
    assert (plan.counts.lost, plan.counts.gained, plan.counts.modes_lost) == (5, 0, 2)
    assert [item.booking.reference for item in plan.items] == [booking.reference for booking in there.bookings[1:]]
    assert {item.decision for item in plan.items} == {Decision.MOVE}
    assert (
        plan.message["el"] == "Τρίτη 1 Δεκεμβρίου 2026: Διακοπή ρεύματος στο κτίριο. Ζητούμε συγγνώμη για την αλλαγή."
    )
    assert [there.town.row(booking) for booking in there.bookings] == before
    assert rows(there.town.context.db, ClosureRow) == []


def test_what_is_discarded_is_over(there: Afternoon) -> None:
    plan_id = there.preview()
    for _ in range(2):
        discard_plan(there.town.context, there.admin, there.municipality_id, plan_id)
    assert there.apply(plan_id) is PlanState.DROPPED
    assert places(there) == AS_BOOKED


def test_whoever_asks_the_same_again_has_one_plan_and_whoever_asks_else_two(there: Afternoon) -> None:
    """A second press, or the way back and another look, leaves nothing behind that could be applied besides."""
    first, second = there.preview(), there.preview()
    assert (there.plan(first).state, there.plan(second).state) == (PlanState.DROPPED, PlanState.READY)
    other = there.preview(replace(closing(), department_id=None, reason={"el": "Άλλο", "en": "Else"}))
    assert there.plan(second).state is there.plan(other).state is PlanState.READY
    there.apply(second)
    there.preview()
    assert there.plan(second).state is PlanState.APPLIED


def test_a_plan_that_nobody_applies_is_dropped_after_a_day(there: Afternoon) -> None:
    plan_id = there.preview()
    there.wait(hours=23)
    assert there.plan(plan_id).state is PlanState.READY
    there.wait(hours=1, minutes=1)
    assert there.plan(plan_id).state is PlanState.DROPPED


# Rights


def test_officials_of_elsewhere_and_those_without_the_right_find_no_plan(there: Afternoon, town: Town) -> None:
    plan_id = there.preview()
    stranger = enter_foreign_official(town)
    colleague = replace(there.admin, rights=frozenset({StaffRight(town.municipality.id)}))
    for official in (stranger, colleague):
        for press in (apply_plan, undo_plan, discard_plan):
            with pytest.raises(NotFound):
                press(town.context, official, there.municipality_id, plan_id)
        with pytest.raises(NotFound):
            preview_change(town.context, official, there.municipality_id, closing())
        assert list_plans(town.context, official, there.municipality_id) == []
    assert [line.id for line in list_plans(town.context, there.admin, there.municipality_id)] == [plan_id]


# Apply


def test_applied_the_closure_stands_and_the_bookings_follow(there: Afternoon) -> None:
    plan_id = there.preview()
    assert there.apply(plan_id) is PlanState.APPLIED
    [closure] = rows(there.town.context.db, ClosureRow)
    assert (closure.starts_at, closure.ends_at, closure.is_active) == (AFTERNOON.starts_at, AFTERNOON.ends_at, True)
    assert places(there) == AS_BOOKED
    there.work()
    assert places(there) == AS_PROPOSED
    keeps_its_claims(there.town)


def test_the_job_rests_after_each_item_longer_than_it_took(there: Afternoon) -> None:
    there.apply(there.preview())
    clock = SlowClock(there.town.clock.now())
    assert asyncio.run(work_plans(replace(there.town.context, clock=clock))) == 4
    assert clock.slept == [2.0 * RESTS] * 4


def test_a_second_press_finds_it_applied(there: Afternoon) -> None:
    plan_id = there.applied()
    assert there.apply(plan_id) is PlanState.WORKING
    assert len(rows(there.town.context.db, ClosureRow)) == 1


def test_a_time_that_is_held_inside_is_held_no_longer(there: Afternoon) -> None:
    hold = there.town.hold(f"{TUESDAY} 13:00")
    outside = there.town.hold(f"{TUESDAY} 10:00", by=there.town.citizen())
    there.apply(there.preview())
    assert there.town.row(hold).status == BookingStatus.EXPIRED.value
    assert there.town.row(outside).status == BookingStatus.HELD.value
    with pytest.raises(SlotTaken):
        there.town.hold(f"{TUESDAY} 13:30")


def test_who_booked_and_who_left_since_the_preview_is_seen_at_the_apply(there: Afternoon) -> None:
    plan_id = there.preview()
    cancel(there, there.bookings[1])
    new = there.book("13:00", 1, "Ιωάννα Ρήγα", email="riga@example.com")
    there.apply(plan_id)
    states = {item.booking.reference: item.state for item in there.plan(plan_id).items}
    assert states[there.bookings[1].reference] is ItemState.SKIPPED
    assert states[new.reference] is ItemState.UNDECIDED
    there.work()
    assert there.plan(plan_id).state is PlanState.OPEN
    item = next(item for item in there.plan(plan_id).items if item.booking.reference == new.reference)
    assert item.proposed is not None
    decide_item(there.town.context, there.admin, there.municipality_id, plan_id, item.id, Decision.MOVE)
    there.wait(minutes=11)
    assert there.town.row(new).starts_at == item.proposed.starts_at


def test_a_change_of_the_closure_by_somebody_else_makes_the_plan_stale(there: Afternoon) -> None:
    there.applied()
    [closure] = rows(there.town.context.db, ClosureRow)
    longer = ClosureChange(a_period(f"{TUESDAY} 10:00", "15:00"), WORDS, closure_id=closure.id or 0)
    plan_id = there.preview(longer)
    item = there.plan(plan_id).items[0]
    decide_item(there.town.context, there.admin, there.municipality_id, plan_id, item.id, Decision.CANCEL)
    with transaction(there.town.context.db) as tx:
        tx.get_one(ClosureRow, closure.id).version += 1
    assert there.apply(plan_id) is PlanState.STALE
    preview_again(there.town.context, there.admin, there.municipality_id, plan_id)
    assert there.plan(plan_id).items[0].decision is Decision.CANCEL
    assert there.apply(plan_id) is PlanState.APPLIED


# Decisions


def test_each_is_decided_by_itself(there: Afternoon) -> None:
    plan_id = there.preview()
    keep, cancel_, move, _ = there.plan(plan_id).items
    decide = (there.town.context, there.admin, there.municipality_id, plan_id)
    decide_item(*decide, keep.id, Decision.KEEP)
    decide_item(*decide, cancel_.id, Decision.CANCEL)
    other = next(t for t in offer_targets(*decide, move.id).targets if t.starts_at == at(f"{TUESDAY} 09:00"))
    decide_item(*decide, move.id, Decision.MOVE, other)
    there.apply(plan_id)
    there.work()
    assert there.where()[1:4] == [("12:00", 1, BOOKED), ("12:00", 2, CANCELLED), ("09:00", 1, BOOKED)]


def test_no_target_is_given_that_another_booking_of_the_plan_is_to_get(there: Afternoon) -> None:
    plan_id = there.preview()
    first, second, *_ = there.plan(plan_id).items
    assert first.target is not None
    decide = (there.town.context, there.admin, there.municipality_id, plan_id, second.id)
    assert first.target not in offer_targets(*decide).targets
    with pytest.raises(SlotTaken):
        decide_item(*decide, Decision.MOVE, first.target)


def test_all_are_kept_cancelled_or_as_proposed_by_one_press(there: Afternoon) -> None:
    plan_id = there.preview()
    press = (there.town.context, there.admin, there.municipality_id, plan_id)
    decide_all(*press, Decision.CANCEL)
    assert there.plan(plan_id).counts.by_decision == {Decision.CANCEL: 4}
    decide_all(*press, None)
    assert there.plan(plan_id).counts.by_decision == {Decision.MOVE: 4}
    decide_all(*press, Decision.KEEP)
    there.apply(plan_id)
    there.work()
    assert places(there) == AS_BOOKED


def test_a_target_that_is_taken_meanwhile_is_decided_again(there: Afternoon) -> None:
    plan_id = there.preview()
    there.book("11:30", 2, "Ιωάννα Ρήγα", email="riga@example.com")
    there.apply(plan_id)
    there.work()
    plan = there.plan(plan_id)
    refused = plan.items[0]
    assert (plan.state, refused.state, refused.problem) == (PlanState.OPEN, ItemState.UNDECIDED, "taken")
    assert refused.proposed != there.plan(plan_id).items[1].target
    keeps_its_claims(there.town)


def test_whoever_was_changed_meanwhile_is_left_alone(there: Afternoon) -> None:
    plan_id = there.preview()
    there.apply(plan_id)
    cancel(there, there.bookings[1])
    there.work()
    assert there.plan(plan_id).items[0].state is ItemState.SKIPPED


# Telling


def test_nobody_is_told_for_ten_minutes_and_then_each_once(there: Afternoon) -> None:
    before = len(mails(there.town))
    plan_id = there.applied()
    assert len(mails(there.town)) == before
    assert rows(there.town.context.db, CallTaskRow) == []
    there.wait(minutes=10)
    sent = mails(there.town)[before:]
    assert sorted(message["To"] for message in sent) == ["efstathiou@example.com", "karamitrou@example.com"]
    assert len(rows(there.town.context.db, CallTaskRow)) == 2
    there.wait(minutes=10)
    assert len(mails(there.town)) == before + 2
    assert len(rows(there.town.context.db, CallTaskRow)) == 2
    assert there.plan(plan_id).state is PlanState.OPEN


def test_a_mail_says_why_and_both_times(there: Afternoon) -> None:
    plan_id = there.preview()
    words = {"el": "Κόβεται το ρεύμα σε όλο το κτίριο.", "en": "There is no power in the building."}
    write_message(there.town.context, there.admin, there.municipality_id, plan_id, words)
    there.apply(plan_id)
    there.wait(minutes=11)
    [message] = [m for m in mails(there.town) if m["To"] == "karamitrou@example.com"][-1:]
    text = message.get_body(("plain",)).get_content()
    assert "Κόβεται το ρεύμα σε όλο το κτίριο." in text
    assert "11:30" in text
    assert "12:00" in text


def test_it_is_finished_when_all_who_must_be_phoned_were(there: Afternoon) -> None:
    plan_id = there.applied()
    there.wait(minutes=10)
    with transaction(there.town.context.db) as tx:
        for call in tx.scalars(select(CallTaskRow)):
            call.done_at = there.town.clock.now()
    there.wait(minutes=1)
    assert there.plan(plan_id).state is PlanState.FINISHED
    keeps_its_claims(there.town)


def test_what_begins_within_four_hours_is_told_at_once_and_stays(there: Afternoon) -> None:
    there.town.clock.set(at(f"{TUESDAY} 09:00"))
    before = len(mails(there.town))
    plan_id = there.applied()
    assert len(mails(there.town)) == before + 2
    assert not there.plan(plan_id).can_undo
    with pytest.raises(AlreadyTold):
        undo_plan(there.town.context, there.admin, there.municipality_id, plan_id)


# Undo


def test_undone_all_is_as_it_was_and_nobody_is_told(there: Afternoon) -> None:
    before, told = [columns(there, booking) for booking in there.bookings], len(mails(there.town))
    plan_id = there.preview()
    item = there.plan(plan_id).items[0]
    decide_item(there.town.context, there.admin, there.municipality_id, plan_id, item.id, Decision.CANCEL)
    there.apply(plan_id)
    there.work()
    there.wait(minutes=9)
    for _ in range(2):
        undo_plan(there.town.context, there.admin, there.municipality_id, plan_id)
    there.work()
    assert [columns(there, booking) for booking in there.bookings] == before
    keeps_its_claims(there.town)
    assert not rows(there.town.context.db, ClosureRow)[0].is_active
    there.wait(minutes=20)
    assert len(mails(there.town)) == told
    assert rows(there.town.context.db, CallTaskRow) == []
    assert there.plan(plan_id).state is PlanState.UNDONE
    there.town.hold(f"{TUESDAY} 13:00")


def test_undone_before_the_job_came_there_is_nothing_to_put_back(there: Afternoon) -> None:
    plan_id = there.preview()
    there.apply(plan_id)
    undo_plan(there.town.context, there.admin, there.municipality_id, plan_id)
    there.work()
    assert places(there) == AS_BOOKED


def test_after_ten_minutes_it_stays(there: Afternoon) -> None:
    plan_id = there.applied()
    there.wait(minutes=10)
    with pytest.raises(AlreadyTold):
        undo_plan(there.town.context, there.admin, there.municipality_id, plan_id)
    assert places(there) == AS_PROPOSED


def test_what_somebody_changed_since_stays_theirs(there: Afternoon) -> None:
    plan_id = there.applied()
    cancel(there, there.bookings[1])
    undo_plan(there.town.context, there.admin, there.municipality_id, plan_id)
    there.work()
    assert there.where()[1] == ("11:30", 2, CANCELLED)
    assert [place[:2] for place in there.where()[2:]] == AS_BOOKED[2:]
    keeps_its_claims(there.town)


def test_nobody_gets_the_former_place_while_it_can_be_undone(there: Afternoon) -> None:
    """The mode is taken away, so the place itself is open to others."""
    change = ServiceChange(there.town.service.id or 0, {"offers_video": False})
    plan_id = there.preview(change)
    [item] = there.plan(plan_id).items
    target = next(
        t
        for t in offer_targets(there.town.context, there.admin, there.municipality_id, plan_id, item.id).targets
        if t.starts_at == at(f"{TUESDAY} 09:00")
    )
    decide_item(there.town.context, there.admin, there.municipality_id, plan_id, item.id, Decision.MOVE, target)
    there.apply(plan_id)
    there.work()
    assert there.where()[1][:2] == ("09:00", 1)
    with pytest.raises(SlotTaken):
        there.town.hold(f"{TUESDAY} 12:00", mode=Mode.IN_PERSON.value)
    there.wait(minutes=10)
    there.town.hold(f"{TUESDAY} 12:00", mode=Mode.IN_PERSON.value)
    keeps_its_claims(there.town)


class SlowClock(FrozenClock):
    """Between two looks at it two seconds have passed; who sleeps is woken at once."""

    def __init__(self, now: datetime) -> None:
        super().__init__(now)
        self.looked, self.slept = 0, list[float]()

    def monotonic(self) -> float:
        self.looked += 1
        return 2.0 * self.looked

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


def columns(there: Afternoon, booking: Booking) -> dict[str, object]:
    return there.town.row(booking).model_dump(exclude={"version", "changed_at"})


def cancel(there: Afternoon, booking: Booking) -> None:
    cancel_by_municipality(
        there.town.context, there.admin, seen(there.town, booking), "Το ζήτησε", at_citizens_wish=False
    )
