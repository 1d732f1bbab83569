"""A municipality as the demo fills it: its services with their calendars, its desks and who works there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.crypto import Seal
from dimoslive.db.queries.calendars import calendars_of_municipality
from dimoslive.db.queries.officials import official_by_afm
from dimoslive.db.rows.catalogue import modes_of
from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow, ServiceRow
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import opening_periods
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import ServiceCalendar, occupied_ticks, ticks
from dimoslive.integrations.identity.persons import OFFICIALS


@dataclass
class Offer:
    """A service with its desks, first desk first."""

    slug: str
    service_id: int
    municipality_id: int
    department_id: int
    modes: tuple[Mode, ...]
    calendar: ServiceCalendar
    _openings: dict[date, list[Period]] = field(default_factory=dict)
    _wanted: dict[datetime, range] = field(default_factory=dict)

    @property
    def desks(self) -> list[int]:
        """The ids of its desks."""
        return list(self.calendar.busy)

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.calendar.rules.duration_minutes

    def openings(self, day: date) -> list[Period]:
        """When it is open on a day, closures aside."""
        if day not in self._openings:
            zone = self.calendar.rules.zone
            self._openings[day] = opening_periods(day, self.calendar.weekly, self.calendar.dated, zone)
        return self._openings[day]

    def is_open(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether it is served then."""
        period, own = Period(starts_at, ends_at), ticks(starts_at, ends_at)
        if not any(
            opening.contains(period) for opening in self.openings(local_day(starts_at, self.calendar.rules.zone))
        ):
            return False
        return self.calendar.closed.isdisjoint(own)

    def starts(self, day: date) -> Iterator[datetime]:
        """The starts of its grid on a day."""
        step, length = timedelta(minutes=self.calendar.rules.step_minutes), timedelta(minutes=self.minutes)
        for opening in self.openings(day):
            starts_at = opening.starts_at
            while starts_at + length <= opening.ends_at:
                yield starts_at
                starts_at += step

    def can_serve(self, desk_id: int, starts_at: datetime) -> bool:
        """Whether the desk serves it and nothing is closed; bookings and absences aside."""
        own = ticks(starts_at, starts_at + timedelta(minutes=self.minutes))
        return desk_id in self.calendar.busy and self.calendar.closed.isdisjoint(own)

    def wanted(self, starts_at: datetime) -> range:
        """What a booking takes from its desk."""
        if starts_at not in self._wanted:
            self._wanted[starts_at] = occupied_ticks(self.calendar.rules, starts_at)
        return self._wanted[starts_at]


@dataclass
class Town:
    """One of the three."""

    municipality_id: int
    slug: str
    zone: str
    offers: dict[str, Offer]


def load_town(tx: Session, slug: str, window: Period, now: datetime) -> Town:
    """The municipality with this slug; whatever it offers no more is left out."""
    municipality = tx.scalars(select(MunicipalityRow).where(col(MunicipalityRow.slug) == slug)).one()
    calendars = calendars_of_municipality(tx, municipality.id, window, now)
    services = tx.scalars(
        select(ServiceRow)
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .where(col(DepartmentRow.municipality_id) == municipality.id)
        .order_by(col(ServiceRow.id))
    )
    offers = {
        row.slug: Offer(
            row.slug, row.id or 0, municipality.id, row.department_id, modes_of(row), calendars[row.id or 0]
        )
        for row in services
        if row.id in calendars
    }
    return Town(municipality.id, slug, municipality.zone, offers)


def load_officials(tx: Session, seal: Seal) -> dict[str, int]:
    """The ids of the demo's officials, by their key at the simulator."""
    found = {person.key: official_by_afm(tx, seal.afm_hash(person.afm)) for person in OFFICIALS}
    return {key: row.id or 0 for key, row in found.items() if row is not None}
