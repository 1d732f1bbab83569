"""Read the draft and the free times of what it has chosen, at one instant."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.calendars import service_calendar
from dimoslive.db.tables.draft import DraftRow
from dimoslive.domain.booking.draft import Step, is_reachable
from dimoslive.domain.errors import NotOffered
from dimoslive.domain.people.principals import Citizen
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import ServiceCalendar, free_starts, last_open_day, next_release
from dimoslive.services.access.access_draft import see_draft
from dimoslive.services.access.check_pause import check_pause
from dimoslive.services.catalogue.find_slots import to_come
from dimoslive.services.draft.open_draft import OpenDraft, read_draft
from dimoslive.services.figures.note_search import note_search


@dataclass(frozen=True, slots=True)
class OpenTimes:
    """The free times of the chosen service, as seconds since the epoch, and what to say when there are none."""

    starts: list[int]
    zone: str
    last_open_day: date
    next_release_at: datetime


@dataclass(frozen=True, slots=True)
class OpenCalendar:
    """A draft with the times it can still choose; without those if nothing is chosen yet, or it is offered no more."""

    opened: OpenDraft
    times: OpenTimes | None


def open_calendar(context: AppContext, principal: Citizen) -> OpenCalendar:
    """The draft and all times that can be booked now; what the citizen holds, and the booking being moved, are free.

    Raises `Paused` where no new bookings are taken; whoever moves one, or holds a time already, goes on.
    """
    now = context.clock.now()
    window = to_come(now)
    calendar: ServiceCalendar | None = None
    with reading(context.db) as tx:
        seen = see_draft(tx, principal, now)
        draft, place = seen.draft, seen.place
        opened = read_draft(tx, principal, seen, now)
        if is_reachable(opened.draft, Step.CALENDAR, now):
            if place is not None and draft.moving_id is None and opened.draft.hold is None:
                check_pause(place, now)
            calendar = calendar_of(tx, draft, window, now)
    if calendar is None:
        return OpenCalendar(opened, None)
    assert opened.draft.mode is not None
    rules = calendar.rules
    starts = free_starts(calendar, opened.draft.mode, window, now)
    note_search(context, principal.id, draft.service_id or 0, opened.draft.mode, next(iter(starts), None), rules.zone)
    return OpenCalendar(opened, OpenTimes(starts, rules.zone, last_open_day(rules, now), next_release(rules, now)))


def calendar_of(tx: Session, draft: DraftRow, window: Period, now: datetime) -> ServiceCalendar | None:
    """The calendar as it is shown to the draft's citizen; none if what is chosen is offered no more."""
    try:
        return service_calendar(
            tx,
            draft.service_id or 0,
            Mode(draft.mode),
            window,
            now,
            ignoring=draft.moving_id,
            citizen_id=draft.citizen_id,
        )
    except NotOffered:
        return None
