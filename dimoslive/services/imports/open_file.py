"""The first page of an import: the file as it is understood."""

from dataclasses import dataclass, field

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.imports.encodings import Encoding
from dimoslive.domain.imports.formulas import unguarded
from dimoslive.domain.imports.kinds import ImportKind
from dimoslive.domain.people.principals import Official
from dimoslive.services.desk.find_workplace import Workplace
from dimoslive.services.imports.access_draft import access_draft, rows_of

SHOWN_ROWS = 5


@dataclass(frozen=True, slots=True)
class FileRead:
    """Encoding, separator and the first rows, by ``columns``; or the ``problem`` for which it cannot be read so."""

    kind: ImportKind
    file_name: str
    encoding: Encoding | None
    separator: str = ""
    columns: tuple[str, ...] = ()
    first_rows: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    number: int = 0
    problem: InvalidInput | None = None


def open_file(context: AppContext, official: Official, place: Workplace, draft_id: int) -> FileRead:
    """How the file is understood. Raises `ImportGone`, or `NotFound`."""
    with reading(context.db) as tx:
        row = access_draft(context, tx, official, place, draft_id)
        kind, name, chosen = ImportKind(row.kind), row.file_name, Encoding(row.encoding) if row.encoding else None
        try:
            found = rows_of(context, row)
        except InvalidInput as problem:
            return FileRead(kind, name, chosen, problem=problem)
    first = tuple(
        tuple(unguarded(one.cells.get(column, "")) for column in found.columns) for one in found.rows[:SHOWN_ROWS]
    )
    return FileRead(kind, name, found.encoding, found.separator, found.columns, first, len(found.rows))
