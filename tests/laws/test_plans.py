"""What holds of plans whatever happens in between: claims stay with their bookings, and nobody is told twice."""

import asyncio
from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.plans import item_of, items_in, plan_at_work
from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.db.tables.outbox import OutboxRow
from dimoslive.db.tables.plan import PlanItemRow, PlanRow
from dimoslive.domain.booking.statuses import OCCUPYING
from dimoslive.domain.errors import DomainError
from dimoslive.domain.plans.proposals import Decision
from dimoslive.domain.plans.statuses import AT_WORK, ItemState, PlanState
from dimoslive.services.desk.cancel_by_municipality import cancel_by_municipality
from dimoslive.services.outbox.deliver_events import deliver_events
from dimoslive.services.outbox.deliver_mail import MAIL
from dimoslive.services.plans.carry_out import carry_out
from dimoslive.services.plans.decide_item import decide_all
from dimoslive.services.plans.undo_plan import undo_plan
from tests.support.database import Databases, databases, postgresql_server, sqlite_files
from tests.support.desk import seen
from tests.support.planning import Afternoon, an_afternoon, keeps_its_claims
from tests.support.world import a_town, rows

__all__ = ["databases", "postgresql_server", "sqlite_files"]

OCCUPIES = {status.value for status in OCCUPYING}
OF_PLANS = {"booking.rescheduled", "booking.cancelled", "booking.details_changed"}
steps = st.one_of(
    st.sampled_from(["apply", "one", "crash", "work", "undo", "keep", "cancel_all", "propose", "mail", "wait"]),
    st.tuples(st.just("book"), st.sampled_from(["10:30", "11:00", "13:00", "14:00"]), st.sampled_from([1, 2])),
    st.tuples(st.just("cancel"), st.integers(0, 4)),
)


class CrashError(Exception):
    """The process ends here."""


class Run:
    """A plan and all that happens around it."""

    def __init__(self, there: Afternoon) -> None:
        self.there, self.plan_id = there, there.preview()
        self.cancelled: Counter[int] = Counter()

    def do(self, step: object) -> None:
        name, *words = step if isinstance(step, tuple) else (step,)
        with suppress(DomainError):
            getattr(self, name)(*words)

    def apply(self) -> None:
        self.there.apply(self.plan_id)

    def work(self) -> None:
        self.there.work()

    def wait(self) -> None:
        self.there.wait(minutes=4)

    def mail(self) -> None:
        asyncio.run(deliver_events(self.there.town.context, MAIL))

    def undo(self) -> None:
        undo_plan(self.there.town.context, self.there.admin, self.there.municipality_id, self.plan_id)

    def keep(self) -> None:
        self._decide(Decision.KEEP)

    def cancel_all(self) -> None:
        self._decide(Decision.CANCEL)

    def propose(self) -> None:
        self._decide(None)

    def book(self, wall: str, desk: int) -> None:
        number = len(self.there.bookings)
        self.there.book(wall, desk, f"Πολίτης Αριθμός{number}", email=f"number{number}@example.com")

    def cancel(self, which: int) -> None:
        town, booking = self.there.town, self.there.bookings[which]
        cancel_by_municipality(town.context, self.there.admin, seen(town, booking), "Το ζήτησε", at_citizens_wish=True)
        self.cancelled[booking.id] += 1

    def one(self) -> None:
        """A process that does one booking and is stopped."""
        self._carry_out()

    def crash(self) -> None:
        """One that is stopped before the booking is done."""
        with suppress(CrashError):
            self._carry_out(crashes=True)

    def _carry_out(self, *, crashes: bool = False) -> None:
        context = self.there.town.context
        with transaction(context.db) as tx:
            plan = plan_at_work(tx, self.plan_id)
            assert plan is not None
            if PlanState(plan.state) not in AT_WORK:
                return
            for item_id in items_in(tx, self.plan_id, ItemState.PENDING, 1):
                item = item_of(tx, self.plan_id, item_id)
                assert item is not None
                carry_out(tx, plan, item, context.clock.now())
            if crashes:
                raise CrashError

    def _decide(self, decision: Decision | None) -> None:
        decide_all(self.there.town.context, self.there.admin, self.there.municipality_id, self.plan_id, decision)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.lists(steps, max_size=3), after=st.lists(steps, max_size=8))
def test_claims_stay_and_nobody_is_told_twice(databases: Databases, before: list[object], after: list[object]) -> None:
    run = Run(an_afternoon(a_town(databases.renewed())))
    town, told_before = run.there.town, len(rows(run.there.town.context.db, OutboxRow))
    for step in [*before, "apply", *after]:
        run.do(step)
        keeps_its_claims(town)
    for _ in range(2):
        run.there.wait(minutes=15)
        run.mail()
    keeps_its_claims(town)
    assert not any(item.kept_to for item in rows(town.context.db, PlanItemRow))
    occupied = {
        (row.desk_id, tick)
        for row in rows(town.context.db, BookingRow)
        if row.status in OCCUPIES
        for tick in range(row.first_tick, row.end_tick)
    }
    assert {(claim.desk_id, claim.tick) for claim in rows(town.context.db, ClaimRow)} == occupied
    told = Counter(
        event.subject_id for event in rows(town.context.db, OutboxRow)[told_before:] if event.event in OF_PLANS
    )
    assert all(number <= 1 + run.cancelled[id_] for id_, number in told.items())
    with reading(town.context.db) as tx:
        assert PlanState(tx.get_one(PlanRow, run.plan_id).state) in {
            PlanState.OPEN,
            PlanState.FINISHED,
            PlanState.UNDONE,
        }


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(decisions=st.lists(st.sampled_from(["keep", "cancel_all", "propose"]), max_size=1), ones=st.integers(0, 4))
def test_applied_and_undone_all_is_as_it_was(databases: Databases, decisions: list[str], ones: int) -> None:
    run = Run(an_afternoon(a_town(databases.renewed())))
    db = run.there.town.context.db
    columns = [row.model_dump(exclude={"version", "changed_at"}) for row in rows(db, BookingRow)]
    claims = {(claim.desk_id, claim.tick, claim.booking_id) for claim in rows(db, ClaimRow)}
    for step in [*decisions, "apply", *["one"] * ones, "work", "undo", "work"]:
        run.do(step)
    assert [row.model_dump(exclude={"version", "changed_at"}) for row in rows(db, BookingRow)] == columns
    assert {(claim.desk_id, claim.tick, claim.booking_id) for claim in rows(db, ClaimRow)} == claims


def test_the_law_sees_a_claim_that_is_lost(databases: Databases) -> None:
    there = an_afternoon(a_town(databases.renewed()))
    with transaction(there.town.context.db) as tx:
        tx.delete(tx.get_one(ClaimRow, (there.desks[0], there.town.row(there.bookings[0]).first_tick)))
    with pytest.raises(AssertionError):
        keeps_its_claims(there.town)
