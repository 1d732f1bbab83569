"""Calls in words: whom, and what to say in one sentence with the dates."""

from dataclasses import dataclass

from dimoslive.domain.booking.references import show_reference
from dimoslive.domain.desk.calls import Call, Saying
from dimoslive.domain.people.personal_data import PhoneNumber
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.i18n import Texts
from dimoslive.i18n.call_words import what_to_say
from dimoslive.i18n.dates import day_of_month, desk_clock
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


def _attempts(call: Call, zone: str, t: Texts) -> str:
    if not call.attempts or call.tried_at is None:
        return t("calls.no_attempts")
    return t.count("calls.attempts", call.attempts, at=desk_moment(call.tried_at, zone))
