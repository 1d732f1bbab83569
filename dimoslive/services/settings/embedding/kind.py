"""The sites that may frame a municipality's pages: fields of the municipality's root, with lines of their own."""

from collections.abc import Mapping

from sqlmodel import Session

from dimoslive.db.queries.frame_origins import origins_of, replace_origins
from dimoslive.db.rows.roots import RootKind
from dimoslive.db.tables.catalogue import MunicipalityRow


def _read(tx: Session, row: MunicipalityRow) -> dict[str, object]:
    return {"origins": "\n".join(origins_of(tx, row.id))}


def _write(tx: Session, row: MunicipalityRow, changed: Mapping[str, object]) -> None:
    replace_origins(tx, row.id, str(changed["origins"]).split())


EMBEDDING = RootKind(MunicipalityRow, "embedding", (), read=_read, write=_write, has_archive=False)
