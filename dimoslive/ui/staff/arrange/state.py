"""«Νέα κράτηση»: who and what, when, and the press."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

import reflex as rx

from dimoslive.domain.booking.booking import Booking, BookingSource
from dimoslive.domain.booking.consents import Supplement
from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.booking.references import show_reference
from dimoslive.domain.desk.person import TypedPerson, parse_person
from dimoslive.domain.errors import DomainError, InvalidDetails, InvalidInput, NotOffered
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.declarations import declaration_of
from dimoslive.services.desk.book_for_person import ALREADY_BOOKED, NewBooking, book_for_person, new_key
from dimoslive.services.desk.find_same_person import find_same_person
from dimoslive.services.desk.open_new_booking import LikeBooking, ServiceChoice, open_new_booking
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.declaration import declaration_html
from dimoslive.ui.shared.guard import background, for_anyone, for_official
from dimoslive.ui.staff.arrange.view_models import (
    Choice,
    FieldError,
    SameView,
    is_start_of,
    show_modes,
    show_period,
    show_same,
    show_services,
)
from dimoslive.ui.staff.arrange.when_state import MAX_TYPED, PLACE_FIELDS, WhenState, at_field, number_of, say
from dimoslive.urls import asked_start, localized

SOURCES = (BookingSource.PHONE, BookingSource.COUNTER)
_CONTACT = ("last_name", "name", "phone", "email")
_FOR_WHOM = tuple(ServedPerson)
_TYPED = (*_CONTACT, "subject", "help_needed")


@dataclass(frozen=True)
class DoneView:
    """What was booked, as it is said and printed."""

    number: str = ""
    place: str = ""
    service: str = ""
    mode: str = ""
    person: str = ""
    told: str = ""


class NewBookingState(WhenState, rx.State):
    """The page as the official left it. What is typed stays until it is booked or the page is left."""

    source: str = BookingSource.PHONE.value
    services: list[Choice] = []
    service: str = ""
    modes: list[Choice] = []
    language: str = "el"
    served: str = ServedPerson.SELF.value
    """For whom it is: one of `ServedPerson`."""
    last_name: str = ""
    name: str = ""
    """The given one; the whole name of a business, and of whoever has no surname here."""
    phone: str = ""
    email: str = ""
    subject: str = ""
    help_needed: str = ""
    is_told: bool = False
    books_again: bool = False
    same: list[SameView] = []
    declaration: str = ""
    done: DoneView = DoneView()
    _choices: tuple[ServiceChoice, ...] = ()
    _supplement: Supplement | None = None
    _key: str = ""
    _like: str = ""
    """The booking for whose person this is another."""
    _owner: int = 0
    _is_left: bool = True
    _is_cut_off: bool = False
    """The session ended while the page was open: what is typed is there after the new sign-in."""

    @for_official(Permission.ARRANGE)
    async def load(self, official: Official) -> None:
        """The services of the official's departments, and their first free times."""
        t = texts_of(self._language())
        like = self._asked("same")
        choices = await call(open_new_booking, official, self._asked("m", 80), like)
        goes_on = self._goes_on(official)
        if not goes_on or self._like != like:
            self._begin(official)
            self.language, self._like = t.language, like
            self._fill(choices.like)
        self._choices, self._zone, self._supplement = choices.services, choices.zone, choices.supplement
        self.services = show_services(choices.services, t)
        self.desk = self.desk or str(choices.my_desk_id or "")
        self._choose(self.service or self._asked("service"), self.mode or self._asked("mode"), t)
        wanted = None if goes_on else asked_start(self._asked("at"))
        day = local_day(wanted, self._zone) if wanted else None
        self.way = "calendar" if wanted else self.way
        await self._read(official, month=day, day=day)
        if wanted:
            await self._pick_at(official, wanted)
        await self._look_for_same(official)
        self.is_loaded = True
        self._focus(self._first_field())

    @for_anyone(Permission.VIEW_PUBLIC)
    @background
    async def leave_page(self) -> None:
        """Another page was opened: what is typed here is nobody's any more, unless a sign-in comes between."""
        self._is_left = True

    @for_official(Permission.ARRANGE)
    @background
    async def choose_service(self, official: Official, service: str) -> None:
        """Another service, with its own modes, desks and times."""
        self._choose(service, self.mode, texts_of(self._language()))
        await self._read(official)

    @for_official(Permission.ARRANGE)
    @background
    async def choose_served(self, official: Official, served: str) -> None:
        """For themselves, for another person or for a business, which has one name."""
        self.served = served if served in set(_FOR_WHOM) else ServedPerson.SELF.value
        self._forget_mended()
        await self._look_for_same(official)

    @for_official(Permission.ARRANGE)
    @background
    async def choose_mode(self, official: Official, mode: str) -> None:
        """In person, by video or by telephone."""
        self._choose(self.service, mode, texts_of(self._language()))
        await self._read(official)

    @for_official(Permission.ARRANGE)
    @background
    async def leave(self, official: Official, name: str, text: str) -> None:
        """A field was left: it is kept, and what it may warn of is looked at."""
        if name in _TYPED:
            setattr(self, name, text[:MAX_TYPED])
        self._forget_mended()
        if name in _CONTACT:
            await self._look_for_same(official)
        if name in PLACE_FIELDS:
            setattr(self, name, text[:MAX_TYPED])
            if not name.endswith("_reason"):
                await self._look(official)

    @for_official(Permission.ARRANGE)
    async def book(self, official: Official, form_data: dict) -> None:
        """«Κράτηση»: the form as it stands in the browser counts."""
        self._keep_form(form_data)
        self.errors, self.error_of = [], {}
        try:
            booking = await call(book_for_person, official, self._new_booking())
        except InvalidDetails as refusal:
            self._show_problems(refusal.problems)
        except InvalidInput as refusal:
            self._show_problems((refusal,))
        except DomainError as refusal:
            await self._look_for_same(official)
            await self._refused_place(official, refusal)
        else:
            self._show_done(booking)

    @for_official(Permission.ARRANGE)
    async def again(self, official: Official) -> None:
        """«Νέα κράτηση»: the next caller."""
        self._begin(official)
        await self._read(official)
        self._focus(self._first_field())

    async def _pick_at(self, official: Official, wanted: datetime) -> None:
        """The start that the address names, at the first desk that has it free."""
        times = [time.value for time in self.day.times]
        self.chosen = next((value for value in times if is_start_of(value, wanted)), "")
        await self._look(official)

    async def _keep_staff_words(self, given: dict[str, Any]) -> None:
        self._is_cut_off = True
        self._keep_form(given.get("form_data", {given.get("name", ""): given.get("text", "")}))

    def _goes_on(self, official: Official) -> bool:
        """Whether this is the same form: the line came back, or the official signed in again."""
        is_new_visit = self._is_left and not self._is_cut_off
        self._is_left = self._is_cut_off = False
        return self._owner == official.id and not is_new_visit and not self.done.number

    def _begin(self, official: Official) -> None:
        self._owner, self._key, self.done = official.id, new_key(), DoneView()
        for name in _TYPED:
            setattr(self, name, "")
        self.is_told = self.books_again = False
        self.source, self.same, self.served, self._like = BookingSource.PHONE.value, [], ServedPerson.SELF.value, ""
        self._forget_when()
        self.form_version += 1

    def _fill(self, like: LikeBooking | None) -> None:
        """The person of another booking, who need not be asked again."""
        if like is None:
            return
        for name in _TYPED:
            setattr(self, name, getattr(like.person, name))
        self.served, self.language = like.served_person.value, like.language
        self.source = BookingSource.COUNTER.value

    def _first_field(self) -> str:
        return "name" if self.served == ServedPerson.BUSINESS else "last_name"

    def _choose(self, service: str, mode: str, t: Texts) -> None:
        bookable = [one for one in self._choices if one.desks]
        chosen = next((one for one in bookable if one.id == number_of(service)), bookable[0] if bookable else None)
        self.service, self.modes = (str(chosen.id), show_modes(chosen.modes, t)) if chosen else ("", [])
        self.mode = mode if mode in {one.value for one in self.modes} else self.modes[0].value if self.modes else ""
        self._open_service(chosen, t)
        self.declaration = self._declared(t) if self.mode else ""

    def _declared(self, t: Texts) -> str:
        platforms = declaration_of(Mode(self.mode), t.language)
        return declaration_html(self._supplement.added_to(platforms) if self._supplement else platforms, t)

    async def _look_for_same(self, official: Official) -> None:
        t, today = texts_of(self._language()), self._today()
        if self._service is None:
            return
        try:
            found = await call(
                find_same_person,
                official,
                self._service.id,
                name=self._typed_person().full_name.said,
                phone=self.phone,
                email=self.email,
            )
        except NotOffered:
            found = []
        self.same = [show_same(one, self._zone, today, self._move_href(one.reference), t) for one in found]

    def _move_href(self, reference: str) -> str:
        return localized(f"/desk/booking/{reference}/move", self._language()) + f"?m={quote(self._asked('m', 80))}"

    def _keep_form(self, form: dict[str, Any]) -> None:
        self._keep_place(form)
        for name in _TYPED:
            if name in form:
                setattr(self, name, str(form[name])[:MAX_TYPED])
        if "told" in form or "source" in form:
            self.is_told, self.books_again = bool(form.get("told")), bool(form.get("again"))
        self.source = str(form.get("source", self.source))
        self.language = str(form.get("language", self.language))[:2]

    def _new_booking(self) -> NewBooking:
        if self._service is None:
            raise NotOffered()
        return NewBooking(
            key=self._key,
            source=BookingSource(self.source) if self.source in set(SOURCES) else BookingSource.PHONE,
            service_id=self._service.id,
            mode=Mode(self.mode),
            person=self._typed_person(),
            place=self._wanted(),
            language=self.language,
            is_told=self.is_told,
            books_again=self.books_again and bool(self.same),
            served_person=ServedPerson(self.served),
        )

    def _typed_person(self) -> TypedPerson:
        typed = TypedPerson(**{name: getattr(self, name) for name in _TYPED})
        return replace(typed, last_name="") if self.served == ServedPerson.BUSINESS else typed

    def _forget_mended(self) -> None:
        """A field that was called wrong and is right now."""
        wrong: set[str] = set()
        try:
            parse_person(self._typed_person(), Mode(self.mode or Mode.VIDEO), is_present=self.way == "now")
        except InvalidDetails as refusal:
            wrong = {problem.field for problem in refusal.problems}
        self._forget_errors(set(_TYPED) - wrong)

    def _show_problems(self, problems: tuple[InvalidInput, ...]) -> None:
        t = texts_of(self._language())
        found = [FieldError(at_field(problem), say(problem, t)) for problem in problems]
        if self.same and not self.books_again:
            # It would be asked next: all that is open is said at once.
            found.append(FieldError("again", self.same[0].text))
        self._say(*found)

    def _open_warnings(self, warnings: Any, t: Texts) -> list[FieldError]:
        again = [FieldError("again", one.text) for one in self.same[:1]] if ALREADY_BOOKED in warnings else []
        return [*again, *super()._open_warnings(warnings, t)]

    def _show_done(self, booking: Booking) -> None:
        t, details = texts_of(self._language()), booking.details
        number, zone = show_reference(booking.reference), booking.service.zone
        desk = self.summary.rpartition(" · ")[2]
        self.done = DoneView(
            number=number,
            place=show_period(booking.period, desk, zone, self._today(), t),
            service=booking.service.service_name[t.language],
            mode=t(f"mode.{booking.mode}"),
            person=details.name,
            told=t("arrange.mail_goes", email=details.email) if details.email else t("arrange.no_mail"),
        )
        self._is_left = True
        self._focus("done-title")
