"""Calls in words: whom, and what to say in one sentence with the dates."""

from dataclasses import dataclass
from datetime import datetime

from dimoslive.domain.booking.references import show_reference
from dimoslive.domain.desk.calls import Call, CallKind, Saying
from dimoslive.domain.people.personal_data import PhoneNumber
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n import Texts
from dimoslive.i18n.dates import day_of_month, desk_clock, short_day
from dimoslive.i18n.desk_dates import desk_moment
from dimoslive.urls import desk_move_path, found_booking_path


@dataclass(frozen=True)
class CallView:
    """Somebody to phone."""

    id: int
    name: str
    said_name: str
    phone: str
    tel: str
    say: str
    facts: str
    is_mine: bool
    taken: str
    number: str
    href: str
    move_href: str


@dataclass(frozen=True)
class CallMade:
    """Somebody who was phoned."""

    id: int
    when: str
    name: str
    said: str
    who: str
    attempts: str


def show_call(call: Call, official_id: int, slug: str, zone: str, t: Texts) -> CallView:
    """A call that is to be made."""
    line, taken = call.booking, call.taken_by
    is_mine = taken is not None and taken.id == official_id
    can_move = call.saying in {Saying.MOVED, Saying.STANDS}
    return CallView(
        id=call.id,
        name=line.person.listed,
        said_name=line.person.said,
        phone=PhoneNumber(line.phone).shown if line.phone else "",
        tel=f"tel:{line.phone}" if line.phone else "",
        say=what_to_say(call, zone, t),
        facts=" · ".join(
            [
                t(f"calls.kind.{call.kind}"),
                line.department_name[t.language],
                t("calls.since", at=desk_moment(call.created_at, zone)),
                _attempts(call, zone, t),
            ]
        ),
        is_mine=is_mine,
        taken=t("calls.taken_by_me") if is_mine else t("calls.taken_by", name=taken.short_name) if taken else "",
        number=t("calls.open", number=show_reference(line.reference)),
        href=found_booking_path(line.reference, t.language, slug),
        move_href=desk_move_path(line.reference, slug, t.language) if can_move else "",
    )


def show_made(call: Call, zone: str, t: Texts) -> CallMade:
    """A call that was made."""
    day = local_day(call.booking.period.starts_at, zone)
    said = f"{t(f'calls.kind.{call.kind}')}, {day_of_month(day, t.language)}, "
    return CallMade(
        id=call.id,
        when=desk_moment(call.done_at or call.created_at, zone),
        name=call.booking.person.listed,
        said=said + desk_clock(call.booking.period.starts_at, zone),
        who=call.done_by.short_name if call.done_by else "",
        attempts=t.count("calls.attempts_made", call.attempts) if call.attempts else "",
    )


def what_to_say(call: Call, zone: str, t: Texts) -> str:
    """In the official's language, to be read aloud."""
    line, starts_at = call.booking, call.booking.period.starts_at
    was_at = call.facts.starts_at or starts_at
    time = desk_clock(starts_at, zone)
    match call.saying:
        case Saying.CANCELLED:
            said = t("calls.say.cancelled", of_day=_of_day(starts_at, zone, t), time=time)
            reason = " ".join(call.reason.split())
            return f"{said} {t('calls.say.reason', reason=reason)}" if reason else said
        case Saying.MOVED:
            said = t(
                "calls.say.moved" if was_at != starts_at else "calls.say.other_mode",
                of_day=_of_day(was_at, zone, t),
                time=desk_clock(was_at, zone),
                to_day=_to_day(starts_at, zone, t),
                new_time=time,
                how=_how(call, t),
            )
        case Saying.STANDS:
            said = t("calls.say.stands", to_day=_to_day(starts_at, zone, t), time=time, how=_how(call, t))
        case Saying.NOTHING:
            return t("calls.say.nothing", status=t(f"desk.status.{line.status}"))
    return f"{said} {t('calls.say.not_arrived')}" if call.kind is CallKind.NOT_DELIVERED else said


def _of_day(instant: datetime, zone: str, t: Texts) -> str:
    day = local_day(instant, zone)
    return f"{t(f'calls.of_weekday.{day.weekday()}')} {short_day(day, t.language)}"


def _to_day(instant: datetime, zone: str, t: Texts) -> str:
    day = local_day(instant, zone)
    return f"{t(f'calls.to_weekday.{day.weekday()}')} {short_day(day, t.language)}"


def _how(call: Call, t: Texts) -> str:
    """A desk matters to whoever comes to it."""
    mode = t(f"mode.{call.booking.mode}")
    return f"{mode}, {call.booking.desk_name[t.language]}" if call.booking.mode is Mode.IN_PERSON else mode


def _attempts(call: Call, zone: str, t: Texts) -> str:
    if not call.attempts or call.tried_at is None:
        return t("calls.no_attempts")
    return t.count("calls.attempts", call.attempts, at=desk_moment(call.tried_at, zone))
