"""«Webhooks»: the list."""

from dataclasses import dataclass

import reflex as rx

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.desk_dates import desk_moment
from dimoslive.services.settings.webhooks.list_webhooks import ListedWebhook, list_webhooks
from dimoslive.ui.settings.state import SettingsPageState
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official


@dataclass(frozen=True)
class WebhookRowView:
    """A line of the list; ``thing`` is the end of its address."""

    thing: str
    log: str
    """The end of the address of its log."""
    name: str
    url: str
    events: str
    state: str
    is_off: bool
    arrived: str
    waiting: str


class WebhooksState(SettingsPageState, rx.State):
    """The receivers of the municipality."""

    rows: list[WebhookRowView] = []
    can_add: bool = False
    answer: str = ""

    @for_official(Permission.MANAGE_WEBHOOKS)
    async def load(self, official: Official) -> None:
        """All of them, by name."""
        await self._read(official)
        self.answer = texts_of(self._language())("webhooks.deleted") if self._asked("done") == "deleted" else ""

    @for_official(Permission.MANAGE_WEBHOOKS)
    @background
    async def refresh(self, official: Official) -> None:
        """Something happened in the municipality: programs are told of it, or one is told nothing more."""
        await self._read(official)

    async def _read(self, official: Official) -> None:
        place = await self._enter(official, Permission.MANAGE_WEBHOOKS)
        if place is None:
            return
        t, found = texts_of(self._language()), await call(list_webhooks, official, place.municipality_id)
        self.rows = [_view(line, place.zone, t) for line in found.lines]
        self.can_add = found.can_add
        self.is_loaded = True


def _view(line: ListedWebhook, zone: str, t: Texts) -> WebhookRowView:
    if not line.is_active:
        state = t(f"webhooks.off.{line.off_because}") if line.off_because else t("webhooks.off")
    elif line.failing_since is not None:
        state = t("webhooks.failing", since=desk_moment(line.failing_since, zone))
    else:
        state = t("webhooks.on")
    return WebhookRowView(
        thing=str(line.id),
        log=f"{line.id}/log",
        name=line.name,
        url=line.url,
        events=" · ".join(t(f"webhooks.event.{event}") for event in line.events),
        state=state,
        is_off=not line.is_active,
        arrived=desk_moment(line.arrived_at, zone) if line.arrived_at else t("webhooks.nothing_yet"),
        waiting=str(line.waiting),
    )
