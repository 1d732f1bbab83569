"""Heraklion's and Ioannina's day, by counts: who is done, in service, waiting and to come at each desk."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from random import Random
from typing import Any

from sqlmodel import Session

from dimoslive.domain.booking.booking import BookingSource
from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.seeds.day.kavala import lane_of
from dimoslive.seeds.day.names import anybody, chance, somebody
from dimoslive.seeds.day.plan import Place, Plan, Planned, leaves_the_day
from dimoslive.seeds.day.town import Offer, Town

_S = BookingStatus
_DONE = {"S": _S.SERVED, "N": _S.NO_SHOW, "X": _S.NOT_SERVED}


@dataclass(frozen=True)
class DeskDay:
    """One desk. ``done`` is a letter each: served, no-show, x for not served. Services take turns."""

    services: tuple[str, ...]
    official: str
    desk: int
    done: str
    in_service: int = 0
    waiting: int = 0
    coming: int = 0
    cancelled: int = 0
    over_capacity: int = 0
    by_phone: int = 0
    """So many, of those done and those to come, are served by telephone."""
    help_needed: str = ""
    has_business: bool = False
    has_bounced: bool = False
    """Whether the mail to the last who is to come was not delivered."""


DAYS: dict[str, tuple[DeskDay, ...]] = {
    "heraklion": (
        DeskDay(("certificates", "transfer", "registry"), "maria", 1, "SSNSSSS", 1, 1, 4, 1, has_bounced=True),
        DeskDay(("certificates", "registry", "transfer"), "maria", 2, "SSSNSSX", 1, 1, 3, 1, over_capacity=1),
        DeskDay(("debts",), "argyro", 1, "SSNS", 1, 0, 4, by_phone=3),
        DeskDay(("debts",), "ioannis", 2, "SSS", 0, 1, 3, 1, by_phone=2),
        DeskDay(("building",), "emmanouil", 1, "SS", 0, 0, 2, has_business=True),
    ),
    "ioannina": (
        # One desk alone: the other one's official is away. The children's places take turns with the benefits.
        DeskDay(("benefits",), "vasiliki", 1, "SSNXS", 1, 0, 2, 1, help_needed="νοηματική γλώσσα"),
        DeskDay(("nursery",), "vasiliki", 1, "SS", 0, 1, 2),
        DeskDay(("cleansing",), "maria", 1, "SN", 0, 0, 1),
        DeskDay(("cleansing",), "maria", 2, "S", 0, 0, 1),
        DeskDay(("marriage",), "spyridon", 1, "S", 0, 0, 1),
    ),
}
_IN_SERVICE_AT, _WAITING_AT, _COMING_FROM = -30, -10, 20


def plan_others(tx: Session, plan: Plan, town: Town, officials: dict[str, int]) -> None:
    """Plan what of these days lies wholly on today."""
    for number, day in enumerate(DAYS.get(town.slug, ())):
        offers = [town.offers[slug] for slug in day.services if slug in town.offers]
        if offers and all(len(offer.desks) >= day.desk for offer in offers):
            rng = chance("today", town.slug, plan.now, number)
            _Queue(tx, plan, town, day, offers, officials.get(day.official), rng).fill()


class _Queue:
    """One desk's people, placed where the desk is free: the done backwards from now, those to come forwards."""

    def __init__(
        self,
        tx: Session,
        plan: Plan,
        town: Town,
        day: DeskDay,
        offers: list[Offer],
        official_id: int | None,
        rng: Random,
    ) -> None:
        self._tx, self._plan, self._town, self._day = tx, plan, town, day
        self._turns = cycle(offers)
        self._by, self._rng = official_id, rng
        self._number = self._phoned = 0

    def fill(self) -> None:
        day = self._day
        if day.in_service:
            self._in_service()
        if day.waiting:
            self._waiting()
        ahead = self._coming()
        self._done()
        for _ in range(day.cancelled):
            self._cancelled(ahead)

    def _in_service(self) -> None:
        self._add(
            next(self._turns), _IN_SERVICE_AT, _S.IN_SERVICE, arrived=_IN_SERVICE_AT - 4, started=-12,
        )  # fmt: skip

    def _waiting(self) -> None:
        offer = next(self._turns)
        self._add(offer, self._free_from(offer, _WAITING_AT, 5), _S.WAITING, arrived=-6)

    def _coming(self) -> int:
        """Place those to come; returns the minute behind the last."""
        at = _COMING_FROM
        for number in range(self._day.coming):
            offer = next(self._turns)
            at = self._free_from(offer, at, 5)
            planned = self._add(offer, at, _S.BOOKED)
            if planned is not None and number == self._day.coming - 1:
                self._mark_last(planned)
            if number < self._day.over_capacity:
                self._add(offer, at, _S.BOOKED, over_capacity="Λήγει η προθεσμία αύριο")
            at += offer.minutes + 5
        return at

    def _done(self) -> None:
        at = _IN_SERVICE_AT
        for letter in reversed(self._day.done):
            offer = next(self._turns)
            at = self._free_from(offer, at - offer.minutes - 5, -5)
            status = _DONE[letter]
            if status is _S.NO_SHOW:
                self._add(offer, at, status, ended=at + 16)
                continue
            started = at + self._rng.randrange(1, 4)
            self._add(
                offer, at, status, arrived=at - self._rng.randrange(1, 8), started=started,
                ended=started + offer.minutes - 4,
            )  # fmt: skip

    def _cancelled(self, at: int) -> None:
        planned = self._add(next(self._turns), at, _S.CANCELLED_BY_CITIZEN)
        if planned is not None:
            planned.columns.update(cancelled_at=self._plan.now - timedelta(minutes=4), sequence=1)

    def _mark_last(self, planned: Planned) -> None:
        if self._day.has_business:
            planned.is_for(somebody("Κατασκευαστική Ψηλορείτης Α.Ε.", 31))
            planned.columns["served_person"] = ServedPerson.BUSINESS.value
        if self._day.has_bounced:
            planned.is_for(somebody("Ευανθία Δασκαλάκη", 32))
            planned.bounce()

    def _free_from(self, offer: Offer, minute: int, step: int) -> int:
        """The next minute, from this one on, at which nobody else is at the desk."""
        for at in range(minute, minute + step * 72, step):
            if self._plan.is_free(self._place(offer, at)):
                return at
        return minute

    def _place(self, offer: Offer, minute: int, *, in_lane: bool = False) -> Place:
        desk_id = offer.desks[self._day.desk - 1]
        desk_id = lane_of(self._tx, desk_id) if in_lane else desk_id
        return Place(offer, desk_id, self._plan.now + timedelta(minutes=minute))

    def _add(
        self,
        offer: Offer,
        minute: int,
        status: BookingStatus,
        *,
        arrived: int | None = None,
        started: int | None = None,
        ended: int | None = None,
        over_capacity: str = "",
    ) -> Planned | None:
        def at(minutes: int | None) -> datetime | None:
            return None if minutes is None else self._plan.now + timedelta(minutes=minutes)

        place = self._place(offer, minute, in_lane=bool(over_capacity))
        first = self._plan.now + timedelta(minutes=min(minute, minute if arrived is None else arrived))
        if leaves_the_day(self._plan.now, self._town.zone, first, place.ends_at):
            return None
        self._number += 1
        is_by_phone = self._phoned < self._day.by_phone and status is not _S.WAITING
        self._phoned += is_by_phone
        by_staff = bool(over_capacity) or self._number % 5 == 0
        words: dict[str, Any] = {
            "arrived_at": None if is_by_phone else at(arrived),
            "started_at": at(started),
            "ended_at": at(ended),
            "served_by": self._by if started is not None or ended is not None else None,
            "outcome": "documents_missing" if status is _S.NOT_SERVED else status.value if ended is not None else "",
            "staff_reason": over_capacity,
            "source": (BookingSource.PHONE if by_staff else BookingSource.CITIZEN).value,
            "made_by": self._by if by_staff else None,
            "help_needed": self._day.help_needed if status is _S.BOOKED else "",
        }
        mode = Mode.PHONE if is_by_phone else Mode.IN_PERSON
        person = anybody(self._rng, has_email=not (by_staff and self._number % 2))
        return self._plan.add(self._rng, place, mode, status, person, **words)
