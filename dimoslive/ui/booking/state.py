"""The wizard's frame: what has been chosen so far, the held time, and the way from step to step."""

from dataclasses import dataclass
from datetime import UTC, datetime
from http.cookies import CookieError, SimpleCookie
from urllib.parse import unquote

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.actors import CitizenActor
from dimoslive.domain.booking_draft import HOLD_LENGTH, Hold, Step, first_open_step, is_reachable
from dimoslive.domain.local_time import ATHENS, is_known_zone
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.dates import chosen_time
from dimoslive.i18n.when import in_zone
from dimoslive.services.change_draft import OpenDraft, open_draft
from dimoslive.services.cookies import ZONE
from dimoslive.services.hold_slot import extend_hold
from dimoslive.ui.call import call, parts
from dimoslive.ui.guard import PageState, for_citizen
from dimoslive.ui.routes import step_path


@dataclass(frozen=True)
class Summary:
    """The choices so far, in words."""

    municipality: str = ""
    municipality_slug: str = ""
    service: str = ""
    mode: str = ""
    duration: str = ""
    time: str = ""
    is_move: bool = False


class WizardState(PageState, rx.State):
    """Shown beside every step."""

    summary: Summary = Summary()
    hold_seconds: int = 0
    hold_in_all: int = 1
    hold_version: str = ""
    can_extend: bool = False
    _step: str = ""
    _told_at: str = ""
    """The step at which a message is shown that came from another."""

    @for_citizen
    async def more_time(self, actor: CitizenActor) -> None:
        """«Χρειάζομαι περισσότερο χρόνο»: ten minutes more, once."""
        self._show_hold(await call(extend_hold, actor))

    @for_citizen
    async def time_over(self, actor: CitizenActor) -> EventSpec | None:
        """The countdown ran out: back to the calendar, where it says so."""
        opened = await call(open_draft, actor)
        if opened.draft.hold is not None:
            self._show_hold(opened.draft.hold)
            return None
        self._show_hold(None)
        return rx.redirect(step_path(Step.CALENDAR, self._language()) + "?expired=1")

    def _tell(self, text: str, step: Step) -> None:
        """Say something at the step to which the page now leads."""
        self.problem, self._told_at = text, step.value

    def _show(self, opened: OpenDraft, zone: str) -> None:
        t, draft = texts_of(self._language()), opened.draft
        self.summary = Summary(
            municipality=opened.municipality.name[t.language] if opened.municipality else "",
            municipality_slug=opened.municipality.slug if opened.municipality else "",
            service=opened.service.service_name[t.language] if opened.service else "",
            mode=t(f"mode.{draft.mode}") if draft.mode else "",
            duration=t.count("duration", opened.duration) if opened.duration else "",
            time=self._held_time(opened, zone, t),
            is_move=draft.moving is not None,
        )
        self._show_hold(draft.hold)

    def _held_time(self, opened: OpenDraft, zone: str, t: Texts) -> str:
        hold, service = opened.draft.hold, opened.service
        if hold is None or service is None:
            return ""
        at = hold.period.starts_at
        return in_zone(chosen_time(at, t.language, zone), at, zone, visitor_zone(self), service.zone, t)

    def _show_hold(self, hold: Hold | None) -> None:
        left = (hold.expires_at - parts().clock.now()).total_seconds() if hold else 0
        self.hold_seconds = max(0, int(left))
        self.hold_in_all = int(HOLD_LENGTH.total_seconds()) * (2 if hold and hold.extended else 1)
        self.hold_version = f"{hold.reference}-{hold.extended}" if hold else ""
        self.can_extend = hold is not None and not hold.extended


def visitor_zone(state: rx.State) -> str:
    """The zone of the visitor's browser; Greek time if it is unknown."""
    try:
        cookie = SimpleCookie(state.router.headers.cookie).get(ZONE)
    except CookieError:
        return ATHENS
    zone = unquote(cookie.value) if cookie else ""
    return zone if is_known_zone(zone) else ATHENS


def arrive(state: PageState, wizard: WizardState, step: Step) -> None:
    """Another step without a new page: a screen reader must hear where it is."""
    if wizard._step not in ("", step.value):
        state._focus("step-title")
    if wizard._told_at not in ("", step.value):
        wizard.problem, wizard._told_at = "", ""
    wizard._step = step.value


async def enter(state: PageState, actor: CitizenActor, step: Step) -> OpenDraft | EventSpec:
    """Open the draft for a step; if a step before it is open, lead there instead."""
    opened = await call(open_draft, actor)
    wizard = await state.get_state(WizardState)
    wizard._show(opened, visitor_zone(state))
    arrive(state, wizard, step)
    now = parts().clock.now()
    if is_reachable(opened.draft, step, now):
        return opened
    return rx.redirect(step_path(first_open_step(opened.draft, now), state._language()), replace=True)


def instant(seconds: int) -> datetime:
    """The instant that a time's button names."""
    return datetime.fromtimestamp(min(max(seconds, 0), 4_000_000_000), UTC)
