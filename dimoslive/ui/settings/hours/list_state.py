"""«Ωράριο»: the services and their hours."""

from dataclasses import dataclass

import reflex as rx

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.dates import weekday_heads
from dimoslive.i18n.search_key import search_key
from dimoslive.services.settings.hours.list_hours import ListedHours, list_hours
from dimoslive.ui.settings.hours.view_models import capacity_words, in_words
from dimoslive.ui.settings.lists import SettingsListState
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official


@dataclass(frozen=True)
class ServiceHoursView:
    """A line of the list; ``thing`` is the end of its address."""

    thing: str
    name: str
    department: str
    hours: str
    desks: str
    capacity: str


class HoursListState(SettingsListState, rx.State):
    """The services whose hours the official may change."""

    rows: list[ServiceHoursView] = []

    @for_official(Permission.EDIT_SERVICES)
    async def load(self, official: Official) -> None:
        """All of them, in their order."""
        self.words = ""
        await self._read(official)

    @for_official(Permission.EDIT_SERVICES)
    @background
    async def narrow(self, official: Official, words: str) -> None:
        """Those with these letters in their names."""
        self.words = words[:80]
        await self._read(official)

    async def _read(self, official: Official) -> None:
        place = await self._enter(official, Permission.EDIT_SERVICES)
        if place is None:
            return
        t = texts_of(self._language())
        lines = await call(list_hours, official, place.municipality_id, place.zone)
        key = search_key(self.words)
        found = [
            line for line in lines if key in search_key(" ".join([*line.name.values(), *line.department.values()]))
        ]
        self.rows = [_view(line, t) for line in found]
        self.total = len(lines)
        self.found = t("settings.found", found=len(found), total=len(lines)) if key else ""
        self.is_loaded = True


def _view(line: ListedHours, t: Texts) -> ServiceHoursView:
    return ServiceHoursView(
        thing=str(line.service_id),
        name=line.name[t.language],
        department=line.department[t.language],
        hours=_week(line, t),
        desks=str(line.desks),
        capacity=capacity_words(line.capacity, t) if line.weekly else t("hours.none_yet"),
    )


def _week(line: ListedHours, t: Texts) -> str:
    """«Δε–Πα 8:30–15:00»: weekdays with the same hours together."""
    groups: list[tuple[list[int], str]] = []
    for weekday in range(7):
        words = in_words([one for one in line.weekly if one.weekday == weekday], t)
        if words == t("hours.closed"):
            continue
        if groups and groups[-1][1] == words and groups[-1][0][-1] == weekday - 1:
            groups[-1][0].append(weekday)
        else:
            groups.append(([weekday], words))
    heads = weekday_heads(t.language)
    spans = [
        (f"{heads[days[0]]}–{heads[days[-1]]}" if len(days) > 1 else heads[days[0]], words) for days, words in groups
    ]
    return " · ".join(f"{days} {words}" for days, words in spans)
