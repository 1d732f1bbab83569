"""What lies around the days: closures, absences, hours of one date, and the bookings that they hit."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import inspect, select
from sqlmodel import Session, SQLModel, col

from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import AbsenceDeskRow, AbsenceRow, ClosureRow, DeskRow, OpeningHoursRow
from dimoslive.db.tables.desk import DeskDelayRow
from dimoslive.domain.booking.booking import BookingSource
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.scheduling.local_time import ATHENS, day_period, local_day, to_instant
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.seeds.day.ahead import working_days_from
from dimoslive.seeds.day.forget import forget_bookings, remember, remembered
from dimoslive.seeds.day.kavala import SERVICE
from dimoslive.seeds.day.names import chance, somebody
from dimoslive.seeds.day.plan import Place, Plan, Planned, a_call
from dimoslive.seeds.day.town import Town

MAINTENANCE, TRAINING, PATRON = "Συντήρηση κτιρίου", "Εκπαίδευση προσωπικού", "Πολιούχος Ηρακλείου, Άγιος Μηνάς"
_NOON, _THREE = time(12), time(15)
_S = BookingStatus


@dataclass
class Arranger:
    """Makes what is not there already; nothing that lies ahead is made twice."""

    tx: Session
    now: datetime
    towns: dict[str, Town]
    officials: dict[str, int]

    @property
    def today(self) -> date:
        """The local day."""
        return local_day(self.now, ATHENS)

    def arrange(self) -> set[str]:
        """Write closures, absences and hours; returns which of them are new."""
        new = {name for name, is_new in self._closures() if is_new}
        new |= {name for name, is_new in self._absences() if is_new}
        self._hours()
        self._delay()
        self.tx.flush()
        return new

    def maintenance(self) -> Period:
        """The third Friday ahead, 12:00 to 15:00."""
        to_friday = (4 - self.today.weekday()) % 7 or 7
        return _on(self.today + timedelta(days=to_friday + 14), _NOON, _THREE)

    def training(self) -> Period:
        """A full working day of next week: Wednesday, or the first after it."""
        monday = self.today + timedelta(days=7 - self.today.weekday())
        return day_period(next(working_days_from(monday + timedelta(days=2))), ATHENS)

    def absence(self) -> Period:
        """12:00 to 15:00 on the next working day."""
        return _on(next(working_days_from(self.today + timedelta(days=1))), _NOON, _THREE)

    def _closures(self) -> Iterator[tuple[str, bool]]:
        kavala, heraklion, ioannina = (self.towns[slug] for slug in ("kavala", "heraklion", "ioannina"))
        yield "maintenance", self._close(kavala, self.maintenance(), MAINTENANCE, "Maintenance of the building")
        year = self.today.year
        patron = day_period(date(year, 11, 11), ATHENS)
        self._close(heraklion, patron, PATRON, "Heraklion’s patron saint, Saint Menas", even_past=True)
        offer = ioannina.offers.get("marriage")
        if offer is not None:
            yield (
                "training",
                self._close(
                    ioannina, self.training(), TRAINING, "Training of staff", department_id=offer.department_id
                ),
            )

    def _close(
        self,
        town: Town,
        period: Period,
        reason_el: str,
        reason_en: str,
        *,
        department_id: int | None = None,
        even_past: bool = False,
    ) -> bool:
        query = select(col(ClosureRow.id)).where(
            col(ClosureRow.municipality_id) == town.municipality_id, col(ClosureRow.reason_el) == reason_el
        )
        after = period.starts_at if even_past else self.now
        if self.tx.scalars(query.where(col(ClosureRow.ends_at) > after).limit(1)).first():
            return False
        self._add(
            "closure",
            ClosureRow(
                municipality_id=town.municipality_id, department_id=department_id, starts_at=period.starts_at,
                ends_at=period.ends_at, reason_el=reason_el, reason_en=reason_en,
            ),
        )  # fmt: skip
        self._make_room(
            [
                desk
                for offer in town.offers.values()
                if department_id in {None, offer.department_id}
                for desk in offer.desks
            ],
            period,
        )
        return True

    def _absences(self) -> Iterator[tuple[str, bool]]:
        debts = self.towns["heraklion"].offers.get("debts")
        if debts is not None and len(debts.desks) > 1:
            yield "absence", self._leave(debts.desks[1], self.absence())
        benefits = self.towns["ioannina"].offers.get("benefits")
        if benefits is not None and len(benefits.desks) > 1:
            monday = self.today - timedelta(days=self.today.weekday() + 7)
            away = Period(
                day_period(monday, ATHENS).starts_at, day_period(self.today + timedelta(days=14), ATHENS).ends_at
            )
            yield "long absence", self._leave(benefits.desks[1], away)

    def _leave(self, desk_id: int, period: Period) -> bool:
        query = (
            select(col(AbsenceRow.id))
            .join(AbsenceDeskRow, col(AbsenceDeskRow.absence_id) == col(AbsenceRow.id))
            .where(
                col(AbsenceDeskRow.desk_id) == desk_id,
                col(AbsenceRow.ends_at) > max(self.now, period.starts_at),
                col(AbsenceRow.starts_at) < period.ends_at,
            )
        )
        if self.tx.scalars(query.limit(1)).first():
            return False
        absence = AbsenceRow(
            municipality_id=self.tx.get_one(DeskRow, desk_id).municipality_id,
            starts_at=period.starts_at,
            ends_at=period.ends_at,
        )
        self._add("absence", absence)
        self.tx.add(AbsenceDeskRow(absence_id=absence.id or 0, desk_id=desk_id))
        self._make_room([desk_id], period)
        return True

    def _hours(self) -> None:
        """Kavala closes at noon on the next working day but one."""
        offer = self.towns["kavala"].offers.get(SERVICE)
        if offer is None:
            return
        days = working_days_from(self.today + timedelta(days=1))
        next(days)
        on = next(days)
        query = select(col(OpeningHoursRow.id)).where(
            col(OpeningHoursRow.service_id) == offer.service_id, col(OpeningHoursRow.on_date) >= self.today
        )
        if self.tx.scalars(query.limit(1)).first() is None:
            hours = OpeningHoursRow(service_id=offer.service_id, on_date=on, opens=time(8, 30), closes=_NOON)
            self._add("opening_hours", hours)
            self._make_room(offer.desks, Period(to_instant(on, _NOON, ATHENS), day_period(on, ATHENS).ends_at))

    def _delay(self) -> None:
        """The Treasury's first desk is a quarter of an hour late, as its official says."""
        debts, by = self.towns["heraklion"].offers.get("debts"), self.officials.get("argyro")
        if debts is None or by is None:
            return
        stated = self.tx.get(DeskDelayRow, debts.desks[0])
        if stated is not None and stated.until > self.now:
            return
        if stated is None:
            stated = DeskDelayRow(desk_id=debts.desks[0], minutes=15, until=self.now, stated_at=self.now, stated_by=by)
            self._add("desk_delay", stated)
        stated.minutes, stated.stated_by, stated.stated_at = 15, by, self.now - timedelta(minutes=20)
        stated.until = day_period(self.today, ATHENS).ends_at

    def _add(self, table: str, row: SQLModel) -> None:
        self.tx.add(row)
        self.tx.flush()
        remember(self.tx, table, inspect(row).identity[0])

    def _make_room(self, desk_ids: list[int], period: Period) -> None:
        """Bookings of the demo that it would hit go, so that no more are hit than are told of."""
        forget_bookings(
            self.tx,
            select(col(BookingRow.id)).where(
                col(BookingRow.id).in_(remembered("booking")),
                col(BookingRow.version) == 1,
                col(BookingRow.desk_id).in_(desk_ids),
                col(BookingRow.starts_at) < period.ends_at,
                col(BookingRow.starts_at) >= max(self.now, period.starts_at),
            ),
        )


def plan_hit(plan: Plan, arranger: Arranger, new: set[str]) -> None:
    """Plan the people whom the new arrangements hit, and what became of them."""
    if "maintenance" in new:
        _plan_maintenance(plan, arranger)
        _plan_bounced(plan, arranger)
    if "training" in new:
        _plan_training(plan, arranger)
    if "absence" in new:
        _plan_absence(plan, arranger)


def _plan_maintenance(plan: Plan, arranger: Arranger) -> None:
    """Five are hit: two are moved and two cancelled, with mails; the fifth has no address and is to be phoned."""
    offer, period = arranger.towns["kavala"].offers.get(SERVICE), arranger.maintenance()
    by = arranger.officials.get("athanasia")
    if offer is None or by is None:
        return
    rng = chance("maintenance", period)
    free = working_days_from(local_day(period.ends_at, ATHENS) + timedelta(days=1))
    days = [next(free) for _ in range(3)]
    people = ("Στέλιος Καραμανλής", "Ευτυχία Δούκα", "Τηλέμαχος Ρούσσος", "Ουρανία Βέργου", "Θωμάς Παππάς")
    for number, name in enumerate(people):
        was_at = period.starts_at + timedelta(minutes=30 * number)
        words = {"source": BookingSource.PHONE.value, "made_by": by} if number == 4 else {}
        person = somebody(name, 20 + number, has_email=number < 4)
        if number in {2, 3}:
            gone = plan.add(
                rng, Place(offer, offer.desks[0], was_at), Mode.IN_PERSON, _S.CANCELLED_BY_MUNICIPALITY, person
            )
            assert gone is not None
            gone.columns.update(
                cancelled_at=plan.now - timedelta(hours=1), cancelled_by=by, cancel_reason=MAINTENANCE, sequence=1
            )
            _stood_in_hours(gone)
            continue
        day = days[number % 3]
        moved = plan.add(
            rng, Place(offer, offer.desks[0], to_instant(day, time(9 + number, 30), ATHENS)), Mode.IN_PERSON,
            _S.BOOKED, person, first_starts_at=was_at, sequence=1, **words,
        )  # fmt: skip
        if moved is not None:
            moved.moved_by = by
            if number == 4:
                facts = {"starts_at": was_at.isoformat(), "mode": Mode.IN_PERSON.value}
                tried_at = plan.now - timedelta(minutes=30)
                moved.call = a_call(
                    "moved", plan.now - timedelta(hours=1), json.dumps(facts), attempts=1, tried_at=tried_at
                )


def _plan_bounced(plan: Plan, arranger: Arranger) -> None:
    """One whose address was mistyped: to be phoned, too."""
    offer = arranger.towns["kavala"].offers.get(SERVICE)
    if offer is None:
        return
    day = next(working_days_from(arranger.today + timedelta(days=1)))
    rng, place = chance("bounced", day), Place(offer, offer.desks[0], to_instant(day, time(9), ATHENS))
    bounced = plan.add(rng, place, Mode.VIDEO, _S.BOOKED, somebody("Ευδοκία Λάσκαρη", 25))
    if bounced is not None:
        bounced.bounce()


def _plan_training(plan: Plan, arranger: Arranger) -> None:
    """One wedding's papers are moved to the day after."""
    offer, period = arranger.towns["ioannina"].offers.get("marriage"), arranger.training()
    by = arranger.officials.get("spyridon")
    if offer is None or by is None:
        return
    was_at = to_instant(local_day(period.starts_at, ATHENS), time(10), ATHENS)
    day = next(working_days_from(local_day(period.starts_at, ATHENS) + timedelta(days=1)))
    moved = plan.add(
        chance("training", day), Place(offer, offer.desks[0], to_instant(day, time(10), ATHENS)),
        Mode.IN_PERSON, _S.BOOKED, somebody("Λουκία Τάτση", 26), first_starts_at=was_at, sequence=1,
    )  # fmt: skip
    if moved is not None:
        moved.moved_by = by


def _plan_absence(plan: Plan, arranger: Arranger) -> None:
    """Three are hit: one was handed to the first desk at the same time, two wait for a decision."""
    offer, period = arranger.towns["heraklion"].offers.get("debts"), arranger.absence()
    by = arranger.officials.get("despoina")
    if offer is None or by is None:
        return
    rng = chance("absence", period)
    # On the service's grid, which counts from half past eight.
    first = next((at for at in offer.starts(local_day(period.starts_at, ATHENS)) if at >= period.starts_at), None)
    if first is None:
        return
    step = timedelta(minutes=offer.calendar.rules.step_minutes)
    for number, name in enumerate(("Μανόλης Κριτσωτάκης", "Χαρίκλεια Βογιατζή", "Ζαχαρίας Ξυλούρης")):
        desk = offer.desks[0 if number == 0 else 1]
        planned = plan.add(
            rng, Place(offer, desk, first + step * number), Mode.IN_PERSON, _S.BOOKED, somebody(name, 27 + number)
        )
        if planned is not None and number == 0:
            planned.handed_over_from, planned.moved_by = offer.desks[1], by


def _stood_in_hours(planned: Planned) -> None:
    """It was booked before anything was closed."""
    planned.columns.update(is_outside_hours=False, staff_reason="")


def _on(day: date, opens: time, closes: time) -> Period:
    return Period(to_instant(day, opens, ATHENS), to_instant(day, closes, ATHENS))
