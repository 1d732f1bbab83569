"""«Υπάλληλοι»: the list."""

from dataclasses import dataclass

import reflex as rx

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.desk_dates import desk_date
from dimoslive.i18n.search_key import search_key
from dimoslive.services.settings.officials.list_officials import ListedOfficial, list_officials
from dimoslive.ui.settings.lists import SettingsListState
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official


@dataclass(frozen=True)
class OfficialRowView:
    """A line of the list; ``thing`` is the end of its address."""

    thing: str
    name: str
    is_self: bool
    known_by: str
    role: str
    departments: str
    desks: str
    since: str


class OfficialsState(SettingsListState, rx.State):
    """The officials whom one may enter and end."""

    rows: list[OfficialRowView] = []
    is_all: bool = True
    """Not, for whoever sees those of the own departments alone."""

    @for_official(Permission.MANAGE_OFFICIALS)
    async def load(self, official: Official) -> None:
        """All of them, by surname."""
        self.words = ""
        await self._read(official)

    @for_official(Permission.MANAGE_OFFICIALS)
    @background
    async def narrow(self, official: Official, words: str) -> None:
        """Those with these letters in name, role, department, desk or address."""
        self.words = words[:80]
        await self._read(official)

    async def _read(self, official: Official) -> None:
        place = await self._enter(official, Permission.MANAGE_OFFICIALS)
        if place is None:
            return
        t, found = texts_of(self._language()), await call(list_officials, official, place.municipality_id)
        shown = [_view(line, place.zone, t) for line in found.lines]
        key = search_key(self.words)
        self.rows = [row for row in shown if key in search_key(_searched(row))]
        self.total, self.is_all = len(shown), found.is_all
        self.found = t("settings.found", found=len(self.rows), total=len(shown)) if key else ""
        self.is_loaded = True


def known_by(afm_last_digits: str, email: str, t: Texts) -> str:
    """By what somebody signs in, as far as it may be shown."""
    afm = t("officials.afm", digits=afm_last_digits) if afm_last_digits else ""
    return ", ".join(word for word in (afm, email) if word)


def _view(line: ListedOfficial, zone: str, t: Texts) -> OfficialRowView:
    return OfficialRowView(
        thing=str(line.id),
        name=f"{line.last_name} {line.first_name}".strip(),
        is_self=line.is_self,
        known_by=known_by(line.afm_last_digits, line.email, t),
        role=t(f"officials.role.{line.role}"),
        departments=", ".join(name[t.language] for name in line.departments) or t("officials.all_departments"),
        desks=", ".join(name[t.language] for name in line.desks) or t("officials.no_desk"),
        since=desk_date(local_day(line.since, zone)) if line.since else t("officials.long_since"),
    )


def _searched(row: OfficialRowView) -> str:
    return f"{row.name} {row.known_by} {row.role} {row.departments} {row.desks}"
