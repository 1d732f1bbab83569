"""Bookings as they are planned, before all of them are written at once."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.booking import BookingSource
from dimoslive.domain.booking.references import make_reference
from dimoslive.domain.booking.statuses import OPEN, BookingStatus
from dimoslive.domain.scheduling.local_time import day_period, local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.slots import ticks
from dimoslive.i18n.declarations import declaration_of
from dimoslive.i18n.search_key import search_key
from dimoslive.seeds.day.names import Somebody
from dimoslive.seeds.day.town import Offer

Columns = dict[str, Any]

_OPEN = {status.value for status in OPEN}
DEMONSTRATION = "Επίδειξη"
"""The reason that stands at what lies outside the hours."""
_SUBJECTS = {
    "certificates": ("Πιστοποιητικό οικογενειακής κατάστασης", "Πιστοποιητικό γέννησης", "Εντοπιότητα"),
    "transfer": ("Μεταδημότευση οικογένειας", "Μεταδημότευση λόγω κατοικίας"),
    "registry": ("Ληξιαρχική πράξη γέννησης", "Διόρθωση ληξιαρχικής πράξης"),
    "debts": ("Ρύθμιση οφειλής", "Ερώτηση για ειδοποιητήριο", "Δημοτική ενημερότητα"),
    "building": ("Ερώτηση για οικοδομική άδεια", "Αντίγραφα σχεδίων"),
    "benefits": ("Επίδομα στέγασης", "Ελάχιστο εγγυημένο εισόδημα"),
    "nursery": ("Εγγραφή σε παιδικό σταθμό",),
    "cleansing": ("Αίτημα για κάδο", "Κλάδεμα δέντρων"),
    "marriage": ("Άδεια πολιτικού γάμου",),
}
_AT_THE_MAYOR_S = ("Βεβαίωση μόνιμης κατοικίας", "Ακρόαση για αίτημα", "Έγγραφο προς τον δήμο")
_EMPTY = BookingRow(
    reference="", status="", municipality_id=0, service_id=0, desk_id=0, mode="", first_tick=0, end_tick=0,
    starts_at=datetime(2000, 1, 1, tzinfo=UTC), ends_at=datetime(2000, 1, 1, tzinfo=UTC),
    created_at=datetime(2000, 1, 1, tzinfo=UTC),
).model_dump(exclude={"id"})  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Which service, at which desk, when; a place of its own length has ``minutes``."""

    offer: Offer
    desk_id: int
    starts_at: datetime
    minutes: int = 0

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes or self.offer.minutes)

    @property
    def wanted(self) -> range:
        """The ticks that it takes."""
        return ticks(self.starts_at, self.ends_at) if self.minutes else self.offer.wanted(self.starts_at)


@dataclass
class Planned:
    """A booking to write, with what belongs to it. ``mail`` is what became of the confirmation, if there was one."""

    columns: Columns
    mail: str = ""
    is_told: bool = True
    """Whether its history is written, too."""
    moved_by: int | None = None
    handed_over_from: int | None = None
    note: tuple[int, datetime, str] | None = None
    meeting: Columns | None = None
    call: Columns | None = None

    @property
    def is_open(self) -> bool:
        """Whether it keeps its desk."""
        return self.columns["status"] in _OPEN

    def is_for(self, person: Somebody) -> None:
        """Somebody else than was drawn."""
        self.columns.update(_names(person), email=person.email, phone=person.phone)
        self.mail = "sent"

    def bounce(self) -> None:
        """The mail did not arrive, so somebody has to phone."""
        self.mail = "failed"
        self.call = a_call("not_delivered", self.columns["booked_at"] + timedelta(minutes=1))


def a_call(kind: str, created_at: datetime, facts: str = "{}", **words: Any) -> Columns:
    """Somebody to be phoned."""
    usual = {"attempts": 0, "tried_at": None}
    return usual | {"kind": kind, "created_at": created_at, "facts": facts} | words


@dataclass
class Plan:
    """All that is planned, and which ticks of which desk it takes. What is taken already stays taken."""

    now: datetime
    """Rounded down to five minutes."""
    taken: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    bookings: list[Planned] = field(default_factory=list)
    kept: dict[int, set[int]] = field(default_factory=dict)
    """Ticks of desks that are no places: they will be closed, or not staffed."""

    def is_free(self, place: Place) -> bool:
        """Whether nobody has any of it."""
        return self.taken[place.desk_id].isdisjoint(place.wanted)

    def add(
        self, rng: Random, place: Place, mode: Mode, status: BookingStatus, person: Somebody, **words: Any
    ) -> Planned | None:
        """Plan a booking; none where somebody has the time already. Who cancelled takes no time."""
        planned = Planned(_columns(rng, place, mode, status, person, self.now) | words)
        keeps = status not in {BookingStatus.CANCELLED_BY_CITIZEN, BookingStatus.CANCELLED_BY_MUNICIPALITY}
        if keeps:
            if not self.is_free(place):
                return None
            self.taken[place.desk_id].update(place.wanted)
        columns = planned.columns
        if not place.offer.is_open(place.starts_at, place.ends_at):
            columns["is_outside_hours"] = True
            columns["staff_reason"] = " · ".join(filter(None, (DEMONSTRATION, columns["staff_reason"])))
        if columns["made_by"] is not None:
            columns.update(told_by=columns["made_by"], consent_at=None, visitor_zone="")
        planned.mail = "sent" if columns["email"] else ""
        self.bookings.append(planned)
        return planned


def leaves_the_day(now: datetime, zone: str, *instants: datetime) -> bool:
    """Whether any of the instants is on another local day than now; midnight at the end is still this one."""
    today = day_period(local_day(now, zone), zone)
    return any(not today.starts_at <= instant <= today.ends_at for instant in instants)


def subject_of(rng: Random, offer: Offer) -> str:
    """What such people come for."""
    return rng.choice(_SUBJECTS.get(offer.slug, _AT_THE_MAYOR_S))


def _columns(rng: Random, place: Place, mode: Mode, status: BookingStatus, person: Somebody, now: datetime) -> Columns:
    """The row of somebody who booked a few days before, in the wizard."""
    offer, declaration = place.offer, declaration_of(mode, "el")
    booked_at = min(now, place.starts_at) - timedelta(days=rng.randrange(1, 9), minutes=rng.randrange(600))
    return (
        _EMPTY
        | {
            "reference": make_reference(rng.getrandbits(40)),
            "status": status.value,
            "municipality_id": offer.municipality_id,
            "service_id": offer.service_id,
            "desk_id": place.desk_id,
            "mode": mode.value,
            "starts_at": place.starts_at,
            "ends_at": place.ends_at,
            "first_tick": place.wanted.start,
            "end_tick": place.wanted.stop,
            "email": person.email,
            "phone": person.phone,
            "subject": subject_of(rng, offer),
            "visitor_zone": "Europe/Athens",
            "consent_version": declaration.version,
            "consent_sha256": _sha256(mode),
            "consent_language": "el",
            "consent_at": booked_at,
            "created_at": booked_at,
            "booked_at": booked_at,
            "source": BookingSource.CITIZEN.value,
        }
        | _names(person)
    )


def _names(person: Somebody) -> Columns:
    return {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "person_name": person.name,
        "name_key": _key(person.name),
    }


_key = cache(search_key)


@cache
def _sha256(mode: Mode) -> str:
    return declaration_of(mode, "el").sha256
