"""The public page and the calendar as citizens would see them: looked at, and nothing is written."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import reflex as rx

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import by_local_day, local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.dates import full_time
from dimoslive.services.settings.publishing.preview import PreviewedTimes, preview_page, preview_times
from dimoslive.ui.citizen.booking.view_models import DayOfTimes, Month, last_day, show_month, show_times
from dimoslive.ui.citizen.public.view_models import OfferedLine, show_offers
from dimoslive.ui.settings.state import SettingsPageState
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import for_official
from dimoslive.ui.staff.parts import Choice, read_id


@dataclass(frozen=True)
class TrialLine:
    """A name and a value of what would be booked."""

    name: str
    value: str


class PreviewState(SettingsPageState, rx.State):
    """What is chosen, and what a citizen would see of it."""

    services: list[OfferedLine] = []
    choices: list[Choice] = []
    chosen: str = ""
    """Service and mode, as ``7:video``."""
    month: Month = Month()
    day: DayOfTimes = DayOfTimes()
    nothing_free: str = ""
    trial: list[TrialLine] = []
    """What would be booked; empty before a time is pressed."""
    _first: str = ""
    _day: str = ""

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def load(self, official: Official) -> None:
        """The public page, and the calendar of its first service."""
        place = await self._enter(official, Permission.MANAGE_MUNICIPALITY)
        if place is None:
            return
        t = texts_of(self._language())
        page, firsts = await call(preview_page, official, place.slug)
        free = {id_: full_time(at, t.language) for id_, at in firsts.items()}
        self.services = show_offers(place.slug, page.services, free, t)
        self.choices = [
            Choice(f"{one.id}:{mode}", t("preview.choice", service=one.name[t.language], mode=t(f"mode.{mode}")))
            for one in page.services
            for mode in one.modes
        ]
        if self.chosen not in {choice.value for choice in self.choices}:
            self.chosen = self.choices[0].value if self.choices else ""
        self._first, self._day = "", ""
        await self._look(official, place.municipality_id)
        self.is_loaded = True

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def choose(self, official: Official, choice: str) -> None:
        """Another service, or another way."""
        self.chosen, self._first, self._day = choice[:40], "", ""
        await self._look_again(official)

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def show_month(self, official: Official, first: str) -> None:
        """Another month."""
        self._first, self._day = first[:10], ""
        await self._look_again(official)

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def pick_day(self, official: Official, on: str) -> None:
        """A day of the grid."""
        self._day = on[:10]
        await self._look_again(official)

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def pick_time(self, official: Official, at: int) -> None:
        """A time: what would be booked is shown. It is held for nobody."""
        times = await self._look_again(official, picked=at)
        if times is not None and at in times.starts:
            self.trial = _trial(times, datetime.fromtimestamp(at, UTC), texts_of(self._language()))
            self._focus("trial-title")

    async def _look_again(self, official: Official, picked: int = 0) -> PreviewedTimes | None:
        place = await self._workplace(official, Permission.MANAGE_MUNICIPALITY)
        return await self._look(official, place.municipality_id, picked)

    async def _look(self, official: Official, municipality_id: int, picked: int = 0) -> PreviewedTimes | None:
        self.trial, self.month, self.day, self.nothing_free = [], Month(), DayOfTimes(), ""
        service, _, mode = self.chosen.partition(":")
        if not self.chosen:
            return None
        times = await call(preview_times, official, municipality_id, read_id(service) or 0, mode)
        self._show(times, picked, texts_of(self._language()))
        return times

    def _show(self, times: PreviewedTimes, picked: int, t: Texts) -> None:
        days = by_local_day(times.starts, times.zone)
        today, last = local_day(times.at, times.zone), last_day(times.last_open_day, times.zone, times.zone)
        wanted = _parse(self._day)
        first = _parse(self._first) or wanted or next(iter(days), today)
        first = min(max(first.replace(day=1), today.replace(day=1)), last.replace(day=1))
        of_month = [day for day in days if (day.year, day.month) == (first.year, first.month)]
        chosen = wanted if wanted in days else next(iter(of_month), None)
        self.month = show_month(first, days, chosen, today, last, t)
        self.day = show_times(chosen, days[chosen], times.zone, times.zone, picked, t) if chosen else DayOfTimes()
        if not of_month:
            self.nothing_free = t("preview.nothing_free")


def _trial(times: PreviewedTimes, at: datetime, t: Texts) -> list[TrialLine]:
    service, language = times.service, t.language
    place = service.address[language] if times.mode is Mode.IN_PERSON else ""
    lines = [
        ("service", service.service_name[language]),
        ("department", service.department_name[language]),
        ("mode", t(f"mode.{times.mode}")),
        ("when", full_time(at, language, times.zone)),
        ("duration", t.count("duration", times.duration_minutes)),
        ("place", place),
        ("documents", service.documents[language]),
    ]
    return [TrialLine(t(f"preview.trial.{name}"), value) for name, value in lines if value]


def _parse(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
