"""«Δείτε τι αλλάζει»: what hours that somebody wrote would do, before anything is saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.rows.roots import RootKind
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.changes import ServiceChange
from dimoslive.domain.plans.impact import Impact
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.settings.hours import TypedInterval, parse_dated, parse_weekly
from dimoslive.services.plans.preview_change import preview_change
from dimoslive.services.plans.weigh_change import weigh_change
from dimoslive.services.settings.hours.access_hours import access_hours
from dimoslive.services.settings.hours.hours_change import day_change, week_change
from dimoslive.services.settings.hours.kind import dated_kind, weekly_kind
from dimoslive.services.settings.root_change import Opened
from dimoslive.services.settings.save_root import merge_with_now


@dataclass(frozen=True, slots=True)
class DayForm:
    """What stands in the form of one date."""

    on: date
    rows: Sequence[TypedInterval] = ()
    is_closed: bool = False
    opens_on_holiday: bool = False


@dataclass(frozen=True, slots=True)
class HoursPreview:
    """What the hours do; where they hit bookings, the plan in which somebody decides about these."""

    impact: Impact
    plan_id: int = 0


def preview_week(
    context: AppContext,
    official: Official,
    municipality_id: int,
    service_id: int,
    opened: Opened,
    rows: Sequence[TypedInterval],
) -> HoursPreview:
    """Of the week, merged with what others saved meanwhile.

    Raises `InvalidDetails`, `ChangedMeanwhile`, `RemovedMeanwhile` or `NotFound`.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        row, zone = access_hours(tx, official, municipality_id, service_id)
        today = local_day(now, zone)
        mine = parse_weekly(rows, row.duration_minutes, today)
        values = _merged(tx, weekly_kind(today), row, opened, mine)
        change = week_change(tx, service_id, values, today)
        impact = weigh_change(tx, municipality_id, change, now).impact
    return _planned(context, official, municipality_id, change, impact)


def preview_day(
    context: AppContext, official: Official, municipality_id: int, service_id: int, opened: Opened, form: DayForm
) -> HoursPreview:
    """Of one date. Raises `InvalidDetails`, `InvalidInput`, `ChangedMeanwhile`, `RemovedMeanwhile` or `NotFound`."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        row, zone = access_hours(tx, official, municipality_id, service_id)
        mine = parse_day(form, row.duration_minutes, local_day(now, zone))
        values = _merged(tx, dated_kind(form.on), row, opened, mine)
        change = day_change(tx, service_id, form.on, values)
        impact = weigh_change(tx, municipality_id, change, now).impact
    return _planned(context, official, municipality_id, change, impact)


def parse_day(form: DayForm, duration_minutes: int, today: date) -> dict[str, object]:
    """The field of the form's date; raises as `parse_dated`."""
    return parse_dated(
        form.on,
        form.rows,
        duration_minutes,
        today,
        is_closed=form.is_closed,
        opens_on_holiday=form.opens_on_holiday,
    )


def _planned(
    context: AppContext, official: Official, municipality_id: int, change: ServiceChange, impact: Impact
) -> HoursPreview:
    if impact.is_harmless:
        return HoursPreview(impact)
    return HoursPreview(impact, preview_change(context, official, municipality_id, change))


def _merged(
    tx: Session, kind: RootKind[ServiceRow], row: ServiceRow, opened: Opened, mine: Mapping[str, object]
) -> Mapping[str, object]:
    return merge_with_now(tx, kind, row, opened, mine).values
