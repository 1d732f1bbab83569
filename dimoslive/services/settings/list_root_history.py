"""What the log says of one thing of the set-up."""

import json
from typing import Any

from sqlmodel import Session

from dimoslive.db.queries.roots import audit_of
from dimoslive.db.rows.roots import RootKind
from dimoslive.domain.settings.history import HistoryLine
from dimoslive.domain.settings.three_way import Change
from dimoslive.services.desk.open_booking import short_name


def list_root_history(tx: Session, kind: RootKind[Any], municipality_id: int, root_id: int) -> tuple[HistoryLine, ...]:
    """Newest first, fifty at most."""
    lines = []
    for event, official in audit_of(tx, municipality_id, kind.word, root_id):
        was, is_now = json.loads(event.before), json.loads(event.after)
        changes = tuple(Change(name, was.get(name), is_now.get(name)) for name in was | is_now if name != "plan")
        lines.append(HistoryLine(event.at, short_name(official), event.action, changes, event.reason))
    return tuple(lines)
