"""Days to the next free time: in how many calendar days somebody who books now is served at the earliest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from dimoslive.domain.catalogue.municipality import MunicipalityName
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.slots import ServiceRules, last_open_day


@dataclass(frozen=True, slots=True)
class DaysToNext:
    """``days`` to the first free time, 0 is today; or none up to the end of ``none_until``; neither while paused."""

    days: int | None = None
    none_until: date | None = None

    @property
    def sort_key(self) -> tuple[int, int]:
        """The nearest first, then where nothing is free, then what is paused."""
        if self.days is not None:
            return 0, self.days
        return (1, self.none_until.toordinal()) if self.none_until is not None else (2, 0)


PAUSED = DaysToNext()


@dataclass(frozen=True, slots=True)
class ServiceDays:
    """A service, by the ways in which it is offered. Texts are by language."""

    id: int
    slug: str
    name: dict[str, str]
    department: dict[str, str]
    by_mode: dict[Mode, DaysToNext]

    @property
    def first(self) -> DaysToNext:
        """In whichever mode comes first."""
        return first_of(self.by_mode.values())


@dataclass(frozen=True, slots=True)
class MunicipalityDays:
    """A municipality with its services, as it was at ``computed_at``."""

    municipality: MunicipalityName
    computed_at: datetime
    services: tuple[ServiceDays, ...]

    @property
    def first(self) -> DaysToNext:
        """Of whichever service comes first."""
        return first_of(service.first for service in self.services)

    @property
    def median(self) -> int | None:
        """Over the services that take bookings; none if the one in the middle has nothing free."""
        return median_of(service.first for service in self.services)


def days_to_next(first_starts_at: datetime | None, rules: ServiceRules, now: datetime) -> DaysToNext:
    """Of the first free time that is offered now, or of none. Days are those of the service's calendar."""
    if first_starts_at is None:
        return DaysToNext(none_until=last_open_day(rules, now))
    return DaysToNext((local_day(first_starts_at, rules.zone) - local_day(now, rules.zone)).days)


def first_of(several: Iterable[DaysToNext]) -> DaysToNext:
    """The smallest. Where nothing is free, nothing is up to the nearest end: what comes behind it nobody knows yet."""
    return min(several, key=lambda one: one.sort_key, default=PAUSED)


def median_of(several: Iterable[DaysToNext]) -> int | None:
    """By nearest rank; one that has nothing free comes after all that have, and paused ones do not count."""
    counted = sorted((one for one in several if one != PAUSED), key=lambda one: one.sort_key)
    return counted[(len(counted) + 1) // 2 - 1].days if counted else None
