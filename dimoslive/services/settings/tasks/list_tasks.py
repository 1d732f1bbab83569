"""The way to publishing, and what is to be looked at after it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.booking_lines import count_booked, unrecorded
from dimoslive.db.queries.scopes import bookings_within
from dimoslive.db.queries.tasks import closures_of_all, counts_of, last_touched, without_department
from dimoslive.db.queries.webhooks import count_switched_off
from dimoslive.db.queries.workplaces import count_calls
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.catalogue.publication import is_published
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import day_period, local_day
from dimoslive.domain.settings.tasks import SetUpCounts, Task, TaskState, states_of
from dimoslive.services.desk.open_booking import short_name
from dimoslive.services.plans.list_plans import count_open_plans
from dimoslive.services.settings.publishing.find_gaps import Gaps, find_gaps


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task, and who was there last, if anybody was."""

    task: Task
    state: TaskState
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attention:
    """What waits for somebody, within the official's scope."""

    plans: int
    calls: int
    unrecorded: int
    suggestions: int
    webhooks: int
    """That were switched off by themselves; 0 for whoever does not manage them."""
    """Closures to be confirmed."""
    officials: tuple[str, ...]
    """Who may act in departments alone of which none is in use."""


@dataclass(frozen=True, slots=True)
class Tasks:
    """How far a municipality is. ``attention`` is empty before it is published."""

    name: Words
    slug: str
    zone: str
    lines: tuple[TaskLine, ...]
    counts: SetUpCounts
    gaps: Gaps
    is_published: bool
    can_manage: bool
    attention: Attention | None

    @property
    def states(self) -> dict[Task, TaskState]:
        """By task."""
        return {line.task: line.state for line in self.lines}


def list_tasks(context: AppContext, official: Official, municipality_id: int) -> Tasks:
    """Seen from what is there, with each call anew; raises `NotFound`."""
    if not can(official, Permission.VIEW_SETTINGS, municipality_id):
        raise NotFound()
    now = context.clock.now()
    with reading(context.db) as tx:
        row = tx.get_one(MunicipalityRow, municipality_id)
        counts = counts_of(tx, [row], local_day(now, row.zone))[row.id]
        is_open = is_published(row.joined_at, now)
        return Tasks(
            name={"el": row.name_el, "en": row.name_en},
            slug=row.slug,
            zone=row.zone,
            lines=_lines(tx, row.id, counts, now),
            counts=counts,
            gaps=find_gaps(tx, row, now),
            is_published=is_open,
            can_manage=can(official, Permission.MANAGE_MUNICIPALITY, municipality_id),
            attention=_attention(tx, official, row, now) if is_open else None,
        )


def _lines(tx: Session, municipality_id: int, counts: SetUpCounts, now: datetime) -> tuple[TaskLine, ...]:
    touched = last_touched(tx, municipality_id)
    return tuple(
        TaskLine(task, state, short_name(touched[task][1]), touched[task][0].at)
        if task in touched
        else TaskLine(task, state)
        for task, state in states_of(counts, now).items()
    )


def _attention(tx: Session, official: Official, row: MunicipalityRow, now: datetime) -> Attention:
    today = day_period(local_day(now, row.zone), row.zone)
    past = [*unrecorded(row.id, today.starts_at), bookings_within(official, Permission.SERVE)]
    closures = closures_of_all(tx, row.id)
    return Attention(
        plans=count_open_plans(tx, official, row.id),
        calls=count_calls(tx, official, row.id),
        unrecorded=count_booked(tx, past),
        suggestions=sum(not one.is_active and one.ends_at > now for one in closures),
        webhooks=count_switched_off(tx, row.id) if can(official, Permission.MANAGE_WEBHOOKS, row.id) else 0,
        officials=tuple(short_name(one) for one in without_department(tx, row.id)),
    )
