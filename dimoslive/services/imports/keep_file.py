"""A file is sent, and kept until it is imported, for an hour at most."""

from datetime import timedelta

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.imports import forget_import_drafts
from dimoslive.db.tables.settings import ImportDraftRow
from dimoslive.domain.errors import InvalidInput, NotFound
from dimoslive.domain.imports.kinds import ImportKind
from dimoslive.domain.imports.rows import MAX_BYTES
from dimoslive.domain.people.principals import Official
from dimoslive.services.desk.find_workplace import Workplace
from dimoslive.services.imports.access_draft import kinds_for, sealed

KEPT = timedelta(hours=1)
_MAX_FILE_NAME = 120


def keep_file(  # who sends what, each by its name
    context: AppContext, official: Official, place: Workplace, *, kind: ImportKind, file_name: str, content: bytes
) -> int:
    """Keep the bytes as they came; whether they can be read is the next page's to say. Returns the id.

    It takes the place of a file that the official sent before. Raises `InvalidInput`, or `NotFound`.
    """
    if kind not in kinds_for(official, place):
        raise NotFound()
    if not content:
        raise InvalidInput("file", "file_is_empty")
    if len(content) > MAX_BYTES:
        raise InvalidInput("file", "file_too_large", megabytes=MAX_BYTES // 1024 // 1024)
    now = context.clock.now()
    with transaction(context.db) as tx:
        forget_import_drafts(tx, official.id)
        row = ImportDraftRow(
            municipality_id=place.municipality_id,
            official_id=official.id,
            kind=kind.value,
            file_name="".join(letter for letter in file_name if letter.isprintable())[:_MAX_FILE_NAME],
            content=sealed(context, content),
            created_at=now,
            expires_at=now + KEPT,
        )
        tx.add(row)
        tx.flush()
        return row.id or 0
