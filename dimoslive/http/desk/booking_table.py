"""Bookings as a table for a file, in the columns of the export."""

from collections.abc import Iterable

from dimoslive.domain.booking.references import show_reference
from dimoslive.domain.desk.booking_line import BookingLine
from dimoslive.domain.people.personal_data import PhoneNumber
from dimoslive.domain.scheduling.local_time import to_local
from dimoslive.i18n import Texts
from dimoslive.integrations.files.table import Cell, Table

COLUMNS = (
    "date", "time", "duration", "number", "name", "phone", "email", "service", "department", "mode", "desk", "status",
    "outcome", "subject", "source", "arrived", "started", "ended",
)  # fmt: skip


def booking_table(lines: Iterable[BookingLine], zone: str, t: Texts) -> Table:
    """A line a booking; of erased ones without the person."""
    heads = [t(f"export.column.{column}") for column in COLUMNS]
    return Table(t("export.sheet"), t.language, heads, [_row(line, zone, t) for line in lines])


def _row(line: BookingLine, zone: str, t: Texts) -> list[Cell]:
    starts_at = to_local(line.period.starts_at, zone)
    instants = (line.arrived_at, line.started_at, line.ended_at)
    outcome = f"lists.outcome.{line.outcome}"
    return [
        starts_at.date(),
        starts_at.time(),
        int(line.period.length.total_seconds() // 60),
        show_reference(line.reference),
        line.person.listed,
        PhoneNumber(line.phone).shown if line.phone else "",
        line.email,
        line.service_name[t.language],
        line.department_name[t.language],
        t(f"mode.{line.mode}"),
        line.desk_name[t.language],
        t(f"desk.status.{line.status}"),
        t(outcome) if t.has(outcome) else "",
        line.subject,
        t(f"lists.source.{line.source}"),
        *[to_local(instant, zone).time().replace(second=0, microsecond=0) if instant else None for instant in instants],
    ]
