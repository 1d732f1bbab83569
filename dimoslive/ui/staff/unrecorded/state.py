"""Bookings of days past, to be settled many at a time."""

import reflex as rx

from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.presses import Press
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import Texts, texts_of
from dimoslive.services.desk.list_unrecorded import MAX_LISTED, list_unrecorded
from dimoslive.services.desk.press_booking import Pressed, SeenBooking
from dimoslive.services.desk.settle_bookings import Settled, settle_bookings, undo_settling
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.ui.staff.parts import ANSWER
from dimoslive.ui.staff.state import StaffPageState
from dimoslive.ui.staff.unrecorded.view_models import UnrecordedDay, show_days

_PRESSES = {Press.SERVED.value: Press.SERVED, Press.NO_SHOW.value: Press.NO_SHOW}


class UnrecordedState(StaffPageState, rx.State):
    """What is listed, which of it is ticked, and what the last press did."""

    days: list[UnrecordedDay] = []
    scope: str = ""
    more: str = ""
    chosen: int = 0
    chosen_text: str = ""
    answer: str = ""
    can_undo: bool = False
    left: str = ""
    left_lines: list[str] = []
    """What a press left as it was, and why."""
    _statuses: dict[str, str] = {}
    """As the page shows them."""
    _chosen: list[str] = []
    _done: list[tuple[str, int]] = []

    @for_official(Permission.SERVE)
    async def load(self, official: Official) -> None:
        """Nothing is ticked on arrival."""
        self.answer, self.can_undo, self.left, self.left_lines, self._chosen, self._done = "", False, "", [], [], []
        await self._read(official)

    @for_official(Permission.SERVE)
    @background
    async def refresh(self, official: Official) -> None:
        """Somebody settled something, or a minute has passed; what is ticked stays ticked."""
        await self._read(official)

    @for_official(Permission.SERVE)
    async def choose(self, official: Official, reference: str) -> None:
        """Tick one, or take the tick away."""
        if reference in self._statuses:
            ticked = set(self._chosen) ^ {reference}
            self._chosen = [one for one in self._statuses if one in ticked]
        await self._read(official)

    @for_official(Permission.SERVE)
    async def choose_day(self, official: Official, day: str) -> None:
        """Tick all of a day; all ticked already, take their ticks away."""
        of_day = {row.reference for one in self.days if one.key == day for row in one.rows}
        ticked = set(self._chosen)
        ticked = ticked - of_day if of_day <= ticked else ticked | of_day
        self._chosen = [one for one in self._statuses if one in ticked]
        await self._read(official)

    @for_official(Permission.SERVE)
    async def settle(self, official: Official, press: str) -> None:
        """One press for all that is ticked."""
        t = texts_of(self._language())
        self.can_undo, self.left, self.left_lines, self._done = False, "", [], []
        seen = [SeenBooking(one, BookingStatus(self._statuses[one])) for one in self._chosen]
        if press not in _PRESSES or not seen:
            self.answer = t("unrecorded.none_chosen")
            return
        names = {row.reference: f"{row.time} {row.name}" for day in self.days for row in day.rows}
        settled = await call(settle_bookings, official, _PRESSES[press], seen)
        self._say(settled, press, names, t)
        self._chosen = []
        await self._read(official)

    @for_official(Permission.SERVE)
    async def undo(self, official: Official) -> None:
        """Take the last press back."""
        done = [Pressed(reference, event_id, BookingStatus.SERVED, "") for reference, event_id in self._done]
        self.can_undo, self.left, self.left_lines, self._done = False, "", [], []
        undone = await call(undo_settling, official, done)
        self.answer = texts_of(self._language()).count("unrecorded.undone", undone)
        await self._read(official)
        self._focus(ANSWER)

    def _say(self, settled: Settled, press: str, names: dict[str, str], t: Texts) -> None:
        number, refused = len(settled.done), settled.refused
        self.answer = t.count(f"unrecorded.done_{press}", number)
        self._done = [(one.reference, one.event_id) for one in settled.done]
        self.can_undo = number > 0
        self.left = t.count("unrecorded.left", len(refused)) if refused else ""
        self.left_lines = [_why(one.refusal, names.get(one.reference, ""), t) for one in refused]

    async def _read(self, official: Official) -> None:
        t, place = texts_of(self._language()), await self._workplace(official, Permission.SERVE)
        found = await call(list_unrecorded, official, place)
        self._statuses = {line.reference: line.status.value for line in found.lines}
        self._chosen = [one for one in self._chosen if one in self._statuses]
        self.days = show_days(found.lines, set(self._chosen), place.slug, place.zone, t)
        self.chosen, self.chosen_text = len(self._chosen), t.count("unrecorded.chosen", len(self._chosen))
        names = ", ".join(name[t.language] for name in found.departments)
        self.scope = t("lists.scope", names=names) if names else ""
        shown = len(found.lines)
        self.more = t("unrecorded.more", shown=MAX_LISTED, total=found.total) if found.total > shown else ""
        self.is_loaded = True


def _why(refusal: object, name: str, t: Texts) -> str:
    code, params = refusal.code, refusal.params
    return f"{name}: {t(f'error.{code}', **params)}".removeprefix(": ")
