"""Save the hours of a service. From then on every worker offers the times that they make."""

from collections.abc import Sequence

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.domain.errors import WouldUnseat
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.impact import Impact
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.settings.hours import TypedInterval, parse_weekly
from dimoslive.services.plans.weigh_change import weigh_change
from dimoslive.services.settings.hours.access_hours import access_hours
from dimoslive.services.settings.hours.hours_change import day_change, week_change
from dimoslive.services.settings.hours.kind import dated_kind, weekly_kind
from dimoslive.services.settings.hours.preview_hours import DayForm, parse_day
from dimoslive.services.settings.root_change import Act, Opened, Saved
from dimoslive.services.settings.save_root import save_root


def save_week(  # which one, and how it was and is to be
    context: AppContext,
    official: Official,
    municipality_id: int,
    service_id: int,
    opened: Opened,
    rows: Sequence[TypedInterval],
) -> Saved:
    """The hours of every week, weekday by weekday.

    Raises `InvalidDetails`, `ChangedMeanwhile`, `RemovedMeanwhile`, `NotFound`, or `WouldUnseat` where a booking would
    not fit any more.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        row, zone = access_hours(tx, official, municipality_id, service_id)
        today = local_day(now, zone)
        mine = parse_weekly(rows, row.duration_minutes, today)
        return save_root(
            tx,
            weekly_kind(today),
            row,
            opened,
            mine,
            Act(official, now, municipality_id),
            check=lambda merged: _check_seats(
                weigh_change(tx, municipality_id, week_change(tx, service_id, merged, today), now).impact
            ),
        )


def save_day(
    context: AppContext, official: Official, municipality_id: int, service_id: int, opened: Opened, form: DayForm
) -> Saved:
    """The hours of one date. Raises as `save_week`, and `InvalidInput` where the date can have none."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        row, zone = access_hours(tx, official, municipality_id, service_id)
        mine = parse_day(form, row.duration_minutes, local_day(now, zone))
        return save_root(
            tx,
            dated_kind(form.on),
            row,
            opened,
            mine,
            Act(official, now, municipality_id),
            check=lambda merged: _check_seats(
                weigh_change(tx, municipality_id, day_change(tx, service_id, form.on, merged), now).impact
            ),
        )


def _check_seats(impact: Impact) -> None:
    if not impact.is_harmless:
        raise WouldUnseat(number=len(impact.hits))
