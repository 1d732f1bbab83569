"""The log of searches and openings, newest first; the address says from when."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlencode

import reflex as rx

from dimoslive.domain.booking.references import show_reference
from dimoslive.domain.errors import DomainError, NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.dates import desk_clock
from dimoslive.i18n.desk_dates import desk_date
from dimoslive.services.desk.find_workplace import Workplace
from dimoslive.services.desk.read_search_log import OPENING, PAUSE, READING, LogLine, read_search_log
from dimoslive.ui.shared.call import call, context
from dimoslive.ui.shared.guard import for_official
from dimoslive.ui.staff.state import StaffPageState
from dimoslive.urls import found_booking_path

_SECOND = 1_000_000


@dataclass(frozen=True)
class OpenedLink:
    """A booking that was opened."""

    number: str
    href: str


@dataclass(frozen=True)
class LogLineView:
    """One line in words."""

    key: str
    day: str
    time: str
    by: str
    kind: str
    words: str
    has_words: bool
    found: str
    opened: list[OpenedLink] = field(default_factory=list)


class SearchLogState(StaffPageState, rx.State):
    """Only read: nothing can be pressed here."""

    lines: list[LogLineView] = []
    scope: str = ""
    older: str = ""
    """The address of what is older; empty at the end."""
    is_missing: bool = False
    """The log is not the official's to read."""

    @for_official(Permission.VIEW_SEARCH_LOG)
    async def load(self, official: Official) -> None:
        """The newest, or those before the instant of the address."""
        t = texts_of(self._language())
        place = await self._workplace(official, Permission.VIEW_SEARCH_LOG)
        self.is_missing = False
        log = await call(read_search_log, official, place, self._before())
        self.lines = [_show(number, line, place, t) for number, line in enumerate(log.lines)]
        names = ", ".join(name[t.language] for name in log.departments)
        self.scope = t("lists.scope", names=names) if names else ""
        self.older = self._older(place, log.older) if log.older else ""
        self.is_loaded = True

    def _refuse(self, refusal: DomainError) -> None:
        """Whoever may not read it gets the missing page."""
        super()._refuse(refusal)
        self.is_missing = isinstance(refusal, NotFound)

    def _older(self, place: Workplace, before: datetime) -> str:
        words = {"m": place.slug, "before": str(round(before.timestamp() * _SECOND))}
        return f"{self.router.url.path}?{urlencode(words)}"

    def _before(self) -> datetime:
        """What is no instant of the past is now, and a moment: what was just searched is in it."""
        asked, now = self._asked("before", 20), context().clock.now()
        newest = round(now.timestamp() * _SECOND) + _SECOND
        at = int(asked) if asked.isascii() and asked.isdecimal() else newest
        return datetime.fromtimestamp(min(at, newest) / _SECOND, UTC)


def _show(number: int, line: LogLine, place: Workplace, t: Texts) -> LogLineView:
    is_search = line.kind not in {OPENING, PAUSE, READING}
    words = line.words or (t("search_log.words_gone") if is_search else "")
    return LogLineView(
        key=str(number),
        day=desk_date(local_day(line.at, place.zone)),
        time=desk_clock(line.at, place.zone),
        by=line.by,
        kind=t(f"search_log.kind.{line.kind}"),
        words=words,
        has_words=line.words != "",
        found=str(line.found) if is_search or line.kind == READING else "",
        opened=[
            OpenedLink(show_reference(one), found_booking_path(one, t.language, place.slug)) for one in line.opened
        ],
    )
