"""What lies around the days: closures, absences, hours of one date. What hits somebody is left to a plan."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import inspect, select
from sqlmodel import Session, SQLModel, col

from dimoslive.db.rows.roots import values_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import (
    AbsenceDeskRow,
    AbsenceRow,
    ClosureRow,
    DeskRow,
    OpeningHoursRow,
    ServiceRow,
)
from dimoslive.db.tables.desk import DeskDelayRow
from dimoslive.domain.plans.changes import AbsenceChange, Change, ClosureChange
from dimoslive.domain.scheduling.local_time import ATHENS, day_period, local_day, to_instant
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import ticks
from dimoslive.domain.settings.hours import date_field
from dimoslive.seeds.day.ahead import working_days_from
from dimoslive.seeds.day.forget import forget_bookings, remember, remembered
from dimoslive.seeds.day.history import remember_log
from dimoslive.seeds.day.kavala import SERVICE
from dimoslive.seeds.day.town import Offer, Town
from dimoslive.seeds.officials import as_official
from dimoslive.services.settings.hours.kind import dated_kind
from dimoslive.services.settings.root_change import Act
from dimoslive.services.settings.save_root import write_root

MAINTENANCE, TRAINING, PATRON = "Συντήρηση κτιρίου", "Εκπαίδευση προσωπικού", "Πολιούχος Ηρακλείου, Άγιος Μηνάς"
_NOON, _THREE = time(12), time(15)


@dataclass(frozen=True)
class Arranged:
    """A change that hits somebody, so that a plan makes it; ``offer`` is what is booked there."""

    offer: Offer
    change: Change
    official_id: int
    period: Period

    def first_start(self) -> datetime | None:
        """The first time of the service's grid in it; the grid counts from when the service opens."""
        day = local_day(self.period.starts_at, ATHENS)
        return next((at for at in self.offer.starts(day) if at >= self.period.starts_at), None)

    def places(self) -> Iterator[tuple[int, Period]]:
        """What is closed or not staffed; and of an absence where somebody can be handed over to."""
        if not isinstance(self.change, AbsenceChange):
            yield from ((desk_id, self.period) for desk_id in self.offer.desks)
            return
        yield from ((desk_id, self.period) for desk_id in self.change.desk_ids)
        first = self.first_start()
        if first is not None:
            yield self.offer.desks[0], Period(first, first + timedelta(minutes=self.offer.minutes))


@dataclass
class Arranger:
    """Makes what is not there already; nothing that lies ahead is made twice."""

    tx: Session
    now: datetime
    towns: dict[str, Town]
    officials: dict[str, int]
    planned: dict[str, Arranged] = field(default_factory=dict)
    """What is left to plans, by name."""

    @property
    def today(self) -> date:
        """The local day."""
        return local_day(self.now, ATHENS)

    def arrange(self) -> None:
        """Write what hits nobody, and say what plans are to make."""
        self._patron()
        self._long_absence()
        self._hours()
        self._delay()
        self._plan_maintenance()
        self._plan_training()
        self._plan_absence()
        self.tx.flush()

    def kept(self) -> dict[int, set[int]]:
        """The ticks of desks at which nobody else is to be booked: the plans are to make something of them."""
        kept: dict[int, set[int]] = defaultdict(set)
        for arranged in self.planned.values():
            for desk_id, period in arranged.places():
                kept[desk_id].update(ticks(period.starts_at, period.ends_at))
        return kept

    def _plan_maintenance(self) -> None:
        """The third Friday ahead that is a working day, 12:00 to 15:00."""
        town = self.towns["kavala"]
        offer, by = town.offers.get(SERVICE), self.officials.get("athanasia")
        if offer is None or by is None or self._is_closed_ahead(town, MAINTENANCE, self.now):
            return
        on = self.today + timedelta(days=((4 - self.today.weekday()) % 7 or 7) + 14)
        while next(working_days_from(on)) != on:
            on += timedelta(days=7)
        period = _on(on, _NOON, _THREE)
        reason = {"el": MAINTENANCE, "en": "Maintenance of the building"}
        self._leave_to_plan("maintenance", offer, ClosureChange(period, reason, offer.department_id), by, period)

    def _plan_training(self) -> None:
        """A full working day of next week: Wednesday, or the first after it."""
        town = self.towns["ioannina"]
        offer, by = town.offers.get("marriage"), self.officials.get("spyridon")
        if offer is None or by is None or self._is_closed_ahead(town, TRAINING, self.now):
            return
        monday = self.today + timedelta(days=7 - self.today.weekday())
        period = day_period(next(working_days_from(monday + timedelta(days=2))), ATHENS)
        reason = {"el": TRAINING, "en": "Training of staff"}
        self._leave_to_plan("training", offer, ClosureChange(period, reason, offer.department_id), by, period)

    def _plan_absence(self) -> None:
        """12:00 to 15:00 on the next working day."""
        offer, by = self.towns["heraklion"].offers.get("debts"), self.officials.get("despoina")
        period = _on(next(working_days_from(self.today + timedelta(days=1))), _NOON, _THREE)
        if offer is None or by is None or len(offer.desks) < 2 or self._is_away(offer.desks[1], period):
            return
        self._leave_to_plan("absence", offer, AbsenceChange(period, frozenset({offer.desks[1]})), by, period)

    def _leave_to_plan(self, name: str, offer: Offer, change: Change, by: int, period: Period) -> None:
        self.planned[name] = arranged = Arranged(offer, change, by, period)
        for desk_id, taken in arranged.places():
            self._make_room([desk_id], taken)

    def _patron(self) -> None:
        """Heraklion's own holiday, in the past or ahead as the year has it."""
        town, period = self.towns["heraklion"], day_period(date(self.today.year, 11, 11), ATHENS)
        if self._is_closed_ahead(town, PATRON, period.starts_at):
            return
        self._add(
            "closure",
            ClosureRow(
                municipality_id=town.municipality_id, starts_at=period.starts_at, ends_at=period.ends_at,
                reason_el=PATRON, reason_en="Heraklion’s patron saint, Saint Menas",
            ),
        )  # fmt: skip
        self._make_room([desk for offer in town.offers.values() for desk in offer.desks], period)

    def _is_closed_ahead(self, town: Town, reason_el: str, after: datetime) -> bool:
        query = select(col(ClosureRow.id)).where(
            col(ClosureRow.municipality_id) == town.municipality_id,
            col(ClosureRow.reason_el) == reason_el,
            col(ClosureRow.ends_at) > after,
        )
        return self.tx.scalars(query.limit(1)).first() is not None

    def _long_absence(self) -> None:
        """Since Monday of last week, and for two weeks yet."""
        benefits = self.towns["ioannina"].offers.get("benefits")
        if benefits is None or len(benefits.desks) < 2:
            return
        monday, until = self.today - timedelta(days=self.today.weekday() + 7), self.today + timedelta(days=14)
        period = Period(day_period(monday, ATHENS).starts_at, day_period(until, ATHENS).ends_at)
        desk_id = benefits.desks[1]
        if self._is_away(desk_id, period):
            return
        absence = AbsenceRow(
            municipality_id=self.tx.get_one(DeskRow, desk_id).municipality_id, starts_at=period.starts_at,
            ends_at=period.ends_at, changed_at=period.starts_at, changed_by=self.officials.get("spyridon"),
        )  # fmt: skip
        self._add("absence", absence)
        self.tx.add(AbsenceDeskRow(absence_id=absence.id or 0, desk_id=desk_id))
        self._make_room([desk_id], period)

    def _is_away(self, desk_id: int, period: Period) -> bool:
        query = (
            select(col(AbsenceRow.id))
            .join(AbsenceDeskRow, col(AbsenceDeskRow.absence_id) == col(AbsenceRow.id))
            .where(
                col(AbsenceDeskRow.desk_id) == desk_id,
                col(AbsenceRow.ends_at) > max(self.now, period.starts_at),
                col(AbsenceRow.starts_at) < period.ends_at,
            )
        )
        return self.tx.scalars(query.limit(1)).first() is not None

    def _hours(self) -> None:
        """Kavala closes at noon on the next working day but one; nobody is hit, so it is simply saved."""
        offer, by = self.towns["kavala"].offers.get(SERVICE), self.officials.get("athanasia")
        if offer is None or by is None:
            return
        query = select(col(OpeningHoursRow.id)).where(
            col(OpeningHoursRow.service_id) == offer.service_id, col(OpeningHoursRow.on_date) >= self.today
        )
        if self.tx.scalars(query.limit(1)).first() is not None:
            return
        days = working_days_from(self.today + timedelta(days=1))
        next(days)
        on = next(days)
        self._make_room(offer.desks, Period(to_instant(on, _NOON, ATHENS), day_period(on, ATHENS).ends_at))
        row, kind = self.tx.get_one(ServiceRow, offer.service_id), dated_kind(on)
        act = Act(as_official(self.tx, by), self.now - timedelta(minutes=200), offer.municipality_id)
        before, hours = values_of(self.tx, kind, row), {date_field(on): [["08:30", "12:00"]]}
        write_root(self.tx, kind, row, hours, act, action="changed", before=before)
        self.tx.flush()
        for id_ in self.tx.scalars(query):
            remember(self.tx, "opening_hours", id_ or 0)
        remember_log(self.tx, "service", offer.service_id, at=act.at)

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


def _on(day: date, opens: time, closes: time) -> Period:
    return Period(to_instant(day, opens, ATHENS), to_instant(day, closes, ATHENS))
