"""Two weeks of a history: what the log says of people who set up, printed and exported, before the demo began."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.db.rows.roots import values_of
from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow, ServiceRow
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.domain.scheduling.holidays import is_working_day
from dimoslive.domain.scheduling.local_time import ATHENS, local_day, to_instant
from dimoslive.seeds.day.forget import remember
from dimoslive.seeds.officials import as_official
from dimoslive.services.audit.record_audit import record_audit
from dimoslive.services.settings.hours.kind import weekly_kind

Facts = Mapping[str, object]


@dataclass(frozen=True)
class Line:
    """A line of the log, so many working days ago. ``of`` is a service's slug or a person's key.

    What was before is told of fields that are now as the row has them; ``after`` is for what no row has.
    """

    days_ago: int
    at: time
    by: str
    municipality: str
    action: str
    of: str = ""
    before: Facts = field(default_factory=dict)
    after: Facts = field(default_factory=dict)


class _Subject(NamedTuple):
    """What a line is about, and how it is now."""

    kind: str
    id: int | None
    municipality_id: int
    values: Facts


_EXPORTED = {"format": "csv"}
_PRINTED = {"phones": True, "subjects": False, "cancelled": False}
LINES = (
    Line(10, time(9, 12), "maria", "kavala", "municipality.changed", before={"phone": "", "email": ""}),
    Line(10, time(9, 40), "emmanouil", "heraklion", "official.changed", "despoina",
         before={"role": "official"}, after={"role": "head"}),
    Line(10, time(12, 5), "spyridon", "ioannina", "municipality.changed", before={"phone": "", "email": ""}),
    Line(9, time(10, 5), "maria", "kavala", "official.changed", "athanasia",
         before={"role": "official"}, after={"role": "head"}),
    Line(8, time(11, 20), "spyridon", "ioannina", "official.entered", "maria", after={"role": "official"}),
    Line(8, time(12, 40), "athanasia", "kavala", "bookings.exported", after={**_EXPORTED, "bookings": 14}),
    Line(8, time(8, 35), "georgios", "kavala", "day.printed", after={**_PRINTED, "bookings": 12}),
    # Two save the same service at the same time, in different fields: both changes stand.
    Line(7, time(10, 2), "emmanouil", "heraklion", "service.changed", "transfer",
         before={"documents_el": "Δελτίο ταυτότητας ή διαβατήριο."}),
    Line(7, time(10, 3), "maria", "heraklion", "service.changed", "transfer",
         before={"documents_en": "Identity card or passport.", "step_minutes": 20}),
    Line(6, time(9, 5), "despoina", "heraklion", "bookings.exported", after={**_EXPORTED, "bookings": 41}),
    Line(6, time(13, 5), "athanasia", "kavala", "service.changed", "mayor-support", before={"step_minutes": 20}),
    # A change of hours: Friday was an hour shorter.
    Line(4, time(11, 45), "athanasia", "kavala", "service.changed", "mayor-support",
         before={"friday": [["08:30", "14:00", "", ""]]}),
    Line(4, time(12, 10), "vasiliki", "ioannina", "day.printed", after={**_PRINTED, "bookings": 9}),
    Line(4, time(10, 50), "despoina", "heraklion", "service.changed", "debts", before={"step_minutes": 15}),
    Line(4, time(14, 2), "maria", "kavala", "bookings.exported", after={**_EXPORTED, "bookings": 63}),
    Line(3, time(9, 25), "spyridon", "ioannina", "bookings.exported", after={**_EXPORTED, "bookings": 22}),
    Line(3, time(8, 33), "ioannis", "heraklion", "day.printed", after={**_PRINTED, "bookings": 17}),
    Line(2, time(12, 15), "despoina", "heraklion", "calls.exported", after={"calls": 3}),
    Line(1, time(14, 45), "maria", "kavala", "official.ended", "petros",
         # No other table names whoever is gone.
         before={"last_name": "ΓΕΩΡΓΙΟΥ", "first_name": "ΠΕΤΡΟΣ", "role": "official"}),
)  # fmt: skip


class Step(NamedTuple):
    """Something that was done then. The log is read in the order in which it was written, so all steps are sorted."""

    at: datetime
    take: Callable[[datetime], None]


def tell(steps: Iterable[Step]) -> None:
    """Take the steps, oldest first."""
    for step in sorted(steps, key=lambda step: step.at):
        step.take(step.at)


def at_work(now: datetime, working_days_ago: int, wall: time) -> datetime:
    """An hour of a working day before today."""
    day = local_day(now, ATHENS)
    for _ in range(working_days_ago):
        day -= timedelta(days=1)
        while not is_working_day(day):
            day -= timedelta(days=1)
    return to_instant(day, wall, ATHENS)


def steps_of_history(tx: Session, now: datetime, officials: Mapping[str, int]) -> list[Step]:
    """The lines of those who are known."""
    return [
        Step(at_work(now, line.days_ago, line.at), partial(_write, tx, line, officials))
        for line in LINES
        if line.by in officials
    ]


def _write(tx: Session, line: Line, officials: Mapping[str, int], at: datetime) -> None:
    """Of what is there no more, none."""
    subject = _subject(tx, line, officials, local_day(at, ATHENS))
    if subject is None:
        return
    event = record_audit(
        tx,
        at,
        line.action,
        by=as_official(tx, officials[line.by]),
        subject=(subject.kind, subject.id),
        municipality_id=subject.municipality_id,
        before=line.before,
        after=line.after or {name: subject.values[name] for name in line.before if name in subject.values},
    )
    remember(tx, "audit_event", event.id or 0)


def remember_log(tx: Session, kind: str, subject_id: int, at: datetime | None = None) -> None:
    """What the log says of a thing, all of it or of one instant, is the demo's."""
    query = select(col(AuditEventRow.id)).where(
        col(AuditEventRow.subject_kind) == kind, col(AuditEventRow.subject_id) == subject_id
    )
    if at is not None:
        query = query.where(col(AuditEventRow.at) == at)
    for id_ in tx.scalars(query):
        remember(tx, "audit_event", id_ or 0)


def _subject(tx: Session, line: Line, officials: Mapping[str, int], today: date) -> _Subject | None:
    town = tx.scalars(select(MunicipalityRow).where(col(MunicipalityRow.slug) == line.municipality)).one()
    match kind := line.action.split(".")[0]:
        case "municipality":
            return _Subject(kind, town.id, town.id, town.model_dump())
        case "official":
            official_id = officials.get(line.of)
            return _Subject(kind, official_id, town.id, {}) if official_id else None
        case "service":
            service = tx.scalars(
                select(ServiceRow)
                .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
                .where(col(DepartmentRow.municipality_id) == town.id, col(ServiceRow.slug) == line.of)
            ).first()
            if service is None:
                return None
            hours = values_of(tx, weekly_kind(today), service)
            return _Subject(kind, service.id, town.id, service.model_dump() | hours)
    return _Subject(kind, None, town.id, {})
