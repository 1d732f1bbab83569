"""Who did or looked at what: one line, in the transaction of its cause."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from sqlmodel import Session

from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.domain.people.principals import ApiKey, Official

ActorKind = Literal["official", "platform", "key", "job", "command"]
Facts = Mapping[str, object]


def record_audit(  # noqa: PLR0913  # a line says all of this, each by its name
    tx: Session,
    now: datetime,
    action: str,
    *,
    by: Official | ApiKey | Literal["job", "command"],
    subject: tuple[str, int | None],
    municipality_id: int | None = None,
    before: Facts | None = None,
    after: Facts | None = None,
    reason: str = "",
) -> AuditEventRow:
    """Write the line. ``subject`` is its kind and id. Of ``before`` and ``after`` only what differs is kept.

    Neither holds anything of a citizen, nor a whole AFM. ``by`` is the official, the key of a program, or what acts by
    itself.
    """
    event = audit_line(
        now, action, by=by, subject=subject, municipality_id=municipality_id, before=before, after=after, reason=reason
    )
    tx.add(event)
    tx.flush()
    return event


def audit_line(
    now: datetime,
    action: str,
    *,
    by: Official | ApiKey | Literal["job", "command"],
    subject: tuple[str, int | None],
    municipality_id: int | None = None,
    before: Facts | None = None,
    after: Facts | None = None,
    reason: str = "",
) -> AuditEventRow:
    """The line before it is written: many are written at once."""
    was, is_now = dict(before or {}), dict(after or {})
    same = {name for name in was.keys() & is_now.keys() if was[name] == is_now[name]}
    actor, official_id = _actor(by, municipality_id)
    return AuditEventRow(
        at=now,
        municipality_id=municipality_id,
        actor=actor,
        official_id=official_id,
        action=action,
        subject_kind=subject[0],
        subject_id=subject[1],
        before=_json(was, same),
        after=_json(is_now, same),
        reason=reason,
    )


def _actor(
    by: Official | ApiKey | Literal["job", "command"], municipality_id: int | None
) -> tuple[ActorKind, int | None]:
    """A platform administrator acts as one where no right of a municipality's own is at work."""
    if isinstance(by, ApiKey):
        return "key", None
    if not isinstance(by, Official):
        return by, None
    has_right = any(right.municipality_id == municipality_id for right in by.rights)
    return ("platform" if by.is_platform_admin and not has_right else "official"), by.id


def _json(facts: dict[str, object], same: set[str]) -> str:
    kept = {name: value for name, value in facts.items() if name not in same}
    return json.dumps(kept, ensure_ascii=False, default=str)
