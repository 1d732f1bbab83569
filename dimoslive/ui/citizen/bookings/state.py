"""The citizen's bookings: the list, one of them after login, and the one that a mail's link names."""

from dataclasses import replace

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.booking.booking import MAX_REASON_LENGTH, Booking
from dimoslive.domain.booking.consents import Declaration
from dimoslive.domain.booking.details import MAX_TYPED_LENGTH
from dimoslive.domain.booking.draft import Step
from dimoslive.domain.errors import DeclarationChanged, InvalidInput, NotSignedIn
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.personal_data import clean_text
from dimoslive.domain.people.principals import Citizen, LinkHolder
from dimoslive.domain.waiting_errors import OfferGone
from dimoslive.i18n import Texts, texts_of
from dimoslive.services.access.limit_attempts import RateLimit, limit_attempts
from dimoslive.services.booking.accept_declaration import accept_declaration
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.booking.current_declaration import show_declaration
from dimoslive.services.booking.find_staff_change import find_staff_change
from dimoslive.services.booking.list_bookings import list_bookings
from dimoslive.services.booking.show_booking import show_booking
from dimoslive.services.booking.show_linked_booking import show_linked_booking
from dimoslive.services.draft.start_again import start_again
from dimoslive.services.draft.start_move import start_move
from dimoslive.services.embed.find_way_back import find_way_back
from dimoslive.services.identity.auth_realm import CITIZENS
from dimoslive.services.identity.sessions import find_principal
from dimoslive.services.waiting.show_waiting import list_waiting, show_waiting
from dimoslive.ui.citizen.booking.calendar.state import to_another_calendar
from dimoslive.ui.citizen.bookings.view_models import BookingView, show_booking_view, show_staff_change
from dimoslive.ui.citizen.bookings.waiting_views import WaitingView, show_waiting_view
from dimoslive.ui.shared.call import call, context
from dimoslive.ui.shared.declaration import declaration_html
from dimoslive.ui.shared.field_errors import say
from dimoslive.ui.shared.guard import (
    PageState,
    background,
    for_anyone,
    for_citizen,
    for_holder,
    session_token,
    visitor_zone,
)
from dimoslive.ui.shared.sockets import socket_of
from dimoslive.urls import calendar_file_path, linked_booking_path, linked_calendar_file_path, meeting_path, step_path

OF_AN_OFFER = ("take", "keep", "leave")
"""What the links of an offer's mail ask for; opening one shows it, and nothing more."""


class MyBookingsState(PageState, rx.State):
    """«Τα ραντεβού μου»."""

    upcoming: list[BookingView] = []
    past: list[BookingView] = []
    can_join: bool = False
    """The meeting of one of them is open."""
    opens_in: int = 0
    """Seconds until the next one opens."""
    looks: int = 0

    @for_citizen(Permission.VIEW_BOOKING)
    async def load(self, principal: Citizen) -> None:
        """Upcoming soonest first, past newest first."""
        await self._show(principal)

    @for_citizen(Permission.VIEW_BOOKING)
    @background
    async def look_again(self, principal: Citizen) -> None:
        """A meeting should be open by now."""
        await self._show(principal)

    async def _show(self, principal: Citizen) -> None:
        t, now, zone = texts_of(self._language()), context().clock.now(), visitor_zone(self)
        upcoming, past = await call(list_bookings, principal)
        waiting = await call(list_waiting, principal)
        self.upcoming = [
            replace(show_booking_view(one, now, zone, t), is_waiting=one.reference in waiting) for one in upcoming
        ]
        self.past = [show_booking_view(booking, now, zone, t) for booking in past]
        self.can_join = any(view.can_join for view in self.upcoming)
        self.opens_in = min((view.opens_in for view in self.upcoming if view.opens_in), default=0)
        self.looks += 1
        self.is_loaded = True


class BookingPageState(PageState, rx.State):
    """One booking. The right to it is found anew with every press: the session, or the link in the address."""

    booking: BookingView = BookingView()
    is_new: bool = False
    kept: str = ""
    """It was to be moved to the time that it has: ``all`` is as it was, or the ``details`` changed."""
    back: str = ""
    back_words: str = ""
    """The site that the citizen was led away from to book, and the words of the link that leads back to it."""
    is_asking: bool = False
    """The question whether to cancel is open."""
    was_cancelled: bool = False
    reason_error: str = ""
    declaration: str = ""
    """As HTML."""
    declaration_error: str = ""
    calendar_file: str = ""
    looks: int = 0
    waiting: WaitingView = WaitingView()
    waiting_said: str = ""
    """The answer to the last press about the waiting list."""
    _declaration: Declaration | None = None

    @for_citizen(Permission.VIEW_BOOKING)
    async def load(self, principal: Citizen) -> None:
        """By the reference in the address: the confirmation, or one of «Τα ραντεβού μου»."""
        self._reset()
        query = self.router.url.query_parameters
        self.is_new, self.kept = "reference" in query, query.get("kept", "")
        booking = await call(show_booking, principal, query.get("reference", "") or self._last_of_path())
        self._show(booking)
        await self._show_change(principal, booking)
        if self.is_new:
            self._focus("booking-title")
            await self._show_way_back(booking.service.municipality_id)

    @for_anyone(Permission.OPEN_LINK)
    async def load_linked(self) -> None:
        """By the link of a mail. Opening it changes nothing; «do» only says which question to open."""
        self._reset()
        await self._show_linked()
        asks = self.router.url.query_parameters.get("do")
        self.is_asking = asks == "cancel" and self.booking.can_cancel
        if asks in OF_AN_OFFER:
            if not (self.waiting.offered or self.waiting.is_answered or asks == "leave"):
                self._refuse(OfferGone())
            self._focus("waiting-title")

    @for_anyone(Permission.OPEN_LINK)
    @background
    async def look_again(self) -> None:
        """The meeting should be open by now."""
        if self._is_link():
            await self._show_linked()
        elif (citizen := await call(find_principal, CITIZENS, session_token(self))) is not None:
            booking = await call(show_booking, citizen, self.booking.reference)
            self._show(booking)
            await self._show_change(citizen, booking)

    @for_anyone(Permission.VIEW_PUBLIC)
    async def ask(self) -> None:
        """«Ακύρωση κράτησης» asks once."""
        self.is_asking = self.booking.can_cancel
        self._focus("cancel-question")

    @for_anyone(Permission.VIEW_PUBLIC)
    async def keep(self) -> None:
        """«Όχι»."""
        self.is_asking, self.reason_error = False, ""

    @for_anyone(Permission.VIEW_PUBLIC)
    @background
    async def leave(self, name: str, text: str) -> None:
        """The field was left: what was wrong with the reason and is right now is told no longer."""
        if name == "reason" and self.reason_error:
            self.reason_error = _wrong_with(text, texts_of(self._language()))

    @for_holder(Permission.CANCEL_BOOKING)
    async def cancel(self, principal: Citizen | LinkHolder, form_data: dict) -> None:
        """«Ναι»."""
        self.reason_error = ""
        try:
            booking = await call(
                cancel_booking, principal, self.booking.reference, str(form_data.get("reason", ""))[:MAX_TYPED_LENGTH]
            )
        except InvalidInput as refusal:
            self.reason_error = say(refusal, texts_of(self._language()))
            self._focus("reason")
            return
        self._show(booking, is_private=not await self._is_own(booking))
        self.is_asking, self.is_new, self.was_cancelled = False, False, True
        self._focus("booking-title")

    @for_holder(Permission.JOIN_MEETING)
    async def declare(self, principal: Citizen | LinkHolder, form_data: dict) -> None:
        """«Αποδοχή της δήλωσης»: an official booked, and only told what it says."""
        self.declaration_error, shown = "", self._declaration
        if shown is None:
            return
        t, is_ticked = texts_of(self._language()), bool(form_data.get("declaration"))
        try:
            booking = await call(accept_declaration, principal, self.booking.reference, shown, is_ticked=is_ticked)
        except InvalidInput as refusal:
            self.declaration_error = say(refusal, t)
            self._focus("declaration")
            return
        except DeclarationChanged as refusal:
            await self._show_declaration(await call(show_booking, principal, self.booking.reference))
            self.declaration_error = t(f"error.{refusal.code}")
            self._focus("declaration-title")
            return
        self._show(booking, is_private=not await self._is_own(booking))
        self._focus("booking-title")

    @for_citizen(Permission.MOVE_BOOKING)
    async def move(self, principal: Citizen) -> EventSpec:
        """«Προγραμματισμός εκ νέου»: the wizard, with all that was given before."""
        await call(start_move, principal, self.booking.reference)
        return await to_another_calendar(self)

    @for_citizen(Permission.BOOK)
    async def book_again(self, principal: Citizen) -> EventSpec:
        """«Νέα κράτηση»."""
        await call(start_again, principal)
        return rx.redirect(step_path(Step.MUNICIPALITY, self._language()))

    async def _holder(self) -> Citizen | LinkHolder:
        """Who may act on the booking of this page: the holder of the link, else the citizen."""
        if self._is_link():
            link, _ = await call(show_linked_booking, self._last_of_path())
            return link
        citizen = await call(find_principal, CITIZENS, session_token(self))
        if citizen is None:
            raise NotSignedIn()
        return citizen

    async def _show_linked(self) -> None:
        await call(limit_attempts, RateLimit.LINK, self._address())
        link, booking = await call(show_linked_booking, self._last_of_path())
        self._show(booking, is_private=not await self._is_own(booking))
        await self._show_change(link, booking)

    async def _show_declaration(self, booking: Booking) -> None:
        """What is to be accepted now; what is pressed is that this one was read."""
        self._declaration, self.declaration = None, ""
        if self.booking.must_declare:
            t, place = texts_of(self._language()), booking.service.municipality_id
            self._declaration = await call(show_declaration, place, booking.mode, t.language)
            self.declaration = declaration_html(self._declaration, t)

    async def _show_change(self, principal: Citizen | LinkHolder, booking: Booking) -> None:
        await self._show_declaration(booking)
        change = await call(find_staff_change, principal, booking.reference)
        t = texts_of(self._language())
        waiting = await call(show_waiting, principal, booking.reference)
        self.waiting = show_waiting_view(waiting, visitor_zone(self), booking.service.zone, t)
        self.booking = show_staff_change(self.booking, change, booking.service.zone, t)

    async def _show_way_back(self, municipality_id: int) -> None:
        said = socket_of(self).back
        if said and (back := await call(find_way_back, municipality_id, said)):
            self.back, site = back, back.removeprefix("https://")
            self.back_words = texts_of(self._language())("booking.back_to_site", site=site)

    async def _is_own(self, booking: Booking) -> bool:
        citizen = await call(find_principal, CITIZENS, session_token(self))
        return citizen is not None and citizen.id == booking.citizen_id

    def _show(self, booking: Booking, *, is_private: bool = False) -> None:
        t, now = texts_of(self._language()), context().clock.now()
        view = show_booking_view(booking, now, visitor_zone(self), t, is_private=is_private)
        self.calendar_file = calendar_file_path(booking.reference)
        if self._is_link():
            token = self._last_of_path()
            self.calendar_file = linked_calendar_file_path(token)
            view = replace(view, join_href=meeting_path(t.language, f"link={token}"))
        self.booking = view
        self.looks += 1
        self.is_loaded = True

    def _reset(self) -> None:
        self.booking, self.is_loaded = BookingView(), False
        self.is_new = self.is_asking = self.was_cancelled = False
        self.declaration_error = self.back = self.waiting_said = ""
        self.waiting = WaitingView()

    def _is_link(self) -> bool:
        return linked_booking_path("", "el") in self.router.url.path

    def _last_of_path(self) -> str:
        return self.router.url.path.rstrip("/").rpartition("/")[2][:100]

    def _address(self) -> str:
        return self.router.session.client_ip


def _wrong_with(reason: str, t: Texts) -> str:
    try:
        clean_text("reason", reason[:MAX_TYPED_LENGTH], max_length=MAX_REASON_LENGTH, required=False)
    except InvalidInput as refusal:
        return say(refusal, t)
    return ""
