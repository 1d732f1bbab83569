"""«Πλατφόρμα»: all municipalities, and how far each is. Numbers alone: no person, no booking."""

from collections import Counter
from dataclasses import dataclass

import reflex as rx

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import ATHENS
from dimoslive.domain.settings.enrolment import EnrolmentState
from dimoslive.domain.settings.tasks import Task
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.days_words import days_words
from dimoslive.i18n.desk_dates import desk_moment
from dimoslive.i18n.search_key import is_called
from dimoslive.services.platform.list_enrolments import Enrolment, list_enrolments
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.ui.staff.state import StaffPageState
from dimoslive.urls import platform_path

TAGS = {
    EnrolmentState.NOT_ENROLLED: "tag is-todo",
    EnrolmentState.PREPARING: "tag is-half",
    EnrolmentState.OPEN: "tag is-served",
    EnrolmentState.PAUSED: "tag is-waiting",
}


@dataclass(frozen=True)
class EnrolmentRow:
    """A line of the table."""

    name: str
    unit: str
    href: str
    state: str
    tag: str
    opens: str
    administrators: str
    services: str
    desks: str
    days: str


class PlatformState(StaffPageState, rx.State):
    """The table; ``words`` narrow it as in the citizens' picker."""

    rows: list[EnrolmentRow] = []
    words: str = ""
    only_enrolled: bool = False
    found: str = ""
    summary: str = ""

    @for_official(Permission.ENROL_MUNICIPALITIES)
    async def load(self, official: Official) -> None:
        """All of them."""
        self.words, self.only_enrolled = "", False
        await self._read(official)

    @for_official(Permission.ENROL_MUNICIPALITIES)
    @background
    async def narrow(self, official: Official, words: str) -> None:
        """Those that are called so, or sound so."""
        self.words = words[:80]
        await self._read(official)

    @for_official(Permission.ENROL_MUNICIPALITIES)
    @background
    async def show_enrolled(self, official: Official, is_wanted: bool) -> None:
        """Those alone that are enrolled, or all."""
        self.only_enrolled = is_wanted
        await self._read(official)

    async def _read(self, official: Official) -> None:
        t = texts_of(self._language())
        found = await call(list_enrolments, official)
        numbers = Counter(one.state for one in found)
        self.summary = " · ".join(t(f"platform.number.{state}", n=numbers[state]) for state in EnrolmentState)
        shown = [one for one in found if _is_called(one, self.words)]
        if self.only_enrolled:
            shown = [one for one in shown if one.state is not EnrolmentState.NOT_ENROLLED]
        # Those that take part are few and asked for most.
        shown.sort(key=lambda one: one.state is EnrolmentState.NOT_ENROLLED)
        self.rows = [_row(one, t) for one in shown]
        self.found = t("settings.found", found=len(shown), total=len(found))
        self.is_loaded = True


def state_words(one: Enrolment, t: Texts) -> str:
    """«Ετοιμάζεται 3/6»."""
    return t(f"platform.state.{one.state}", done=one.done, total=len(Task))


def _row(one: Enrolment, t: Texts) -> EnrolmentRow:
    municipality, is_enrolled = one.municipality, one.state is not EnrolmentState.NOT_ENROLLED
    is_to_come = one.state is EnrolmentState.PREPARING and one.joined_at is not None
    return EnrolmentRow(
        name=municipality.name[t.language],
        unit=municipality.regional_unit[t.language],
        href=platform_path(t.language, municipality.slug),
        state=state_words(one, t),
        tag=TAGS[one.state],
        opens=t("platform.opens", at=desk_moment(one.joined_at, ATHENS)) if is_to_come and one.joined_at else "",
        administrators=str(one.administrators) if is_enrolled else "",
        services=str(one.counts.services) if is_enrolled else "",
        desks=str(one.counts.desks) if is_enrolled else "",
        days=days_words(one.nearest, t) if one.nearest is not None else "",
    )


def _is_called(one: Enrolment, words: str) -> bool:
    """By any of its names, in either alphabet, as it is written or as it sounds."""
    municipality = one.municipality
    names = [*municipality.name.values(), *municipality.short_name.values(), *municipality.aliases]
    return is_called(names, words)
