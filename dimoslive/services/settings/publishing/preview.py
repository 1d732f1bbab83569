"""What citizens will see of a municipality, for those who work there: by the same engine, and nothing is written."""

from dataclasses import dataclass
from datetime import date, datetime

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.calendars import calendars_of_municipality
from dimoslive.db.queries.catalogue import municipality_by_slug, service_with_place
from dimoslive.db.rows.booking import to_booked_service
from dimoslive.db.rows.catalogue import modes_of
from dimoslive.domain.booking.booking import BookedService
from dimoslive.domain.errors import NotFound, NotOffered
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.slots import free_starts, last_open_day, next_release
from dimoslive.services.catalogue.find_slots import to_come
from dimoslive.services.catalogue.show_municipality import PageWithTimes, page_with_times
from dimoslive.services.settings.tasks.access_set_up import see_set_up


@dataclass(frozen=True, slots=True)
class PreviewedTimes:
    """The free times of a service in one mode, in seconds since the epoch, and what a citizen reads with them."""

    service: BookedService
    mode: Mode
    duration_minutes: int
    starts: list[int]
    zone: str
    last_open_day: date
    next_release_at: datetime
    at: datetime


def preview_page(context: AppContext, official: Official, slug: str) -> PageWithTimes:
    """The public page as it will be; raises `NotFound` for whoever does not work there."""
    now = context.clock.now()
    with reading(context.db) as tx:
        row = municipality_by_slug(tx, slug)
        if row is None or not can(official, Permission.VIEW_DESK, row.id):
            raise NotFound()
        return page_with_times(tx, row, now, is_open=True)


def preview_times(
    context: AppContext, official: Official, municipality_id: int, service_id: int, mode: str
) -> PreviewedTimes:
    """The calendar of a service as it will be; raises `NotOffered` or `NotFound`."""
    now = context.clock.now()
    window = to_come(now)
    with reading(context.db) as tx:
        see_set_up(tx, official, municipality_id)
        place = service_with_place(tx, service_id)
        if place is None or place.municipality.id != municipality_id or mode not in modes_of(place.service):
            raise NotOffered()
        calendar = calendars_of_municipality(tx, municipality_id, window, now, as_if_published=True).get(service_id)
        if calendar is None:
            raise NotOffered()
        service = to_booked_service(*place)
    rules = calendar.rules
    return PreviewedTimes(
        service=service,
        mode=Mode(mode),
        duration_minutes=rules.duration_minutes,
        starts=free_starts(calendar, Mode(mode), window, now),
        zone=rules.zone,
        last_open_day=last_open_day(rules, now),
        next_release_at=next_release(rules, now),
        at=now,
    )
