"""Take a thing out of use, or back into it."""

from typing import TypeVar

from sqlmodel import Session

from dimoslive.db.rows.roots import RootKind
from dimoslive.db.tables.root import Root
from dimoslive.services.settings.root_change import Act
from dimoslive.services.settings.save_root import write_root

R = TypeVar("R", bound=Root)


def archive_root(tx: Session, kind: RootKind[R], row: R, act: Act) -> None:
    """It stays with what it was used for, vanishes from lists and cannot be booked; once more does nothing."""
    _set_active(tx, kind, row, act, is_active=False)


def restore_root(tx: Session, kind: RootKind[R], row: R, act: Act) -> None:
    """It is as it was before it was archived; once more does nothing."""
    _set_active(tx, kind, row, act, is_active=True)


def _set_active(tx: Session, kind: RootKind[R], row: R, act: Act, *, is_active: bool) -> None:
    was = bool(getattr(row, "is_active"))  # noqa: B009  # not every root has one: those that are archived do
    if was == is_active:
        return
    action = "restored" if is_active else "archived"
    write_root(tx, kind, row, {"is_active": is_active}, act, action=action, before={"is_active": was})
