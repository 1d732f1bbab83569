"""The second page of an import: what it would do, row by row."""

from dataclasses import dataclass, field
from typing import Any

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.domain.imports.kinds import ImportKind
from dimoslive.domain.imports.places import KnownPlaces
from dimoslive.domain.imports.verdicts import Judged
from dimoslive.domain.people.principals import Official
from dimoslive.services.desk.find_workplace import Workplace
from dimoslive.services.imports.access_draft import access_draft, importer_of, rows_of
from dimoslive.services.imports.importer import judge


@dataclass(frozen=True, slots=True)
class JudgedFile:
    """Every row with its verdict, in the file's order; ``places`` has the names of what rows refer to."""

    kind: ImportKind
    file_name: str
    rows: tuple[Judged[Any], ...] = field(repr=False)
    places: KnownPlaces = field(repr=False)


def judge_file(context: AppContext, official: Official, place: Workplace, draft_id: int) -> JudgedFile:
    """Nothing is changed. Raises `ImportGone`, `InvalidInput` for a file that cannot be read, or `NotFound`."""
    with reading(context.db) as tx:
        row = access_draft(context, tx, official, place, draft_id)
        importer = importer_of(context, tx, official, place, row)
        rows = judge(importer, rows_of(context, row).rows)
        return JudgedFile(ImportKind(row.kind), row.file_name, rows, importer.places)
