"""The page of one booking: what it shows, and the presses that ask for no words."""

from typing import Any

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.details import DeskDetails
from dimoslive.domain.desk.presses import Press
from dimoslive.domain.errors import DomainError, InvalidDetails, InvalidInput, NotFound, TooManyAttempts
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import texts_of
from dimoslive.services.audit.note_out_of_reach import note_out_of_reach
from dimoslive.services.desk.open_booking import open_booking
from dimoslive.services.desk.press_booking import Pressed, SeenBooking, press_booking
from dimoslive.services.desk.send_again import send_again
from dimoslive.services.desk.undo_press import undo_press
from dimoslive.services.meeting.admit_citizen import admit_citizen
from dimoslive.ui.shared.call import call, context
from dimoslive.ui.shared.field_errors import say
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.ui.staff.booking.forms import DIALOGS, ERRORS
from dimoslive.ui.staff.booking.view_models import ASKING, DeskBookingView, show_desk_booking
from dimoslive.ui.staff.state import StaffPageState
from dimoslive.urls import meeting_path


class DeskBookingState(StaffPageState, rx.State):
    """One booking of the municipality, re-read after each press and whenever its day is told to have changed."""

    booking: DeskBookingView = DeskBookingView()
    beside: str = ""
    """The reference of the booking that stands beside the day; on a page of its own the address names it."""
    is_missing: bool = False
    dialog: str = ""
    """Which is open, by its name in `forms.DIALOGS`."""
    seen_version: int = 0
    """Of the booking over which the dialog was opened."""
    errors: dict[str, str] = dict(ERRORS)
    done: str = ""
    """The answer to the last press; it stays until the next one."""
    hint: str = ""
    """What more is to know of it."""
    undo_event: int = 0
    """By which it can be taken back; 0 if it cannot."""
    done_version: int = 0
    is_just_cancelled: bool = False
    _details: DeskDetails = DeskDetails()

    @for_official(Permission.VIEW_DESK)
    async def load(self, official: Official) -> None:
        """The booking that the address names."""
        self.beside = ""
        await self._open(official, self._asked("do"))

    @for_official(Permission.VIEW_DESK)
    async def show(self, official: Official, reference: str, asks: str) -> None:
        """A booking beside the day, which is not read again for it."""
        self.beside = reference[:20]
        await self._open(official, asks)

    @for_official(Permission.VIEW_DESK)
    @background
    async def hide(self, _official: Official) -> None:
        """The day alone."""
        self.beside, self.dialog, self.is_loaded, self.booking = "", "", False, DeskBookingView()

    @for_official(Permission.VIEW_DESK)
    @background
    async def refresh(self, official: Official) -> None:
        """Its day has changed. An open form stays, and says what is so by now."""
        if self.is_loaded and not self.is_missing:
            await self._look(official)

    @for_official(Permission.SERVE)
    async def press(self, official: Official, press: str) -> None:
        """A press that asks for nothing."""
        if press not in set(Press) - ASKING:
            raise NotFound()
        pressed = await self._do(official, press_booking, Press(press), self._seen())
        if pressed is not None:
            self._say_done(f"desk_booking.did.{press}", pressed)

    @for_official(Permission.ADMIT)
    async def admit(self, official: Official) -> EventSpec:
        """«Αποδοχή»: the citizen is let in, and the official is in the meeting."""
        reference = self.booking.reference
        await admit_citizen(context(), official, reference)
        return rx.redirect(meeting_path(self._language(), f"reference={reference}&now=1", for_staff=True))

    @for_official(Permission.SERVE)
    async def undo(self, official: Official) -> None:
        """«Αναίρεση»."""
        if await self._do(official, undo_press, self.booking.reference, self.undo_event) is not None:
            self._say_done("desk_booking.was.undone")

    @for_official(Permission.SERVE)
    async def again(self, official: Official) -> None:
        """«Αποστολή ξανά»."""
        if await self._do(official, send_again, self.booking.reference) is not None:
            self._say_done("desk_booking.was.sent_again")

    async def _open(self, official: Official, asks: str) -> None:
        """One that was not shown before; the day's menu leads to a question at once."""
        self.booking, self.is_loaded, self.is_missing, self.dialog = DeskBookingView(), False, False, ""
        self._begin()
        await self._look(official)
        self._focus("booking-title")
        if asks in DIALOGS and not self.is_missing:
            self.errors, self.seen_version, self.dialog = dict(ERRORS), self.booking.version, asks

    async def _read(self, official: Official) -> None:
        """The booking as it is now; a foreign one, or one of another municipality, is a missing page."""
        try:
            workplace = await self._workplace(official)
            shown = await call(open_booking, official, self._reference())
            if shown.booking.service.municipality_id != workplace.municipality_id:
                raise NotFound()  # noqa: TRY301  # the same answer for both
        except NotFound:
            self.booking, self.is_missing, self.is_loaded, self.dialog = DeskBookingView(), True, True, ""
            return
        if not self.dialog:
            # What an open form shows is what it was opened with: another's change of it is not written over.
            self._details = shown.details
        self.booking = show_desk_booking(shown, workplace.slug, texts_of(self._language()))
        self.is_missing, self.is_loaded = False, True

    async def _look(self, official: Official) -> None:
        """The same where no press says whether it was there."""
        await self._read(official)
        if self.is_missing:
            note_out_of_reach(official, type(self).__name__)

    async def _do(self, official: Official, service: Any, *args: Any, **words: Any) -> Any:
        """Run a service; nothing if it refused what was typed. After any other refusal the booking is read again."""
        self._begin()
        try:
            result = await call(service, official, *args, **words)
        except (InvalidInput, InvalidDetails) as refusal:
            self._say_wrong(refusal)
            return None
        except TooManyAttempts:
            raise
        except DomainError:
            await self._read(official)
            raise
        self.dialog = ""
        await self._read(official)
        return True if result is None else result

    def _begin(self) -> None:
        self.done, self.hint, self.is_just_cancelled = "", "", False
        self.errors = dict(ERRORS)

    def _say_wrong(self, refusal: InvalidInput | InvalidDetails) -> None:
        """Each problem at its field, and the focus at the first."""
        t = texts_of(self._language())
        problems = refusal.problems if isinstance(refusal, InvalidDetails) else (refusal,)
        self.errors = dict(ERRORS) | {problem.field: say(problem, t) for problem in problems}
        self._focus(problems[0].field)

    def _say_done(self, key: str, pressed: Pressed | None = None, hint: str = "", **words: str) -> None:
        t = texts_of(self._language())
        self.done = t("desk_booking.done", what=t(key, **words), person=self.booking.title)
        self.hint, self.undo_event = hint, pressed.event_id if pressed else 0
        self.done_version += 1
        self._focus("booking-title")

    def _seen(self) -> SeenBooking:
        """The booking as this page shows it."""
        status = self.booking.status
        if status not in set(BookingStatus):
            # Nothing is shown yet: no button of ours sends this.
            raise NotFound()
        return SeenBooking(self.booking.reference, BookingStatus(status))

    def _reference(self) -> str:
        return self.beside or self.router.url.path.rstrip("/").rpartition("/")[2][:20]
