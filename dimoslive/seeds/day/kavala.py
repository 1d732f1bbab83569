"""Kavala's day as it goes on: two desks, two people waiting, and one who is late by thirty minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.domain.booking.booking import BookingSource
from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.meeting.meeting import IdentityDocument, Outcome
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.seeds.day.names import chance, somebody
from dimoslive.seeds.day.plan import Place, Plan, Planned, leaves_the_day
from dimoslive.seeds.day.town import Town

SERVICE = "mayor-support"
MINUTES = 10
_S = BookingStatus
_V, _P = Mode.VIDEO, Mode.IN_PERSON
_CITIZEN, _PHONE, _COUNTER = BookingSource.CITIZEN, BookingSource.PHONE, BookingSource.COUNTER


@dataclass(frozen=True)
class Line:
    """A line of the day, in minutes from now. ``outcome`` is the status's own name unless it is said."""

    start: int
    desk: int
    name: str
    mode: Mode
    source: BookingSource
    status: BookingStatus
    arrived: int | None = None
    started: int | None = None
    ended: int | None = None
    outcome: str = ""
    outcome_note: str = ""
    served_person: ServedPerson = ServedPerson.SELF
    help_needed: str = ""
    note: str = ""
    document: IdentityDocument | None = None
    went_on_by_phone: bool = False
    over_capacity: str = ""
    has_moved: bool = False
    cancelled: int | None = None
    citizen: str = ""


LINES = (
    Line(-150, 1, "Νικόλαος Ιωάννου", _V, _CITIZEN, _S.SERVED, -154, -147, -138,
         document=IdentityDocument.IDENTITY_CARD),
    Line(-150, 2, "Μαρία Σταύρου", _P, _CITIZEN, _S.NO_SHOW, ended=-133),
    Line(-120, 1, "Άννα Δημητρίου", _V, _CITIZEN, _S.SERVED, -122, -118, -109, went_on_by_phone=True),
    Line(-120, 2, "Χρήστος Αντωνίου", _P, _PHONE, _S.SERVED, -125, -119, -112, note="Έφερε και το παλιό έγγραφο"),
    Line(-90, 1, "Σοφία Παππά", _V, _CITIZEN, _S.NO_SHOW, ended=-74),
    Line(-60, 1, "Μιχαήλ Γεωργιάδης", _P, _CITIZEN, _S.SERVED, -66, -58, -49, outcome=Outcome.REFERRED.value,
         outcome_note="Τεχνική υπηρεσία"),
    Line(-60, 2, "Αικατερίνη Ξένου", _P, _CITIZEN, _S.NOT_SERVED, -63, -59, -55, outcome="documents_missing"),
    Line(-30, 1, "Παύλος Λαζαρίδης", _P, _CITIZEN, _S.IN_SERVICE, -33, -12),
    Line(-30, 2, "Ειρήνη Κοσμίδου", _P, _CITIZEN, _S.WAITING, -34, help_needed="αναπηρικό αμαξίδιο"),
    Line(0, 2, "Ηλίας Τσακίρης", _P, _CITIZEN, _S.WAITING, -3, served_person=ServedPerson.OTHER),
    Line(5, 1, "Ελένη Παπαδοπούλου", _V, _CITIZEN, _S.BOOKED, citizen="eleni"),
    Line(30, 1, "Αιγαίο & Σία Ο.Ε.", _V, _CITIZEN, _S.BOOKED, served_person=ServedPerson.BUSINESS),
    Line(35, 2, "Δήμητρα Βλάχου", _P, _COUNTER, _S.BOOKED),
    Line(60, 1, "Όλγα Ρήγα", _P, _CITIZEN, _S.BOOKED, has_moved=True),
    Line(60, 1, "Κώστας Σαββίδης", _P, _PHONE, _S.BOOKED, over_capacity="Επείγον, λήγει αύριο"),
    Line(60, 2, "Ανδρέας Μελάς", _V, _CITIZEN, _S.CANCELLED_BY_CITIZEN, cancelled=-4),
)  # fmt: skip


def plan_kavala(tx: Session, plan: Plan, town: Town, officials: dict[str, int], citizens: dict[str, int]) -> None:
    """Plan the lines whose time lies wholly on today."""
    offer = town.offers.get(SERVICE)
    if offer is None:
        return
    rng = chance("today", town.slug, plan.now)
    for number, line in enumerate(LINES, 1):
        instants = [
            plan.now + timedelta(minutes=at) for at in (line.start, line.start + MINUTES, line.arrived or line.start)
        ]
        if line.desk > len(offer.desks) or leaves_the_day(plan.now, town.zone, *instants):
            continue
        desk_id = offer.desks[line.desk - 1]
        place = Place(offer, lane_of(tx, desk_id) if line.over_capacity else desk_id, instants[0])
        by = officials.get("georgios" if line.desk == 1 else "athanasia")
        planned = plan.add(
            rng, place, line.mode, line.status, somebody(line.name, number),
            **_words(line, plan.now, by, citizens.get(line.citizen)),
        )  # fmt: skip
        if planned is not None:
            _complete(planned, line, plan.now, by)


def lane_of(tx: Session, desk_id: int) -> int:
    """The first overflow lane of a desk, made if there is none."""
    query = select(DeskRow).where(col(DeskRow.overflow_of) == desk_id).order_by(col(DeskRow.lane)).limit(1)
    lane = tx.scalars(query).one_or_none()
    if lane is None:
        desk = tx.get_one(DeskRow, desk_id)
        copied = desk.model_dump(exclude={"id", "overflow_of", "lane", "version"})
        lane = DeskRow(overflow_of=desk_id, lane=1, **copied)
        tx.add(lane)
        tx.flush()
    return lane.id or 0


def _words(line: Line, now: datetime, by: int | None, citizen_id: int | None) -> dict[str, Any]:
    def at(minutes: int | None) -> datetime | None:
        return None if minutes is None else now + timedelta(minutes=minutes)

    is_over = line.ended is not None
    return {
        "citizen_id": citizen_id,
        "source": line.source.value,
        "made_by": None if line.source is _CITIZEN else by,
        "served_person": line.served_person.value,
        "help_needed": line.help_needed,
        "staff_reason": line.over_capacity,
        "arrived_at": at(line.arrived),
        "started_at": at(line.started),
        "ended_at": at(line.ended),
        "served_by": by if is_over or line.started is not None else None,
        "outcome": (line.outcome or line.status.value) if is_over else "",
        "outcome_note": line.outcome_note,
        "cancelled_at": at(line.cancelled),
        "first_starts_at": now + timedelta(minutes=line.start, days=-1) if line.has_moved else None,
        "reschedule_count": int(line.has_moved),
        "sequence": int(line.has_moved or line.cancelled is not None),
    }


def _complete(planned: Planned, line: Line, now: datetime, by: int | None) -> None:
    """The note, and the meeting of a video booking to which somebody came or did not."""
    if line.note and by:
        planned.note = (by, now + timedelta(minutes=line.ended or 0), line.note)
    row = planned.columns
    if line.mode is _V and line.ended is not None:
        planned.meeting = {
            "waiting_since": row["arrived_at"],
            "is_confirmed": row["arrived_at"] is not None,
            "admitted_at": row["started_at"],
            "admitted_by": by if row["started_at"] else None,
            "provider": "builtin" if row["started_at"] else "",
            "ended_at": row["ended_at"],
            "outcome": row["outcome"],
            "identity_document": line.document.value if line.document else "",
            "identity_at": row["started_at"] + timedelta(minutes=2) if line.document else None,
            "phone_at": row["started_at"] + timedelta(minutes=3) if line.went_on_by_phone else None,
        }
