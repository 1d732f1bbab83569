"""An official has read the duties."""

from datetime import datetime

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.tables.official import OfficialRow
from dimoslive.domain.errors import NotPossibleNow
from dimoslive.domain.people.duties import DUTIES_VERSION
from dimoslive.domain.people.principals import Official


def duties_read_at(context: AppContext, official: Official) -> datetime | None:
    """When the official has read those that are shown now; None before that."""
    with reading(context.db) as tx:
        row = tx.get_one(OfficialRow, official.id)
        return row.duties_at if row.duties_version == DUTIES_VERSION else None


def understand_duties(context: AppContext, official: Official, version: str) -> None:
    """Keep which ones, and when; read already, it stays as it was. Raises `NotPossibleNow` for other ones."""
    if version != DUTIES_VERSION:
        raise NotPossibleNow()
    with transaction(context.db) as tx:
        row = tx.get_one(OfficialRow, official.id, with_for_update=True)
        if row.duties_version != version:
            row.duties_version, row.duties_at = version, context.clock.now()
