"""What a receiver of webhooks was sent, and what it answered; the address says which lines."""

from dataclasses import dataclass
from urllib.parse import urlencode

import reflex as rx

from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.webhooks.attempts import GONE
from dimoslive.domain.webhooks.events import WebhookEvent
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.dates import desk_clock
from dimoslive.i18n.desk_dates import desk_date
from dimoslive.services.desk.find_workplace import Workplace
from dimoslive.services.settings.webhooks.read_log import (
    SINCE_HOURS,
    LogLine,
    LogWish,
    count_failed,
    read_log,
    redeliver,
    redeliver_failed,
)
from dimoslive.ui.settings.state import SettingsPageState
from dimoslive.ui.settings.webhooks.words import off_words
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.ui.staff.parts import Choice, read_id

SAID = "log-said"
_RESULTS = ("arrived", "failed")


@dataclass(frozen=True)
class LogLineView:
    """An attempt in words."""

    key: str
    event: str
    """Which message it was of, to send that again."""
    day: str
    time: str
    what: str
    reference: str
    result: str
    is_failure: bool
    facts: str
    answer: str


class WebhookLogState(SettingsPageState, rx.State):
    """Attempts at one endpoint, newest first."""

    name: str = ""
    title: str = ""
    thing: str = ""
    lines: list[LogLineView] = []
    event: str = ""
    result: str = ""
    events: list[Choice] = []
    older: str = ""
    is_on: bool = True
    off_line: str = ""
    """Why it was switched off by itself, and when."""
    spans: list[Choice] = []
    hours: str = "24"
    failed: int = 0
    failed_words: str = ""
    said: str = ""
    version: int = 0
    """Another form with each arrival: a browser would keep its fields as they were."""

    @for_official(Permission.MANAGE_WEBHOOKS)
    async def load(self, official: Official) -> None:
        """The lines that the address asks for."""
        self.said, self.hours = "", "24"
        await self._read(official)
        self.version += 1

    @for_official(Permission.MANAGE_WEBHOOKS)
    @background
    async def choose_since(self, official: Official, hours: str) -> None:
        """How many messages were given up since then is said before anything is sent."""
        self.hours = hours if hours in {str(one) for one in SINCE_HOURS} else "24"
        place = await self._workplace(official, Permission.MANAGE_WEBHOOKS)
        await self._count(official, place, texts_of(self._language()))

    @for_official(Permission.MANAGE_WEBHOOKS)
    async def refresh(self, official: Official) -> None:
        """«Ανανέωση»: what came back meanwhile."""
        self.said = ""
        await self._read(official)

    @for_official(Permission.MANAGE_WEBHOOKS)
    async def send_again(self, official: Official, event: str) -> None:
        """«Αποστολή ξανά», for one."""
        place = await self._workplace(official, Permission.MANAGE_WEBHOOKS)
        await call(redeliver, official, place.municipality_id, self._endpoint_id(), read_id(event[:12]) or 0)
        await self._say(official, texts_of(self._language())("webhooks.log.again_sent"))

    @for_official(Permission.MANAGE_WEBHOOKS)
    async def send_failed_again(self, official: Official) -> None:
        """«Αποστολή ξανά», for all that were given up since then."""
        place = await self._workplace(official, Permission.MANAGE_WEBHOOKS)
        sent = await call(
            redeliver_failed, official, place.municipality_id, self._endpoint_id(), read_id(self.hours) or 0
        )
        await self._say(official, texts_of(self._language()).count("webhooks.log.all_again_sent", sent))

    async def _say(self, official: Official, words: str) -> None:
        await self._read(official)
        self.said = words
        self._focus(SAID)

    def _endpoint_id(self) -> int:
        """The last but one word of the address."""
        words = self.router.url.path.rstrip("/").split("/")
        return read_id(words[-2][:20]) or 0 if len(words) > 1 else 0

    async def _read(self, official: Official) -> None:
        place = await self._enter(official, Permission.MANAGE_WEBHOOKS)
        if place is None:
            return
        t = texts_of(self._language())
        event, result = self._asked("event"), self._asked("result")
        self.event = event if event in set(WebhookEvent) else ""
        self.result = result if result in _RESULTS else ""
        wish = LogWish(self.event, self.result, read_id(self._asked("before", 12)) or 0)
        try:
            found = await call(read_log, official, place.municipality_id, self._endpoint_id(), wish)
        except NotFound:
            self.is_missing, self.is_loaded = True, True
            return
        self.name, self.is_on, self.thing = found.name, found.is_active, str(self._endpoint_id())
        self.off_line = off_words(found.switched_off_at, found.off_because, place.zone, t)
        self.title = t("webhooks.log.of", name=found.name)
        self.lines = [_view(line, place.zone, t) for line in found.lines]
        self.older = self._older(place, found.lines[-1].id) if found.has_more else ""
        self.events = [Choice(one.value, t(f"webhooks.event.{one}")) for one in WebhookEvent]
        self.spans = [Choice(str(hours), t(f"webhooks.since.{hours}")) for hours in SINCE_HOURS]
        await self._count(official, place, t)
        self.is_loaded = True

    async def _count(self, official: Official, place: Workplace, t: Texts) -> None:
        self.failed = await call(
            count_failed, official, place.municipality_id, self._endpoint_id(), read_id(self.hours) or 0
        )
        self.failed_words = t.count("webhooks.log.given_up", self.failed)

    def _older(self, place: Workplace, before: int) -> str:
        words = {name: value for name, value in (("event", self.event), ("result", self.result)) if value}
        return f"{self.router.url.path}?{urlencode({'m': place.slug, **words, 'before': str(before)})}"


def _view(line: LogLine, zone: str, t: Texts) -> LogLineView:
    facts = [t("webhooks.log.attempt", number=line.attempt), t("webhooks.log.took", ms=line.duration_ms)]
    if line.status is not None:
        facts.insert(0, f"HTTP {line.status}")
    return LogLineView(
        key=str(line.id),
        event=str(line.event_id),
        day=desk_date(local_day(line.at, zone)),
        time=desk_clock(line.at, zone),
        what=t(f"webhooks.event.{line.type}"),
        reference=line.reference,
        result=_result(line, t),
        is_failure=line.error is not None,
        facts=" · ".join(facts),
        answer=line.answer,
    )


def _result(line: LogLine, t: Texts) -> str:
    if line.error is None:
        return t("webhooks.log.arrived")
    return t("webhooks.log.gone" if line.status == GONE else f"webhooks.error.{line.error}")
