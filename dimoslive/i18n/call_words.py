"""What is said to somebody who is phoned, in one sentence with the dates."""

from datetime import datetime

from dimoslive.domain.desk.calls import Call, CallKind, Saying
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n import Texts
from dimoslive.i18n.dates import desk_clock, short_day


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
