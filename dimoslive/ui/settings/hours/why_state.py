"""«Γιατί δεν προσφέρεται;»: the answer in words, with the checks up to the first that fails."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import reflex as rx

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.holidays import holiday_name
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.why_not import Check, WhyNot
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.dates import day_of_month, desk_clock
from dimoslive.i18n.desk_dates import desk_hours, weekday_and_day
from dimoslive.services.settings.hours.explain_time import ExplainedTime, explain_time
from dimoslive.ui.settings.hours.form_state import HoursFormState
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.field_errors import say
from dimoslive.ui.shared.guard import for_official
from dimoslive.urls import settings_path

MAX_TYPED = 20
MAX_NAME_LENGTH = 100


@dataclass(frozen=True)
class CheckView:
    """A check that was made; the last one may have failed. ``href`` leads to where it is changed."""

    text: str
    is_no: bool = False
    link: str = ""
    href: str = ""


class HoursWhyState(HoursFormState, rx.State):
    """One question about a time of the service that the address names."""

    asked_for: str = ""
    """Of which hours the question was: others make the answer old."""
    sentence: str = ""
    is_offered: bool = False
    checks: list[CheckView] = []
    later: str = ""
    date_error: str = ""
    clock_error: str = ""
    mode_error: str = ""

    @for_official(Permission.EDIT_SERVICES)
    async def ask(self, official: Official, form_data: dict) -> None:
        """«Δείτε γιατί»."""
        place, service_id = await self._hours_of(official)
        t = texts_of(self._language())
        day, clock, mode = (str(form_data.get(f"why-{name}") or "")[:MAX_TYPED] for name in ("date", "clock", "mode"))
        self._forget()
        self.asked_for = str(form_data.get("why-for") or "")[:MAX_NAME_LENGTH]
        try:
            found = await call(explain_time, official, place.municipality_id, service_id, day, clock, mode)
        except InvalidInput as problem:
            setattr(self, f"{problem.field}_error", say(problem, t))
            self._focus(f"why-{problem.field}")
            return
        self._show(found, place.slug, t)

    def _forget(self) -> None:
        self.sentence, self.later, self.checks, self.is_offered = "", "", [], False
        self.date_error = self.clock_error = self.mode_error = ""

    def _show(self, found: ExplainedTime, slug: str, t: Texts) -> None:
        why = found.why_not
        day = local_day(found.starts_at, found.zone)
        when = {"day": day_of_month(day, t.language), "time": desk_clock(found.starts_at, found.zone)}
        self.is_offered = why is None
        order = list(Check)
        passed = order[: order.index(why.check)] if why else order
        self.checks = [CheckView(t(f"hours.why.passed.{check}")) for check in passed]
        if why is None:
            self.sentence = t("hours.why.offered", **when)
            return
        self.sentence = t("hours.why.not_offered", **when, why=t(f"hours.why.because.{why.check}"))
        link, href = self._way(why, found, slug, t)
        self.checks = [*self.checks, CheckView(_words(why, found, t), is_no=True, link=link, href=href)]
        rest = [t(f"hours.why.name.{check}") for check in order[order.index(why.check) + 1 :]]
        self.later = t("hours.why.later", names=", ".join(rest)) if rest else ""

    def _way(self, why: WhyNot, found: ExplainedTime, slug: str, t: Texts) -> tuple[str, str]:
        """Where it can be changed, if there is such a page."""
        day = local_day(found.starts_at, found.zone)
        dates = settings_path(
            f"hours/{self._service_id()}/dates", slug, t.language, month=f"{day:%Y-%m}", day=day.isoformat()
        )
        if why.check in {Check.HOLIDAY, Check.CLOSURE} or why.is_dated:
            return t("hours.why.by_date", day=weekday_and_day(day, t.language)), dates
        return "", ""


def _words(why: WhyNot, found: ExplainedTime, t: Texts) -> str:
    """What stands against the time, with the facts."""
    return _WORDS[why.check](why, found, t)


def _published(_why: WhyNot, found: ExplainedTime, t: Texts) -> str:
    return t("hours.why.archived") if found.is_published else t("hours.why.not_published")


def _pause(_why: WhyNot, found: ExplainedTime, t: Texts) -> str:
    if found.pause is None or found.pause.until is None:
        return t("hours.why.paused")
    return t("hours.why.paused_until", until=_moment(found.pause.until, found, t))


def _hours(why: WhyNot, found: ExplainedTime, t: Texts) -> str:
    spans = ", ".join(desk_hours(period, found.zone) for period in why.hours) or t("hours.closed")
    return t("hours.why.dated_hours" if why.is_dated else "hours.why.weekly_hours", hours=spans)


def _holiday(_why: WhyNot, found: ExplainedTime, t: Texts) -> str:
    return t("hours.why.holiday", name=holiday_name(local_day(found.starts_at, found.zone), t.language))


def _closure(why: WhyNot, found: ExplainedTime, t: Texts) -> str:
    spans = [
        t(
            "hours.why.closure_of",
            reason=found.closures[id_][t.language],
            first=_moment(found.closure_periods[id_].starts_at, found, t),
            last=_moment(found.closure_periods[id_].ends_at, found, t),
        )
        for id_ in why.closures
        if id_ in found.closures
    ]
    return t("hours.why.closure", closures=" · ".join(spans))


def _mode(_why: WhyNot, found: ExplainedTime, t: Texts) -> str:
    return t("hours.why.mode", mode=t(f"mode.{found.mode}"))


def _desks(why: WhyNot, found: ExplainedTime, t: Texts) -> str:
    if not why.desks:
        return t("hours.why.no_desks")
    states = [
        t(
            "hours.why.desk",
            desk=found.desks[id_][t.language] if id_ in found.desks else "?",
            state=t(f"hours.why.{state}"),
        )
        for id_, state in why.desks
    ]
    return ", ".join(states)


def _staff(why: WhyNot, _found: ExplainedTime, t: Texts) -> str:
    return t.count("hours.why.staff", why.free_desks)


def _notice(why: WhyNot, found: ExplainedTime, t: Texts) -> str:
    if found.starts_at < found.now:
        return t("hours.why.past")
    return t("hours.why.notice", first=_moment(why.from_, found, t))


def _horizon(why: WhyNot, found: ExplainedTime, t: Texts) -> str:
    return t("hours.why.horizon", opens=_moment(why.from_, found, t))


def _release(why: WhyNot, found: ExplainedTime, t: Texts) -> str:
    return t("hours.why.release", until=_moment(why.from_, found, t))


def _step(why: WhyNot, found: ExplainedTime, t: Texts) -> str:
    near = [desk_clock(one, found.zone) for one in (why.before, why.after) if one]
    return t("hours.why.step", near=t("hours.why.and").join(near)) if near else t("hours.why.no_start")


def _length(why: WhyNot, found: ExplainedTime, t: Texts) -> str:
    ends = found.starts_at + timedelta(minutes=found.duration_minutes)
    closes = desk_clock(why.closes_at, found.zone) if why.closes_at else ""
    return t("hours.why.length", ends=desk_clock(ends, found.zone), closes=closes)


_WORDS: Mapping[Check, Callable[[WhyNot, ExplainedTime, Texts], str]] = {
    Check.PUBLISHED: _published,
    Check.PAUSE: _pause,
    Check.HOURS: _hours,
    Check.HOLIDAY: _holiday,
    Check.CLOSURE: _closure,
    Check.MODE: _mode,
    Check.DESKS: _desks,
    Check.STAFF: _staff,
    Check.NOTICE: _notice,
    Check.HORIZON: _horizon,
    Check.RELEASE: _release,
    Check.STEP: _step,
    Check.LENGTH: _length,
}


def _moment(instant: datetime | None, found: ExplainedTime, t: Texts) -> str:
    """A day and a time, such as «Τρίτη 24 Νοεμβρίου, 8:00»."""
    if instant is None:
        return ""
    return f"{day_of_month(local_day(instant, found.zone), t.language)}, {desk_clock(instant, found.zone)}"
