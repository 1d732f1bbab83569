"""Whether a municipality stands on the public page of figures: the platform's choice, with a reason in its history."""

from collections.abc import Mapping

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.rows.roots import RootKind, values_of
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.errors import NotPossibleNow
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.enrolment import parse_reason
from dimoslive.services.platform.access_platform import access_platform
from dimoslive.services.settings.root_change import Act
from dimoslive.services.settings.save_root import write_root

REASON = "figures_reason"
_CHOICE = RootKind(MunicipalityRow, "municipality", ("has_public_figures",), has_archive=False)


def leave_public_figures(context: AppContext, official: Official, slug: str, raw: Mapping[str, object]) -> None:
    """Take it off the page. Raises `InvalidDetails`, `NotPossibleNow` for one that is off already, or `NotFound`."""
    _choose(context, official, slug, raw, is_shown=False)


def return_to_public_figures(context: AppContext, official: Official, slug: str, raw: Mapping[str, object]) -> None:
    """Put it back. Raises `InvalidDetails`, `NotPossibleNow` for one that is there already, or `NotFound`."""
    _choose(context, official, slug, raw, is_shown=True)


def _choose(context: AppContext, official: Official, slug: str, raw: Mapping[str, object], *, is_shown: bool) -> None:
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_platform(tx, official, slug, Permission.CHOOSE_PUBLIC_FIGURES, for_change=True)
        if (row.enrolled_at is None and row.joined_at is None) or row.has_public_figures == is_shown:
            raise NotPossibleNow()
        act = Act(official, now, row.id, parse_reason(raw, REASON))
        action = "public_figures_shown" if is_shown else "public_figures_hidden"
        changed: dict[str, object] = {"has_public_figures": is_shown}
        write_root(tx, _CHOICE, row, changed, act, action=action, before=values_of(tx, _CHOICE, row))
