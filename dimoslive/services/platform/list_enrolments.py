"""All municipalities, with how far each is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.catalogue import all_municipalities
from dimoslive.db.queries.days_to_next import nearest_days
from dimoslive.db.queries.enrolments import (
    DueBookings,
    administrators_by_municipality,
    due_bookings,
    platform_history,
)
from dimoslive.db.queries.tasks import counts_of
from dimoslive.db.rows.catalogue import pause_of, to_name
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.catalogue.municipality import MunicipalityName
from dimoslive.domain.catalogue.publication import is_published
from dimoslive.domain.figures.days_to_next import DaysToNext
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import ATHENS, days_period, local_day
from dimoslive.domain.settings.enrolment import EnrolmentState
from dimoslive.domain.settings.tasks import SetUpCounts, count_done, states_of
from dimoslive.i18n.search_key import search_key
from dimoslive.services.desk.open_booking import short_name
from dimoslive.services.platform.access_platform import access_platform, check_platform


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A municipality and numbers of it; ``done`` is how many of the six tasks are."""

    municipality: MunicipalityName
    state: EnrolmentState
    done: int
    counts: SetUpCounts
    administrators: int
    enrolled_at: datetime | None
    joined_at: datetime | None
    nearest: DaysToNext | None
    """In how many days there is a free time; none where that was not computed."""


@dataclass(frozen=True, slots=True)
class PlatformLine:
    """What happened to a municipality on the platform. ``by`` is a platform administrator, or empty."""

    at: datetime
    action: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class OpenEnrolment:
    """One municipality, as the platform's page shows it."""

    enrolment: Enrolment
    contact_email: str
    pause_messages: dict[str, str]
    has_public_figures: bool
    due: DueBookings
    """Of the last `DAYS_COUNTED` days."""
    history: tuple[PlatformLine, ...]


DAYS_COUNTED = 30


def list_enrolments(context: AppContext, official: Official) -> list[Enrolment]:
    """Sorted as Greek sorts them: six queries for all; raises `NotFound`."""
    check_platform(official, Permission.ENROL_MUNICIPALITIES)
    with reading(context.db) as tx:
        found = _enrolments(tx, all_municipalities(tx), context.clock.now())
    return sorted(found, key=lambda one: search_key(one.municipality.short_name["el"]))


def open_enrolment(context: AppContext, official: Official, slug: str) -> OpenEnrolment:
    """One of them; raises `NotFound`."""
    with reading(context.db) as tx:
        row = access_platform(tx, official, slug, Permission.ENROL_MUNICIPALITIES)
        [enrolment] = _enrolments(tx, [row], context.clock.now())
        history = tuple(
            # Whom the municipality has sign in there is its own: the platform sees no person but its own people.
            PlatformLine(
                event.at,
                event.action,
                short_name(by) if by is not None and event.actor == "platform" else "",
                event.reason if event.actor == "platform" else "",
            )
            for event, by in platform_history(tx, row.id)
        )
        today = local_day(context.clock.now(), row.zone)
        counted = days_period(today - timedelta(days=DAYS_COUNTED), today - timedelta(days=1), row.zone)
        due = due_bookings(tx, row.id, counted)
        messages = {"el": row.pause_message_el, "en": row.pause_message_en}
        return OpenEnrolment(enrolment, row.email, messages, row.has_public_figures, due, history)


def _enrolments(tx: Session, rows: list[MunicipalityRow], now: datetime) -> list[Enrolment]:
    enrolled = [row for row in rows if row.enrolled_at or row.joined_at]
    counts = counts_of(tx, enrolled, local_day(now, ATHENS)) if enrolled else {}
    administrators = administrators_by_municipality(tx, [row.id for row in enrolled])
    nearest = nearest_days(tx, [row.id for row in enrolled])
    return [
        _enrolment(row, counts.get(row.id, SetUpCounts()), administrators.get(row.id, 0), nearest.get(row.id), now)
        for row in rows
    ]


def _enrolment(
    row: MunicipalityRow, counts: SetUpCounts, administrators: int, nearest: DaysToNext | None, now: datetime
) -> Enrolment:
    return Enrolment(
        municipality=to_name(row, now),
        state=_state(row, now),
        done=count_done(states_of(counts, now)),
        counts=counts,
        administrators=administrators,
        enrolled_at=row.enrolled_at,
        joined_at=row.joined_at,
        nearest=nearest if is_published(row.joined_at, now) else None,
    )


def _state(row: MunicipalityRow, now: datetime) -> EnrolmentState:
    if row.enrolled_at is None and row.joined_at is None:
        return EnrolmentState.NOT_ENROLLED
    if pause_of(row).holds_at(now):
        return EnrolmentState.PAUSED
    return EnrolmentState.OPEN if is_published(row.joined_at, now) else EnrolmentState.PREPARING
