"""The presses of the officials' day."""

from enum import StrEnum
from typing import TypeVar

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.presses import NotServedReason, Press
from dimoslive.domain.errors import DomainError, InvalidInput, NotFound, NotPossibleNow
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.i18n import texts_of
from dimoslive.services.desk.choose_desk import choose_desk
from dimoslive.services.desk.press_booking import PressWords, SeenBooking, press_booking
from dimoslive.services.desk.state_delay import state_delay
from dimoslive.services.desk.undo_press import undo_press
from dimoslive.services.freed.free_now import free_now
from dimoslive.services.meeting.admit_citizen import admit_citizen
from dimoslive.ui.shared.call import call, context
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.ui.staff.booking.state import DeskBookingState
from dimoslive.ui.staff.day.filters import NAMES, named_day
from dimoslive.ui.staff.day.rows import FREE_NOW
from dimoslive.ui.staff.day.shown import ShownDay
from dimoslive.ui.staff.day.view_models import desk_words
from dimoslive.ui.staff.parts import ANSWER
from dimoslive.urls import meeting_path, same_booking_path

Word = TypeVar("Word", bound=StrEnum)
_MAX_TYPED = 2000
"""More than a note may have: the service says that it is too long."""
PRESSED = ("reference", "press", "status", "reason", "note", "and_new")
"""What a press says."""


class DayState(ShownDay, rx.State):
    """A day of one municipality. Whatever is pressed, the day is read again and shown as it is then."""

    answer: str = ""
    """What the last press did: it stays until the next one."""
    can_undo: bool = False
    is_late_open: bool = False
    late_desk: str = ""
    _undo: tuple[str, int] = ("", 0)

    @for_official(Permission.VIEW_DESK)
    async def load(self, official: Official) -> None:
        """The day that the address names."""
        self.answer, self.can_undo, self._seen = "", False, {}
        await self._read(official)

    @for_official(Permission.VIEW_DESK)
    @background
    async def refresh(self, official: Official) -> object:
        """Something changed, or a minute has passed; the booking beside the day hears of it from here."""
        before = self._at_my_desk
        day = await self._read(official, together=True)
        if day.my_desk.has_sound and day.at_my_desk - before:
            # Not at a press of one's own: that has read the day already.
            self.arrivals += 1
        beside = await self.get_state(DeskBookingState)
        return DeskBookingState.refresh if beside.beside else None

    @for_official(Permission.VIEW_DESK)
    async def choose(self, _official: Official, name: str, value: str) -> EventSpec | None:
        """One filter has another value: another address of the same page."""
        if name not in NAMES:
            return None
        return rx.redirect(self._here(**{name: value[:40]} | ({} if name == "page" else {"page": ""})))

    @for_official(Permission.VIEW_DESK)
    async def go_to(self, official: Official, form: dict) -> EventSpec | None:
        """The day that was typed."""
        place = await self._workplace(official)
        typed = str(form.get("date") or "")[:20]
        named = named_day(typed, local_day(context().clock.now(), place.zone))
        self.date_problem = "" if named else texts_of(self._language())("day.date_unreadable")
        return rx.redirect(self._here(date=named.isoformat())) if named else None

    @for_official(Permission.SERVE)
    async def press(self, official: Official, pressed: dict) -> EventSpec | None:
        """One press on a booking, as it was shown. A referral can lead on to a new booking of the same person."""
        self.answer, self.can_undo = "", False
        words = {name: str(pressed.get(name) or "")[:_MAX_TYPED] for name in PRESSED}
        if words["press"] == FREE_NOW:
            await self._free(official, words["reference"][:20])
            return None
        try:
            seen = SeenBooking(words["reference"][:20], read_word(BookingStatus, words["status"]))
            reason = read_word(NotServedReason, words["reason"]) if words["reason"] else None
            press = read_word(Press, words["press"])
            done = await call(press_booking, official, press, seen, PressWords(reason, words["note"]))
        finally:
            # What was refused has changed, and is shown as it is now.
            day = await self._read(official)
        name = texts_of(self._language())(f"desk.press.{press}").rstrip("…")
        self._say_done(done.reference, name)
        self._undo, self.can_undo = (done.reference, done.event_id), True
        again = next((one for one in day.bookings if one.reference == done.reference), None)
        if press is not Press.REFERRED or not words["and_new"] or again is None:
            return None
        new = same_booking_path(self._language(), day.place.slug, again.service_id, again.mode.value, again.reference)
        return rx.redirect(new)

    @for_official(Permission.SERVE)
    async def undo(self, official: Official) -> None:
        """Take the last press back."""
        reference, event_id = self._undo
        self.answer, self.can_undo = "", False
        try:
            await call(undo_press, official, reference, event_id)
        finally:
            await self._read(official)
        self.answer = texts_of(self._language())("desk.undone", name=self._spoken(reference))
        self._focus(ANSWER)

    @for_official(Permission.ADMIT)
    async def admit(self, official: Official, reference: str) -> EventSpec:
        """One press: the citizen is admitted, and the official is in the meeting."""
        try:
            await admit_citizen(context(), official, reference[:20])
        except DomainError:
            await self._read(official)
            raise
        return rx.redirect(meeting_path(self._language(), f"reference={reference[:20]}&now=1", for_staff=True))

    @for_official(Permission.VIEW_DESK)
    async def ask_desk(self, _official: Official) -> None:
        """The desk is to be chosen anew."""
        self.asks_desk = True
        self._focus("my-desk")

    @for_official(Permission.VIEW_DESK)
    async def choose_desk(self, official: Official, form: dict) -> None:
        """At which desk the official works today."""
        place, wanted = await self._workplace(official), str(form.get("desk") or "")[:9]
        desk_id = read_id(wanted)
        if wanted and desk_id is None:
            raise NotFound()
        chosen = await call(choose_desk, official, place, desk_id)
        t = texts_of(self._language())
        await self._read(official)
        self.asks_desk, self.can_undo = False, False
        self.answer = t("desk.my_desk.chosen", name=chosen.name[t.language]) if chosen.name else t("staff.no_desk")
        if chosen.others:
            self.answer += ". " + t("desk.my_desk.others", names=", ".join(chosen.others))
        self._focus(ANSWER)

    @for_official(Permission.ARRANGE)
    async def open_late(self, official: Official) -> None:
        """Say by how much a desk is late."""
        day = await self._read(official)
        self.late_desk = str(day.my_desk.desk_id or next((one.id for one in day.desks), ""))
        self.is_late_open = True

    @for_official(Permission.VIEW_DESK)
    async def close_late(self, _official: Official) -> None:
        """Nothing is said."""
        self.is_late_open = False

    @for_official(Permission.ARRANGE)
    async def state_late(self, official: Official, form: dict) -> None:
        """It is said; those who wait see it at once."""
        place = await self._workplace(official)
        minutes, desk_id = read_id(str(form.get("minutes"))[:3]), read_id(str(form.get("desk"))[:9])
        if minutes is None or desk_id is None:
            raise InvalidInput("minutes", "minutes_not_offered")
        until = str(form.get("until") or "")[:5] if form.get("how") == "until" else ""
        await call(state_delay, official, place, desk_id, minutes, until)
        day = await self._read(official)
        t = texts_of(self._language())
        name = next(desk_words(one, t) for one in day.desks if one.id == desk_id)
        said = t("desk.late.said", minutes=minutes, desk=name) if minutes else t("desk.late.taken_back", desk=name)
        self.is_late_open, self.can_undo, self.answer = False, False, said

    async def _free(self, official: Official, reference: str) -> None:
        """«Διάθεσή της τώρα»."""
        try:
            await call(free_now, official, reference)
        finally:
            await self._read(official)
        self.answer = texts_of(self._language())("day.freed")
        self._focus(ANSWER)

    def _spoken(self, reference: str) -> str:
        return next((row.spoken for row in self.rows if row.reference == reference), "")

    def _say_done(self, reference: str, press: str) -> None:
        self.answer = texts_of(self._language())("desk.did", press=press, name=self._spoken(reference))


def read_word(kind: type[Word], word: str) -> Word:
    """One of a known set; raises `NotPossibleNow` for what no button sends."""
    try:
        return kind(word)
    except ValueError:
        raise NotPossibleNow() from None


def read_id(text: str) -> int | None:
    """A number; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() else None
