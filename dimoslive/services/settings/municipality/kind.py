"""A municipality, as it sets itself up. Crest and pause have services of their own, and their lines in the same log."""

from collections.abc import Mapping

from sqlmodel import Session

from dimoslive.db.rows.ready_reasons import ready_reasons, reason_fields, write_reasons
from dimoslive.db.rows.roots import RootKind
from dimoslive.db.tables.catalogue import MunicipalityRow


def _read(_tx: Session, row: MunicipalityRow) -> dict[str, object]:
    return reason_fields(ready_reasons(row))


def _write(_tx: Session, row: MunicipalityRow, changed: Mapping[str, object]) -> None:
    if reasons := {name: text for name, text in changed.items() if name.startswith("reason_")}:
        write_reasons(row, reasons)


MUNICIPALITY = RootKind(
    MunicipalityRow,
    "municipality",
    (
        "address_el",
        "address_en",
        "phone",
        "email",
        "website",
        "data_protection_contact",
        "accent_color",
        "max_open_bookings",
        "retention_days",
        "video_provider",
        "feed_persons",
    ),
    read=_read,
    write=_write,
    has_archive=False,
)
