"""A file that was sent: whose it is, what it holds, and how it is read."""

import base64
from typing import Any

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.queries.imports import import_draft
from dimoslive.db.tables.settings import ImportDraftRow
from dimoslive.domain.errors import ImportGone, NotFound
from dimoslive.domain.imports.encodings import Encoding
from dimoslive.domain.imports.kinds import COLUMNS, ImportKind
from dimoslive.domain.imports.rows import RowsRead, read_rows
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.services.desk.find_workplace import Workplace
from dimoslive.services.imports.import_officials import OfficialsImporter
from dimoslive.services.imports.import_services import ServicesImporter
from dimoslive.services.imports.importer import Importer

_NEEDED = {ImportKind.OFFICIALS: Permission.IMPORT_ALL, ImportKind.SERVICES: Permission.IMPORT_SERVICES}


def kinds_for(official: Official, place: Workplace) -> tuple[ImportKind, ...]:
    """What this official may import into the municipality."""
    return tuple(kind for kind, needed in _NEEDED.items() if can(official, needed, place.municipality_id))


def access_draft(
    context: AppContext, tx: Session, official: Official, place: Workplace, draft_id: int
) -> ImportDraftRow:
    """The official's own file for this municipality; raises `ImportGone` once it is not kept any more.

    Raises `NotFound` for whoever may not import what it holds.
    """
    row = import_draft(tx, draft_id, official.id, place.municipality_id, context.clock.now())
    if row is None:
        raise ImportGone()
    if ImportKind(row.kind) not in kinds_for(official, place):
        raise NotFound()
    return row


def importer_of(
    context: AppContext, tx: Session, official: Official, place: Workplace, row: ImportDraftRow
) -> Importer[Any]:
    """Whatever imports what the file holds."""
    make = OfficialsImporter if row.kind == ImportKind.OFFICIALS else ServicesImporter
    return make(context, tx, official, place)


def rows_of(context: AppContext, row: ImportDraftRow) -> RowsRead:
    """The file's rows, in the encoding that was chosen or is found; raises `InvalidInput`."""
    encoding = Encoding(row.encoding) if row.encoding else None
    return read_rows(unsealed(context, row.content), COLUMNS[ImportKind(row.kind)], encoding)


def sealed(context: AppContext, content: bytes) -> bytes:
    """As it is kept: a file of officials has their AFMs."""
    return context.seal.encrypt(base64.b64encode(content).decode()).encode()


def unsealed(context: AppContext, content: bytes) -> bytes:
    """The file as it was sent; raises `ImportGone` if the installation has got another key."""
    text = context.seal.decrypt(content.decode())
    if text is None:
        raise ImportGone()
    return base64.b64decode(text)
