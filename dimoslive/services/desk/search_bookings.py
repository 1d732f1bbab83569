"""An official looks for somebody's booking: by name, reference or telephone. Each search is logged."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import and_
from sqlmodel import Session, col

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.account import departments_of
from dimoslive.db.queries.bookings import booking_within
from dimoslive.db.queries.scopes import bookings_within
from dimoslive.db.queries.search import (
    Searched,
    find_by_id,
    find_by_name,
    find_by_phone,
    names_within,
)
from dimoslive.db.rows.booking import BookingWithService, to_booking
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.desk import SearchEventRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.references import parse_reference
from dimoslive.domain.desk.typed_times import parse_day
from dimoslive.domain.errors import InvalidInput, NotFound, TooManyAttempts
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.personal_data import clean_line
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import days_period, local_day
from dimoslive.domain.scheduling.slots import ticks
from dimoslive.i18n.search_key import search_key, sound_key
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.access.limit_attempts import RateLimit, count
from dimoslive.services.audit.record_audit import record_audit
from dimoslive.services.desk.find_workplace import Workplace

MAX_FOUND = 50
MAX_TEXT_LENGTH = 300
MIN_LETTERS = 3
_RUN = re.compile(r"(.)\1{2,}", re.IGNORECASE)
"""«ζζζζ» sounds as «ζ»: it would find everybody whose name begins with it."""
MIN_DIGITS = 6
DAYS_BEFORE, DAYS_AFTER = timedelta(days=30), timedelta(days=60)
FARTHEST = timedelta(days=400)
_LATIN = re.compile("[a-z]")


class SearchKind(StrEnum):
    """By what."""

    REFERENCE = "reference"
    PHONE = "phone"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class SearchWish:
    """What was typed: whom, and between which days. An empty day is the usual one."""

    text: str
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found; ``opened`` is the reference that was typed whole, which needs no choice."""

    bookings: tuple[Booking, ...]
    has_more: bool
    opened: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    """What was typed, read in each way that it can be."""

    text: str
    reference: str | None
    digits: str
    words: tuple[str, ...]


def usual_days(context: AppContext, place: Workplace) -> tuple[date, date]:
    """Between which days a search looks if nothing else is said."""
    today = local_day(context.clock.now(), place.zone)
    return today - DAYS_BEFORE, today + DAYS_AFTER


def searched_departments(context: AppContext, place: Workplace) -> tuple[dict[str, str], ...]:
    """The names of the departments to which the official is limited; none if it is the whole municipality."""
    if not place.right.department_ids:
        return ()
    with reading(context.db) as tx:
        rows = departments_of(tx, place.right.department_ids)
        return tuple({"el": row.name_el, "en": row.name_en} for row in rows)


def search_bookings(context: AppContext, official: Official, place: Workplace, wish: SearchWish) -> Found:
    """Find at most 50, those to come first. Raises `InvalidInput` or `TooManyAttempts`."""
    words, now = _read(wish.text), context.clock.now()
    first, last = _days(context, place, wish)
    _count(context, official, place, now)
    with transaction(context.db) as tx:
        scope = and_(
            bookings_within(official, Permission.SEARCH_BOOKINGS),
            col(BookingRow.municipality_id) == place.municipality_id,
        )
        where = Searched(scope, days_period(first, last, place.zone), now, ticks(now, now).start)
        row = booking_within(tx, scope, words.reference) if words.reference else None
        kind, found = (SearchKind.REFERENCE, []) if row else _find(tx, where, words)
        tx.add(
            SearchEventRow(
                municipality_id=place.municipality_id,
                official_id=official.id,
                at=now,
                kind=kind.value,
                query_sealed=context.seal.encrypt(words.text),
                found=1 if row else min(len(found), MAX_FOUND),
            )
        )
        if row is not None:
            _note_opening(tx, row, official, now)
        shown = tuple(to_booking(one) for one in found[:MAX_FOUND])
        return Found(shown, len(found) > MAX_FOUND, row.reference if row else "")


def open_found(context: AppContext, official: Official, place: Workplace, reference: str) -> str:
    """A booking is opened from what was found, which is logged; returns its reference. Raises `NotFound`."""
    with transaction(context.db) as tx:
        row = access_booking(tx, official, reference, Permission.SEARCH_BOOKINGS)
        if row.municipality_id != place.municipality_id:
            raise NotFound()
        _note_opening(tx, row, official, context.clock.now())
        return row.reference


def _note_opening(tx: Session, row: BookingRow, official: Official, now: datetime) -> None:
    subject = ("booking", row.id)
    record_audit(tx, now, "booking.opened", by=official, subject=subject, municipality_id=row.municipality_id)


def _read(text: str) -> _Words:
    line = clean_line("text", text, max_length=MAX_TEXT_LENGTH, required=False)
    digits = re.sub(r"[\s()+./-]", "", line)
    words = _Words(
        text=line,
        reference=parse_reference(line),
        digits=digits.removeprefix("00") if re.fullmatch(f"[0-9]{{{MIN_DIGITS},}}", digits) else "",
        words=tuple(search_key(line).replace("-", " ").split()),
    )
    is_name = sum(letter.isalpha() for letter in _RUN.sub(r"\1\1", line)) >= MIN_LETTERS
    if not (words.reference or words.digits or is_name):
        raise InvalidInput("text", "search_too_short")
    return words


def _days(context: AppContext, place: Workplace, wish: SearchWish) -> tuple[date, date]:
    today = local_day(context.clock.now(), place.zone)
    usual = usual_days(context, place)
    first = _day("first", wish.first, usual[0])
    last = _day("last", wish.last, usual[1])
    if last < first:
        raise InvalidInput("last", "end_before_start")
    # Beyond these nothing is kept, and nothing can be booked.
    return max(first, today - FARTHEST), min(last, today + FARTHEST)


def _day(name: str, text: str, usual: date) -> date:
    if not text.strip():
        return usual
    try:
        return parse_day(text)
    except InvalidInput as problem:
        raise InvalidInput(name, problem.code) from None


def _count(context: AppContext, official: Official, place: Workplace, now: datetime) -> None:
    """Sixty in ten minutes; the first one more is written down for the head."""
    limit = RateLimit.SEARCH.value
    with transaction(context.db) as tx:
        searches = count(tx, RateLimit.SEARCH, f"official-{official.id}", now)
        if searches == limit.attempts + 1:
            subject = ("official", official.id)
            record_audit(tx, now, "search.limited", by=official, subject=subject, municipality_id=place.municipality_id)
    if searches > limit.attempts:
        raise TooManyAttempts(minutes=int(limit.window.total_seconds() // 60))


def _find(tx: Session, where: Searched, words: _Words) -> tuple[SearchKind, list[BookingWithService]]:
    if words.digits:
        return SearchKind.PHONE, find_by_phone(tx, where, words.digits, MAX_FOUND + 1)
    if not any(letter.isalpha() for letter in words.text) or _is_reference_alone(words):
        return SearchKind.REFERENCE, []
    found = find_by_name(tx, where, words.words, MAX_FOUND + 1)
    if found and not any(_LATIN.search(word) for word in words.words):
        return SearchKind.NAME, found
    return SearchKind.NAME, _with_those_that_sound_alike(tx, where, words, found)


def _is_reference_alone(words: _Words) -> bool:
    """A reference in its two groups, or with digits in it, is no name."""
    return words.reference is not None and any(letter.isdecimal() for letter in words.text)


def _with_those_that_sound_alike(
    tx: Session, where: Searched, words: _Words, found: list[BookingWithService]
) -> list[BookingWithService]:
    """Names in the other letters, or spelt in another way."""
    wanted = [f" {sound_key(word)}" for word in words.words]
    names = names_within(tx, where)
    sounds = {name_key: f" {sound_key(name_key.replace('-', ' '))}" for name_key in {name for _, name in names}}
    alike = [id_ for id_, name in names if all(word in sounds[name] for word in wanted)][: MAX_FOUND + 1]
    ids = {one.row.id or 0 for one in found}.union(alike)
    return find_by_id(tx, where, ids, MAX_FOUND + 1)
