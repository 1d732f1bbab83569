"""A closure as its form has it: what two people change is compared by these fields."""

from sqlmodel import Session

from dimoslive.db.rows.roots import RootKind
from dimoslive.db.tables.catalogue import ClosureRow
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.settings.away import period_fields


def closure_kind(zone: str) -> RootKind[ClosureRow]:
    """Times by the clock of the municipality's zone. A plan writes it, never a form."""

    def read(_tx: Session, row: ClosureRow) -> dict[str, object]:
        return {
            **period_fields(Period(row.starts_at, row.ends_at), zone),
            "department": str(row.department_id or ""),
            "reason_el": row.reason_el,
            "reason_en": row.reason_en,
        }

    return RootKind(ClosureRow, "closure", (), read=read, has_archive=False)
