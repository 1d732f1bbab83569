"""The hours of a service as parts of its root: a save of them raises the service's version, and is in its history."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import delete, or_
from sqlmodel import Session, col

from dimoslive.db.queries.hours import dated_hours, weekly_hours
from dimoslive.db.rows.roots import RootKind
from dimoslive.db.tables.catalogue import OpeningHoursRow, ServiceRow
from dimoslive.domain.settings.hours import WEEKDAYS, date_field, dated_of, dated_value, weekly_of, weekly_values


def weekly_kind(today: date) -> RootKind[ServiceRow]:
    """The week's hours, each weekday a field; what is over is no part of them."""

    def read(tx: Session, row: ServiceRow) -> dict[str, object]:
        return weekly_values(weekly_hours(tx, [row.id or 0]).get(row.id or 0, []), today)

    def write(tx: Session, row: ServiceRow, changed: Mapping[str, object]) -> None:
        tx.execute(
            delete(OpeningHoursRow).where(
                col(OpeningHoursRow.service_id) == row.id,
                col(OpeningHoursRow.weekday).in_([WEEKDAYS.index(name) for name in changed]),
                or_(col(OpeningHoursRow.valid_until).is_(None), col(OpeningHoursRow.valid_until) >= today),
            )
        )
        tx.add_all(
            OpeningHoursRow(
                service_id=row.id or 0,
                weekday=hours.weekday,
                opens=hours.opens,
                closes=hours.closes,
                valid_from=hours.valid_from,
                valid_until=hours.valid_until,
            )
            for hours in weekly_of(changed)
        )

    return RootKind(ServiceRow, "service", (), read=read, write=write)


def dated_kind(on: date) -> RootKind[ServiceRow]:
    """The hours of one date, which is the one field."""
    name = date_field(on)

    def read(tx: Session, row: ServiceRow) -> dict[str, object]:
        return {name: dated_value(on, dated_hours(tx, row.id or 0, on, on))}

    def write(tx: Session, row: ServiceRow, changed: Mapping[str, object]) -> None:
        tx.execute(
            delete(OpeningHoursRow).where(col(OpeningHoursRow.service_id) == row.id, col(OpeningHoursRow.on_date) == on)
        )
        tx.add_all(
            OpeningHoursRow(service_id=row.id or 0, on_date=on, opens=hours.opens, closes=hours.closes)
            for hours in dated_of(on, changed[name])
        )

    return RootKind(ServiceRow, "service", (), read=read, write=write)
