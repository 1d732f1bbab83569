"""The dialogs of a booking's page: presses that ask for words first."""

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.booking.booking import MAX_REASON_LENGTH
from dimoslive.domain.desk.presses import Press
from dimoslive.domain.errors import InvalidInput, NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import texts_of
from dimoslive.services.desk.cancel_by_municipality import cancel_by_municipality
from dimoslive.services.desk.change_details import change_details
from dimoslive.services.desk.correct_outcome import correct_outcome
from dimoslive.services.desk.note_identity import note_identity
from dimoslive.services.desk.press_booking import press_booking
from dimoslive.services.desk.write_note import write_note
from dimoslive.services.freed.free_now import free_now
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.ui.staff.booking.forms import (
    DIALOGS,
    ERRORS,
    details_from,
    document_from,
    outcome_from,
    press_words,
    text_of,
)
from dimoslive.ui.staff.booking.state import DeskBookingState
from dimoslive.ui.staff.booking.view_models import ASKING

MAX_ADDRESS_READ = 300


class BookingDialogState(DeskBookingState):
    """Each handler takes a form; what is refused stays in it."""

    cancel_text: str = ""
    """The ready sentence that was picked."""
    picks: int = 0
    is_wish: bool = False
    """It is the citizen's wish that it be cancelled."""
    tells: bool = False
    """The tick came by itself: the address is another one."""

    @for_official(Permission.VIEW_DESK)
    async def open(self, official: Official, dialog: str) -> None:
        """Over the booking as it is now."""
        if dialog not in DIALOGS:
            raise NotFound()
        await self._look(official)
        self.errors, self.seen_version = dict(ERRORS), self.booking.version
        self.cancel_text, self.is_wish, self.tells = "", False, False
        self.dialog = "" if self.is_missing else dialog

    @for_official(Permission.VIEW_DESK)
    async def leave(self, _official: Official) -> None:
        """Esc, or the way out; the browser gives the focus back."""
        self.dialog = ""

    @for_official(Permission.SERVE)
    async def settle(self, official: Official, form_data: dict) -> EventSpec | None:
        """«Δεν εξυπηρετήθηκε…» or «Παραπέμφθηκε…», whichever is open."""
        if self.dialog not in ASKING:
            raise NotFound()
        press = Press(self.dialog)
        pressed = await self._do(official, press_booking, press, self._seen(), press_words(form_data))
        if pressed is None:
            return None
        self._say_done(f"desk_booking.was.{press}", pressed)
        wants_new = press is Press.REFERRED and bool(form_data.get("and_new"))
        return rx.redirect(self.booking.same_href) if wants_new and self.booking.same_href else None

    @for_official(Permission.SERVE)
    async def note(self, official: Official, form_data: dict) -> None:
        """«Σημείωση…»."""
        if await self._do(official, write_note, self.booking.reference, text_of(form_data, "note")) is not None:
            self._say_done("desk_booking.was.note")

    @for_official(Permission.SERVE)
    async def change(self, official: Official, form_data: dict) -> None:
        """«Αλλαγή στοιχείων…»; a new address is told even where nobody has seen the tick come."""
        typed, shown = details_from(form_data), self._details
        is_unseen = typed.email.strip() != shown.email and not self.tells
        tells = bool(form_data.get("tells")) or is_unseen
        names = await self._do(official, change_details, self.booking.reference, shown, typed, tells=tells)
        if names is not None:
            self._say_done("desk_booking.was.details" if names else "desk_booking.was.nothing")

    @for_official(Permission.SERVE)
    @background
    async def email_left(self, _official: Official, address: str) -> None:
        """Whoever changes the address wants the citizen to know; the tick can be taken away again."""
        self.tells = self.tells or address[:MAX_ADDRESS_READ].strip() != self._details.email

    @for_official(Permission.RECORD_IDENTITY)
    async def identity(self, official: Official, form_data: dict) -> None:
        """«Ταυτοποίηση…»."""
        try:
            document = document_from(form_data)
        except InvalidInput as refusal:
            self._say_wrong(refusal)
            return
        if await self._do(official, note_identity, self.booking.reference, document) is not None:
            self._say_done("desk_booking.was.identity")

    @for_official(Permission.SERVE)
    async def correct(self, official: Official, form_data: dict) -> None:
        """«Διόρθωση»."""
        try:
            to = outcome_from(form_data)
        except InvalidInput as refusal:
            self._say_wrong(refusal)
            return
        reason = text_of(form_data, "correction_reason")
        pressed = await self._do(official, correct_outcome, self._seen(), to, press_words(form_data), reason)
        if pressed is not None:
            self._say_done("desk_booking.was.corrected", pressed)

    @for_official(Permission.ARRANGE)
    async def pick_reason(self, _official: Official, number: str) -> None:
        """A ready sentence, in the citizen's language, to be changed at will."""
        texts = {str(at): text for at, text in enumerate(self.booking.told_reasons, 1)}
        self.cancel_text = texts.get(number, "")
        self.picks += 1

    @for_official(Permission.ARRANGE)
    @background
    async def say_wish(self, _official: Official, who: str) -> None:
        """Whose wish it is decides what will happen."""
        self.is_wish = who == "citizen"

    @for_official(Permission.ARRANGE)
    async def cancel(self, official: Official, form_data: dict) -> None:
        """«Ακύρωση…»."""
        reason = text_of(form_data, "cancel_reason")[: MAX_REASON_LENGTH * 4]
        wish = text_of(form_data, "who") == "citizen"
        pressed = await self._do(official, cancel_by_municipality, self._seen(), reason, at_citizens_wish=wish)
        if pressed is not None:
            t = texts_of(self._language())
            back = self.booking.back_by or t("desk_booking.free_again")
            hint = f"{back} {t('desk_booking.cancel.undo_hint')}"
            self._say_done("desk_booking.was.cancelled", pressed, hint=hint)
            self.is_just_cancelled = True

    @for_official(Permission.ARRANGE)
    async def free(self, official: Official) -> None:
        """«Διάθεσή της τώρα», after a cancellation."""
        if await self._do(official, free_now, self.booking.freed) is not None:
            self._say_done("desk_booking.was.freed")
