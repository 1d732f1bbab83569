"""A municipality with citizens in it, in a real database. Days and hours are those of Tuesday 24 November 2026."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time
from hashlib import sha256
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import Engine, inspect, select
from sqlmodel import Session, SQLModel, col

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.db.tables.catalogue import (
    AbsenceDeskRow,
    AbsenceRow,
    DeskRow,
    MunicipalityRow,
    ServiceDeskRow,
    ServiceRow,
)
from dimoslive.db.tables.citizen import CitizenRow
from dimoslive.db.tables.draft import DraftRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.details import TypedDetails
from dimoslive.domain.booking.draft import Hold
from dimoslive.domain.booking.statuses import OCCUPYING, BookingStatus
from dimoslive.domain.people.principals import Citizen
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n.declarations import declaration_of
from dimoslive.i18n.search_key import search_key, upper_greek
from dimoslive.seeds.demo import OfferedDepartment, OfferedService, join
from dimoslive.services.booking.confirm_booking import Confirmation, confirm_booking
from dimoslive.services.draft.choose_service import choose_service
from dimoslive.services.draft.give_details import give_details
from dimoslive.services.draft.hold_slot import hold_slot
from dimoslive.services.draft.start_move import start_move
from tests.support.builders import at
from tests.support.clock import FrozenClock
from tests.support.database import context_for

DAY = "2026-11-24"
NOW = at("2026-11-20 10:00")
"""The Friday before."""

Row = TypeVar("Row", bound=SQLModel)

_numbers = count(1)


def a_municipality(tx: Session, name: str = "Καβάλας", *, slug: str = "kavala", **words: Any) -> MunicipalityRow:
    """One that takes bookings, without services yet."""
    municipality = MunicipalityRow(
        id=9000 + next(_numbers),
        slug=slug,
        name_el=f"Δήμος {name}",
        name_upper_el=upper_greek(f"Δήμος {name}"),
        name_en=f"Municipality of {slug.title()}",
        short_name_el=name,
        short_name_en=slug.title(),
        regional_unit_el=name,
        regional_unit_en=slug.title(),
        region_el="Ανατολικής Μακεδονίας και Θράκης",
        region_en="Eastern Macedonia and Thrace",
        joined_at=NOW,
        **words,
    )
    tx.add(municipality)
    tx.flush()
    return municipality


def a_service(
    tx: Session,
    municipality: MunicipalityRow,
    *,
    duration_minutes: int = 10,
    step_minutes: int = 10,
    desks: int = 1,
    modes: str = "PVT",
    hours: str = "08:30-15:00",
    desks_of: ServiceRow | None = None,
    **rules: Any,
) -> ServiceRow:
    """A service in a department of its own; ``desks_of`` is another service whose desks serve this one too."""
    opens, closes = (time.fromisoformat(wall) for wall in hours.split("-"))
    offered = OfferedService(
        "Πιστοποιητικό", "Certificate", f"service-{next(_numbers)}", duration_minutes, modes, step_minutes,
        opens=opens, closes=closes, desks=0 if desks_of else desks,
    )  # fmt: skip
    department = OfferedDepartment("Τμήμα Δημοτολογίου", "Civil Registry", [offered])
    [service] = join(tx, municipality.id, NOW, [department], "Κύπρου 10", "10 Kyprou Street")
    for name, value in rules.items():
        setattr(service, name, value)
    if desks_of is not None:
        tx.add_all(ServiceDeskRow(service_id=service.id or 0, desk_id=desk) for desk in desk_ids(tx, desks_of))
    tx.flush()
    return service


def an_absence(tx: Session, *desk_ids: int, starts_at: datetime, ends_at: datetime) -> AbsenceRow:
    """Desks of one municipality are not staffed."""
    municipality_id = tx.get_one(DeskRow, desk_ids[0]).municipality_id
    absence = AbsenceRow(municipality_id=municipality_id, starts_at=starts_at, ends_at=ends_at)
    tx.add(absence)
    tx.flush()
    tx.add_all(AbsenceDeskRow(absence_id=absence.id or 0, desk_id=desk_id) for desk_id in desk_ids)
    tx.flush()
    return absence


def a_citizen(tx: Session, name: str = "Ελένη Παπαδοπούλου") -> Citizen:
    """A person who has signed in; the provider writes names in capitals, without accents."""
    first_name, last_name = search_key(name).upper().split(" ", 1)
    afm_hash = sha256(f"{name} {next(_numbers)}".encode()).hexdigest()
    citizen = CitizenRow(
        afm_hash=afm_hash,
        afm_sealed="",
        first_name=first_name,
        last_name=last_name,
        created_at=NOW,
        signed_in_at=NOW,
    )
    tx.add(citizen)
    tx.flush()
    return Citizen(citizen.id or 0, first_name, last_name, session_id=0)


def desk_ids(tx: Session, service: ServiceRow) -> list[int]:
    """The desks that serve a service."""
    query = select(col(ServiceDeskRow.desk_id)).where(col(ServiceDeskRow.service_id) == service.id)
    return list(tx.scalars(query.order_by(col(ServiceDeskRow.desk_id))))


def typed(**words: Any) -> TypedDetails:
    """What a citizen types into the form; without words, all that it asks for."""
    usual = {"email": "eleni@example.com", "phone": "691 234 5678", "subject": "Πιστοποιητικό εντοπιότητας"}
    return TypedDetails(**(usual | words))


def confirmation(hold: Hold, **words: Any) -> Confirmation:
    """The last press on the page that shows this hold."""
    usual: dict[str, Any] = {
        "hold_reference": hold.reference,
        "declaration": declaration_of(Mode.VIDEO, "el"),
        "is_declared": True,
        "language": "el",
        "visitor_zone": "Europe/Athens",
    }
    return Confirmation(**(usual | words))


@dataclass
class Town:
    """A municipality with one service, and Eleni, who is signed in. ``by`` and ``service`` name others."""

    context: AppContext
    clock: FrozenClock
    municipality: MunicipalityRow
    service: ServiceRow
    eleni: Citizen

    def citizen(self, name: str = "Νίκος Γεωργίου") -> Citizen:
        """Another citizen, signed in."""
        with transaction(self.context.db) as tx:
            return a_citizen(tx, name)

    def crowd(self, size: int, service: ServiceRow | None = None) -> list[Citizen]:
        """Citizens who have all chosen a service, by video, and filled in the form."""
        words = {name: value for name, value in asdict(typed()).items() if value}
        with transaction(self.context.db) as tx:
            citizens = [a_citizen(tx, f"Πολίτης {number}") for number in range(size)]
            for citizen in citizens:
                tx.add(
                    DraftRow(
                        citizen_id=citizen.id,
                        municipality_id=self.municipality.id,
                        service_id=(service or self.service).id,
                        mode="video",
                        details_given=True,
                        changed_at=NOW,
                        **words,
                    )
                )
        return citizens

    def another_service(self, **words: Any) -> ServiceRow:
        """A service more."""
        with transaction(self.context.db) as tx:
            return a_service(tx, self.municipality, **words)

    def choose(self, *, by: Citizen | None = None, service: ServiceRow | None = None, mode: str = "video") -> None:
        """Service and mode are chosen."""
        choose_service(self.context, by or self.eleni, (service or self.service).id or 0, mode)

    def hold(self, wall: str, *, by: Citizen | None = None, **choice: Any) -> Hold:
        """A time of the day is held, all before it chosen."""
        self.choose(by=by, **choice)
        return hold_slot(self.context, by or self.eleni, on_the_day(wall))

    def confirm(self, hold: Hold, *, by: Citizen | None = None, **words: Any) -> Booking:
        """The held time is booked."""
        principal = by or self.eleni
        give_details(self.context, principal, typed())
        return confirm_booking(self.context, principal, confirmation(hold, **words))

    def a_booking(self, wall: str, *, by: Citizen | None = None, **choice: Any) -> Booking:
        """A booking, made the way people make one."""
        return self.confirm(self.hold(wall, by=by, **choice), by=by)

    def hold_move(self, booking: Booking, wall: str, *, by: Citizen | None = None) -> Hold:
        """A new time for the booking is held."""
        start_move(self.context, by or self.eleni, booking.reference)
        return hold_slot(self.context, by or self.eleni, on_the_day(wall))

    def move(self, booking: Booking, wall: str, *, by: Citizen | None = None) -> Booking:
        """The booking is moved to another time of the day."""
        return self.confirm(self.hold_move(booking, wall, by=by), by=by)

    def as_citizen(self, booking: Booking) -> Citizen:
        """Whoever booked it, signed in."""
        return Citizen(booking.citizen_id, "", "", session_id=0)

    def wait_for_freed(self) -> None:
        """Until whatever was given back is public, however long the drawn wait is."""
        self.clock.advance(minutes=30)

    def claims_of(self, booking: Booking | Hold) -> int:
        """How many ticks it has; a time that it gave back is not its own any more."""
        id_ = self.row(booking).id
        return sum(claim.booking_id == id_ for claim in rows(self.context.db, ClaimRow))

    def row(self, booking: Booking | Hold) -> BookingRow:
        """What the database has of it."""
        [row] = [row for row in rows(self.context.db, BookingRow) if row.reference == booking.reference]
        return row


def a_town(db: Engine, **service: Any) -> Town:
    """A town on Friday 20 November 2026 at 10:00; words are about its service."""
    clock = FrozenClock(NOW)
    with transaction(db) as tx:
        municipality = a_municipality(tx)
        offered = a_service(tx, municipality, **service)
        eleni = a_citizen(tx)
    return Town(context_for(db, clock), clock, municipality, offered, eleni)


def on_the_day(wall: str) -> datetime:
    """A time of the day on which tests book; with a date, of that day."""
    return at(wall if "-" in wall else f"{DAY} {wall}")


def rows(db: Engine, table: type[Row]) -> Sequence[Row]:
    """All that a table holds, in the order of its key."""
    with reading(db) as tx:
        return tx.scalars(select(table).order_by(*inspect(table).primary_key)).all()


def statuses(db: Engine) -> Counter[BookingStatus]:
    """How many bookings there are in each status."""
    return Counter(BookingStatus(row.status) for row in rows(db, BookingRow))


def assert_nothing_booked_twice(db: Engine) -> None:
    """No two bookings share a desk and a tick, and each has the claims of its time, all of them and no others."""
    occupied = {
        (row.desk_id, tick, row.moving_id or row.id): row.id
        for row in rows(db, BookingRow)
        if row.status in {status.value for status in OCCUPYING}
        for tick in range(row.first_tick, row.end_tick)
    }
    places = Counter((desk, tick) for desk, tick, _ in occupied)
    assert [place for place, times in places.items() if times > 1] == []
    assert {(claim.desk_id, claim.tick) for claim in rows(db, ClaimRow)} == set(places)
