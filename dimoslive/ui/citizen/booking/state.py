"""The wizard's frame: what has been chosen so far, the held time, and the way from step to step."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import ceil

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.booking.draft import HOLD_LENGTH, Hold, Step, first_open_step, is_reachable
from dimoslive.domain.errors import HoldExpired
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Citizen
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.dates import chosen_time
from dimoslive.i18n.when import in_zone
from dimoslive.services.booking.confirm_booking import find_booked
from dimoslive.services.catalogue.show_look import show_look
from dimoslive.services.draft.extend_hold import extend_hold
from dimoslive.services.draft.open_draft import OpenDraft, open_draft
from dimoslive.ui.citizen.booking.ways import way_to
from dimoslive.ui.citizen.town import TownView, show_town
from dimoslive.ui.shared.call import call, call_public
from dimoslive.ui.shared.guard import PageState, background, for_citizen, visitor_zone
from dimoslive.urls import my_bookings_path


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
    town: TownView = TownView()
    hold_seconds: int = 0
    hold_in_all: int = 1
    hold_version: str = ""
    can_extend: bool = False
    is_over: bool = False
    """The time that was held is held no longer, and no other is."""
    _pressed: Summary | None = None
    """What is pressed at the second step and not stored yet."""
    _pressed_key: tuple[int, str] = (0, "")
    """The service and the mode of that: a held time is good for no others."""
    _held_until: datetime | None = None
    _hold_shown: str = ""
    """The reference of the hold that this tab counts down."""
    _step: str = ""
    _told_at: str = ""
    """The step at which a message is shown that came from another."""

    @for_citizen(Permission.BOOK)
    async def more_time(self, principal: Citizen) -> None:
        """«Χρειάζομαι περισσότερο χρόνο»: ten minutes more, once."""
        try:
            await call(extend_hold, principal)
        except HoldExpired:
            if not await self._see_what_is_held(principal):
                await self._tell_over(principal)
            return
        self._show(await call(open_draft, principal), visitor_zone(self))

    @for_citizen(Permission.BOOK)
    @background
    async def time_over(self, principal: Citizen) -> None:
        """The countdown stands at nought, or the page is looked at again: whether the time is held is said here."""
        await self._see_what_is_held(principal)

    async def _see_what_is_held(self, principal: Citizen) -> bool:
        """Show the draft as it is; whether another window took the held time away, which is then told here."""
        opened, shown = await call(open_draft, principal), self._hold_shown
        self._show(opened, visitor_zone(self))
        if not self._is_lost(shown, opened):
            return False
        await self._tell_lost(principal, shown, Step(self._step))
        # The next press leads to where the booking stands, and says the same there.
        self._hold_shown = shown
        return True

    def _is_lost(self, shown: str, opened: OpenDraft) -> bool:
        """Whether a hold that this tab showed is gone, and did not simply run out."""
        return shown != "" and opened.draft.hold is None and not self.is_over

    async def _tell_lost(self, principal: Citizen, shown: str, step: Step) -> None:
        booking, language = await call(find_booked, principal, shown), self._language()
        code = "changed_elsewhere" if booking is None else "booked_elsewhere"
        self._tell(texts_of(language)(f"error.{code}"), step)
        self.problem_link = my_bookings_path(language, booking.reference) if booking else ""

    def _tell(self, text: str, step: Step) -> None:
        """Say something at the step to which the page now leads."""
        self.problem, self.problem_link, self._told_at = text, "", step.value

    async def _show_town(self, slug: str) -> None:
        """Crest, colour and contact of the municipality that is chosen, or the usual ones."""
        t = texts_of(self._language())
        self.town = show_town(await call_public(show_look, slug), t) if slug else TownView()

    def _show(self, opened: OpenDraft, zone: str) -> None:
        t, draft = texts_of(self._language()), opened.draft
        self._hold_shown = draft.hold.reference if draft.hold else ""
        self.summary = Summary(
            municipality=opened.municipality.name[t.language] if opened.municipality else "",
            municipality_slug=opened.municipality.slug if opened.municipality else "",
            service=opened.service.service_name[t.language] if opened.service else "",
            mode=t(f"mode.{draft.mode}") if draft.mode else "",
            duration=t.count("duration", opened.duration_minutes) if opened.duration_minutes else "",
            time=self._held_time(draft.hold, zone, opened.service.zone, t) if opened.service else "",
            is_move=draft.moving is not None,
        )
        if self._pressed is not None:
            time = self.summary.time if self._pressed_key == (draft.service_id, draft.mode) else ""
            self.summary = replace(self._pressed, time=time, is_move=self.summary.is_move)
        self._show_hold(draft.hold, opened.at)
        ran_out = draft.hold is None and self._held_until is not None and self._held_until <= opened.at
        self.is_over = ran_out and first_open_step(draft, opened.at) is Step.CALENDAR
        if not self.is_over:
            self._held_until = draft.hold.expires_at if draft.hold else None

    def _tell_time(self, hold: Hold | None, zone: str, home: str) -> None:
        """The held time on the clock of another zone."""
        self.summary = replace(self.summary, time=self._held_time(hold, zone, home, texts_of(self._language())))

    def _held_time(self, hold: Hold | None, zone: str, home: str, t: Texts) -> str:
        if hold is None:
            return ""
        at = hold.period.starts_at
        return in_zone(chosen_time(at, t.language, zone), at, zone, visitor_zone(self), home, t)

    async def _tell_over(self, principal: Citizen) -> None:
        """A press came too late for the held time; raises `HoldExpired` if that did not simply run out."""
        self._show(await call(open_draft, principal), visitor_zone(self))
        if not self.is_over:
            raise HoldExpired()

    def _show_hold(self, hold: Hold | None, now: datetime) -> None:
        # Rounded up: a page must not take a time for lost that can still be booked.
        self.hold_seconds = ceil((hold.expires_at - now).total_seconds()) if hold else 0
        self.hold_in_all = int(HOLD_LENGTH.total_seconds()) * (2 if hold and hold.extended else 1)
        self.hold_version = now.isoformat() if hold else ""
        self.can_extend = hold is not None and not hold.extended


def arrive(state: PageState, wizard: WizardState, step: Step) -> None:
    """Another step without a new page: a screen reader must hear where it is."""
    if wizard._step not in ("", step.value):
        state._focus("step-title")
    if wizard._told_at not in ("", step.value):
        wizard.problem, wizard.problem_link, wizard._told_at = "", "", ""
    wizard._step = step.value


async def enter(state: PageState, principal: Citizen, step: Step) -> OpenDraft | EventSpec:
    """Open the draft for a step; if a step before it is open, lead there instead, and say why if it was open here."""
    return await entered(state, principal, await call(open_draft, principal), step, visitor_zone(state))


async def entered(
    state: PageState, principal: Citizen, opened: OpenDraft, step: Step, zone: str
) -> OpenDraft | EventSpec:
    """The same with a draft that was read already; the held time is told on the clock of ``zone``."""
    wizard = await state.get_state(WizardState)
    shown = wizard._hold_shown
    before, is_open = wizard._step, is_reachable(opened.draft, step, opened.at)
    wizard._pressed = None
    if before == "" and not is_open:
        # Who comes back after long to a step behind a held time had one.
        wizard._held_until = opened.at
    wizard._show(opened, zone)
    await wizard._show_town(wizard.summary.municipality_slug if step is not Step.MUNICIPALITY else "")
    arrive(state, wizard, step)
    # Whose connection returns after the time ran out is told so, and not led away from what is typed.
    if is_open or (before == step.value and wizard.is_over):
        return opened
    open_step = first_open_step(opened.draft, opened.at)
    if wizard._is_lost(shown, opened):
        await wizard._tell_lost(principal, shown, open_step)
    return rx.redirect(way_to(state, open_step, state._language()), replace=True)


def instant(seconds: int) -> datetime:
    """The instant that a time's button names."""
    return datetime.fromtimestamp(min(max(seconds, 0), 4_000_000_000), UTC)
