"""A service, as the set-up changes it: its columns, and the desks that serve it."""

from collections.abc import Iterable, Mapping
from typing import cast

from sqlmodel import Session

from dimoslive.db.queries.services import serving_desks, write_serving_desks
from dimoslive.db.rows.roots import RootKind
from dimoslive.db.tables.catalogue import ServiceRow


def _read(tx: Session, row: ServiceRow) -> dict[str, object]:
    return {"desk_ids": serving_desks(tx, row.id or 0)}


def _write(tx: Session, row: ServiceRow, changed: Mapping[str, object]) -> None:
    if "desk_ids" in changed:
        write_serving_desks(tx, row.id or 0, cast("Iterable[int]", changed["desk_ids"]))


SERVICE = RootKind(
    ServiceRow,
    "service",
    (
        "department_id", "name_el", "name_en", "is_name_en_suggested", "short_name_el", "short_name_en", "slug",
        "position", "offers_video", "offers_in_person", "offers_phone", "duration_minutes", "step_minutes",
        "buffer_before_minutes", "buffer_after_minutes", "notice_minutes", "notice_working_days", "horizon_days",
        "release_at", "staff_reserve", "max_open_bookings", "move_until_minutes", "cancel_until_minutes", "max_moves",
        "documents_el", "documents_en", "instructions_el", "instructions_en", "online_url", "has_waiting_list",
        "has_reminders", "is_sensitive", "mail_note_el", "mail_note_en",
    ),
    read=_read,
    write=_write,
)  # fmt: skip

PAUSE = RootKind(ServiceRow, "service", ("pause_message_el", "pause_message_en", "reopens_on", "paused_at"))
