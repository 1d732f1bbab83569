"""What a municipality says of itself, and how it takes bookings, as its form has it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from dimoslive.domain.catalogue.accent_color import parse_accent_color
from dimoslive.domain.desk.feeds import FeedPersons
from dimoslive.domain.desk.typed_times import parse_day
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.scheduling.local_time import to_instant
from dimoslive.domain.settings.typed import TypedForm

MAX_ADDRESS_LENGTH = 200
MAX_WEBSITE_LENGTH = 300
MAX_CONTACT_LENGTH = 200
MAX_OPEN_BOOKINGS = 20
MIN_RETENTION_DAYS, MAX_RETENTION_DAYS = 30, 365
READY_REASONS = 4
MIN_REASON_LENGTH, MAX_REASON_LENGTH = 3, 200
MIN_MESSAGE_LENGTH, MAX_MESSAGE_LENGTH = 10, 500
MAX_PAUSE = timedelta(days=366)


def parse_municipality(raw: Mapping[str, object], providers: Collection[str]) -> dict[str, object]:
    """The fields in the order of the form; raises `InvalidDetails`. ``providers`` are those of video calls."""
    form = TypedForm(raw)
    values: dict[str, object] = {
        "address_el": form.line("address_el", max_length=MAX_ADDRESS_LENGTH, required=False),
        "address_en": form.line("address_en", max_length=MAX_ADDRESS_LENGTH, required=False),
        "phone": form.phone("phone"),
        "email": form.email("email"),
        "website": form.https("website", max_length=MAX_WEBSITE_LENGTH),
        "data_protection_contact": form.line("data_protection_contact", max_length=MAX_CONTACT_LENGTH, required=False),
        "accent_color": _read(form, lambda: parse_accent_color(form.raw("accent_color")).text),
        "max_open_bookings": form.number("max_open_bookings", low=1, high=MAX_OPEN_BOOKINGS),
        "retention_days": form.number("retention_days", low=MIN_RETENTION_DAYS, high=MAX_RETENTION_DAYS),
        "video_provider": form.choice("video_provider", {"", *providers}),
        "feed_persons": form.choice("feed_persons", set(FeedPersons)),
    }
    for number in range(1, READY_REASONS + 1):
        for language in ("el", "en"):
            name = f"reason_{number}_{language}"
            values[name] = form.line(name, min_length=MIN_REASON_LENGTH, max_length=MAX_REASON_LENGTH)
    form.check()
    return values


@dataclass(frozen=True, slots=True)
class TypedPause:
    """What citizens read of a pause, by language, and when it ends by itself, if it does."""

    message: dict[str, str]
    until: datetime | None


def parse_pause(raw: Mapping[str, object], zone: str, now: datetime) -> TypedPause:
    """Raises `InvalidDetails`. A day without an hour is the beginning of that day."""
    form = TypedForm(raw)
    message = {
        language: form.text(
            f"message_{language}", min_length=MIN_MESSAGE_LENGTH, max_length=MAX_MESSAGE_LENGTH, required=True
        )
        for language in ("el", "en")
    }
    clock = form.time("until_time") if form.raw("until_time").strip() else "00:00"
    until = _instant(form, clock, zone) if form.raw("until_day").strip() else None
    if until is not None and not now < until <= now + MAX_PAUSE:
        form.refuse("until_day", "not_ahead", days=MAX_PAUSE.days)
    form.check()
    return TypedPause(message, until)


def _instant(form: TypedForm, clock: str, zone: str) -> datetime | None:
    try:
        return to_instant(parse_day(form.raw("until_day")), time.fromisoformat(clock or "00:00"), zone)
    except (InvalidInput, OverflowError):
        form.refuse("until_day", "not_a_date")
        return None


def _read(form: TypedForm, parse: Callable[[], str]) -> str:
    try:
        return parse()
    except InvalidInput as problem:
        form.refuse(problem.field, problem.code, **problem.params)
        return ""
