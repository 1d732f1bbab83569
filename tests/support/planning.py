"""Kavala's afternoon as the spec of plans tells it: two desks, five bookings, and an administrator."""

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.db.tables.plan import PlanItemRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import OCCUPYING
from dimoslive.domain.desk.person import TypedPerson
from dimoslive.domain.people.principals import Official, StaffRight, StaffRole
from dimoslive.domain.plans.changes import Change, ClosureChange
from dimoslive.domain.plans.plan import Plan
from dimoslive.domain.plans.statuses import PlanState
from dimoslive.domain.scheduling.local_time import ATHENS, to_local
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.slots import ticks
from dimoslive.services.desk.book_for_person import book_for_person
from dimoslive.services.outbox.deliver_events import deliver_events
from dimoslive.services.outbox.deliver_mail import MAIL
from dimoslive.services.plans.apply_plan import apply_plan
from dimoslive.services.plans.preview_change import preview_change
from dimoslive.services.plans.show_plan import show_plan
from dimoslive.services.upkeep.drop_plans import drop_plans
from dimoslive.services.upkeep.work_plans import work_plans
from tests.support.arranging import a_new_booking, another_desk, desks_of, free_hand
from tests.support.builders import a_period, at
from tests.support.meeting import enter_official
from tests.support.world import Town, rows

TUESDAY = "2026-12-01"
AFTERNOON = a_period(f"{TUESDAY} 12:00", "15:00")
WORDS = {"el": "Διακοπή ρεύματος στο κτίριο", "en": "Power cut in the building"}


@dataclass
class Afternoon:
    """The town with its administrator and the bookings of that Tuesday, by wall time and desk."""

    town: Town
    admin: Official
    desks: tuple[int, int]
    bookings: list[Booking]

    @property
    def municipality_id(self) -> int:
        return self.town.municipality.id

    def preview(self, change: Change | None = None) -> int:
        """The plan of a change; by default of closing the afternoon."""
        return preview_change(self.town.context, self.admin, self.municipality_id, change or closing())

    def apply(self, plan_id: int) -> PlanState:
        return apply_plan(self.town.context, self.admin, self.municipality_id, plan_id)

    def plan(self, plan_id: int, page: int = 1) -> Plan:
        return show_plan(self.town.context, self.admin, self.municipality_id, plan_id, page)

    def work(self) -> int:
        """One round of the job."""
        return asyncio.run(work_plans(self.town.context))

    def applied(self, change: Change | None = None) -> int:
        """A plan that was applied, and whose bookings followed."""
        plan_id = self.preview(change)
        assert self.apply(plan_id) is PlanState.APPLIED
        self.work()
        return plan_id

    def wait(self, **words: int) -> None:
        """Time passes, and the jobs run."""
        self.town.clock.set(self.town.clock.now() + timedelta(**words))
        drop_plans(self.town.context)
        self.work()

    def where(self) -> list[tuple[str, int, str]]:
        """Where each booking stands: wall time, which of the desks, status."""
        found = [self.town.row(booking) for booking in self.bookings]
        return [(f"{to_local(r.starts_at, ATHENS):%H:%M}", self._number(r.desk_id), r.status) for r in found]

    def book(self, wall: str, desk: int, name: str, *, mode: Mode = Mode.IN_PERSON, **person: str) -> Booking:
        """Somebody books for that Tuesday, by an official."""
        place = free_hand(self.town, f"{TUESDAY} {wall}", desk_id=self.desks[desk - 1])
        typed = TypedPerson(name=name, subject="Συνάντηση", **person)
        new = a_new_booking(self.town, place, person=typed, mode=mode)
        self.bookings.append(book_for_person(self.town.context, self.admin, new))
        return self.bookings[-1]

    def _number(self, desk_id: int) -> int:
        return self.desks.index(desk_id) + 1 if desk_id in self.desks else 0


def closing(**words: Any) -> ClosureChange:
    """Tuesday afternoon is closed."""
    return ClosureChange(AFTERNOON, WORDS, **words)


def as_administrator(town: Town, official: Official) -> Official:
    """The same person with an administrator's right."""
    return replace(official, rights=frozenset({StaffRight(town.municipality.id, StaffRole.ADMINISTRATOR)}))


def an_afternoon(town: Town, admin: Official | None = None) -> Afternoon:
    """It is Tuesday 24 November, 10:00; on the next Tuesday five have booked."""
    with transaction(town.context.db) as tx:
        service = tx.get_one(ServiceRow, town.service.id)
        service.step_minutes, service.offers_phone = 30, False
    town.clock.set(at("2026-11-24 10:00"))
    desks = desks_of(town)[0], another_desk(town)
    admin = admin or as_administrator(town, enter_official(town))
    afternoon = Afternoon(town, admin, desks, [])
    afternoon.book("11:30", 1, "Αργυρώ Σταματίου", email="stamatiou@example.com")
    afternoon.book("12:00", 1, "Βασιλική Καραμήτρου", email="karamitrou@example.com", mode=Mode.VIDEO)
    afternoon.book("12:00", 2, "Θωμάς Παππάς", phone="210 000 0044")
    afternoon.book("14:30", 1, "Κυριακή Ευσταθίου", email="efstathiou@example.com")
    afternoon.book("14:40", 2, "Αναστασία Χατζηανδρέου", phone="210 000 0052")
    asyncio.run(deliver_events(town.context, MAIL))
    return afternoon


def keeps_its_claims(town: Town) -> None:
    """Each booking that has a place has all its claims; all other claims are places that a plan keeps for it."""
    kept = {
        (item.was_desk_id, tick, item.booking_id)
        for item in rows(town.context.db, PlanItemRow)
        if item.kept_from and item.kept_to
        for tick in ticks(item.kept_from, item.kept_to)
    }
    occupied = {
        (row.desk_id, tick, row.id)
        for row in rows(town.context.db, BookingRow)
        if row.status in {status.value for status in OCCUPYING}
        for tick in range(row.first_tick, row.end_tick)
    }
    claims = {(claim.desk_id, claim.tick, claim.booking_id) for claim in rows(town.context.db, ClaimRow)}
    assert occupied <= claims
    assert claims - occupied <= kept


def mails(town: Town) -> list[EmailMessage]:
    """Deliver what is due, and all that was ever sent."""
    asyncio.run(deliver_events(town.context, MAIL))
    mailer: Any = town.context.mailer
    return list(mailer.sent)
