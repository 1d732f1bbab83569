"""Events to rows of the outbox, and back."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from dimoslive.db.rows.booking_snapshot import from_words, period_from_words, to_words
from dimoslive.db.tables.outbox import OutboxRow
from dimoslive.domain.booking.reminders import ReminderKind
from dimoslive.domain.events import (
    AdministratorEntered,
    BookingCancelled,
    BookingConfirmed,
    BookingDetailsChanged,
    BookingEvent,
    BookingReminded,
    BookingRescheduled,
    BookingSentAgain,
    EarlierTimeOffered,
    Event,
    KeyNews,
    KeyWarned,
    ProgramsTold,
    WebhookSwitchedOff,
)
from dimoslive.domain.scheduling.mode import Mode


class UnknownEvent(Exception):
    """A row that this release cannot read: another one wrote it."""


def to_columns(event: Event, now: datetime) -> dict[str, Any]:
    """The row of an event that happened just now, by column."""
    return {
        "event": event.name,
        "subject_kind": event.subject.kind,
        "subject_id": event.subject.id,
        "municipality_id": event.municipality_id,
        "schema_version": event.schema_version,
        "payload": json.dumps(_payload(event), default=lambda value: value.isoformat(), ensure_ascii=False),
        "created_at": now,
    }


def to_event(row: OutboxRow) -> Event:
    """The event as it was written; raises `UnknownEvent`."""
    read = _READERS.get((row.event, row.schema_version))
    if read is None:
        raise UnknownEvent(f"{row.event} with schema version {row.schema_version} is unknown to this release")
    event = read(json.loads(row.payload))
    if isinstance(event, BookingEvent):
        return replace(event, booking=replace(event.booking, changed_at=row.created_at))
    return event


def _payload(event: Event) -> dict[str, Any]:
    if isinstance(event, AdministratorEntered | KeyWarned | ProgramsTold | WebhookSwitchedOff):
        return asdict(event)
    if not isinstance(event, BookingEvent):
        raise TypeError(f"{event.name} has no form in which to be stored")
    words: dict[str, Any] = {"booking": to_words(event.booking)}
    if isinstance(event, BookingRescheduled) and event.previous_period is not None:
        period = event.previous_period
        words["previous_period"] = {"starts_at": period.starts_at, "ends_at": period.ends_at}
        words["previous_mode"] = event.previous_mode
    if isinstance(event, BookingDetailsChanged) and event.by_municipality:
        words["by_municipality"] = True
    if isinstance(event, BookingDetailsChanged) and event.must_move:
        words["must_move"] = True
    if isinstance(event, BookingRescheduled | BookingDetailsChanged) and event.reason:
        words["reason"] = event.reason
    if isinstance(event, BookingReminded):
        words["kind"] = event.kind.value
    if isinstance(event, EarlierTimeOffered):
        words["period"] = {"starts_at": event.period.starts_at, "ends_at": event.period.ends_at}
        words["until"] = event.until
    return words


def _programs_told(words: dict[str, Any]) -> ProgramsTold:
    return ProgramsTold(**words | {"happened_at": datetime.fromisoformat(words["happened_at"])})


def _rescheduled(words: dict[str, Any]) -> BookingRescheduled:
    booking, reason = from_words(words["booking"]), words.get("reason", "")
    if "previous_period" not in words:
        return BookingRescheduled(booking, reason=reason)
    was = period_from_words(words["previous_period"])
    return BookingRescheduled(booking, was, Mode(words["previous_mode"]), reason)


# An older form stays here for as long as rows in it may wait.
_READERS: dict[tuple[str, int], Callable[[dict[str, Any]], Event]] = {
    (BookingConfirmed.name, 1): lambda words: BookingConfirmed(from_words(words["booking"])),
    (BookingRescheduled.name, 1): _rescheduled,
    (BookingDetailsChanged.name, 1): lambda words: BookingDetailsChanged(
        from_words(words["booking"]),
        by_municipality=words.get("by_municipality", False),
        reason=words.get("reason", ""),
        must_move=words.get("must_move", False),
    ),
    (BookingCancelled.name, 1): lambda words: BookingCancelled(from_words(words["booking"])),
    (BookingReminded.name, 1): lambda words: BookingReminded(from_words(words["booking"]), ReminderKind(words["kind"])),
    (EarlierTimeOffered.name, 1): lambda words: EarlierTimeOffered(
        from_words(words["booking"]), period_from_words(words["period"]), datetime.fromisoformat(words["until"])
    ),
    (AdministratorEntered.name, 1): lambda words: AdministratorEntered(**words),
    (ProgramsTold.name, 1): _programs_told,
    (WebhookSwitchedOff.name, 1): lambda words: WebhookSwitchedOff(**words),
    (KeyWarned.name, 1): lambda words: KeyWarned(**(words | {"news": KeyNews(words["news"])})),
    (BookingSentAgain.name, 1): lambda words: BookingSentAgain(from_words(words["booking"])),
}
