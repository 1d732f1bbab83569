"""«Μετακίνηση» and «Σε άλλη θέση»: the booking as it stands, and where it goes."""

from datetime import date
from typing import Any
from urllib.parse import quote

import reflex as rx

from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.errors import (
    ChangedByOther,
    DomainError,
    InvalidInput,
    NotFound,
    NotMovable,
    UnansweredWarnings,
)
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n import Texts, texts_of
from dimoslive.services.desk.hand_over import hand_over, other_desks
from dimoslive.services.desk.move_booking_at_desk import SeenPlace, Telling, move_booking_at_desk
from dimoslive.services.desk.open_move import MoveChoices, open_move
from dimoslive.services.desk.take_place import WantedPlace
from dimoslive.ui.shared.call import call, context
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.ui.staff.arrange.view_models import (
    Choice,
    DeskView,
    FieldError,
    show_modes,
    show_other_desks,
    show_period,
)
from dimoslive.ui.staff.arrange.when_state import MAX_TYPED, OWN, PLACE_FIELDS, WhenState, number_of, say
from dimoslive.ui.staff.state import StaffPageState
from dimoslive.urls import localized, same_booking_path

_MAX_REFERENCE = 20


class _OfBooking(StaffPageState, mixin=True):
    """What both pages show of the booking that the address names."""

    person: str = ""
    service_name: str = ""
    mode_name: str = ""
    old: str = ""
    """Where and when it stands."""
    is_movable: bool = True
    is_missing: bool = False
    """There is no such booking, or it is not the official's."""
    day_href: str = ""
    booking_href: str = ""
    same_href: str = ""
    done: str = ""
    """What was done, in words."""
    told: str = ""
    _seen: SeenPlace | None = None

    async def _open(self, official: Official) -> MoveChoices:
        slug = self._asked("m", 80)
        opened = await call(open_move, official, slug, self._reference())
        booking, language = opened.booking, self._language()
        self._seen, self.is_movable, self.is_missing = opened.seen, opened.is_movable, False
        self._show_booking(booking, opened, texts_of(language))
        ours = f"m={quote(slug)}"
        self.day_href = localized("/desk", language) + f"?{ours}"
        self.booking_href = localized(f"/desk/booking/{booking.reference}", language) + f"?{ours}"
        self.same_href = same_booking_path(language, slug, opened.service.id, booking.mode.value, booking.reference)
        return opened

    def _show_booking(self, booking: Booking, opened: MoveChoices, t: Texts) -> None:
        zone = booking.service.zone
        self.person = booking.details.name
        self.service_name = booking.service.service_name[t.language]
        self.mode_name = t(f"mode.{booking.mode}")
        self.old = show_period(booking.period, opened.desk_name[t.language], zone, _today(zone), t)

    def _refuse(self, refusal: DomainError) -> None:
        """Nothing of a booking that was opened before is shown, or can be pressed, under the address of another."""
        super()._refuse(refusal)
        if isinstance(refusal, NotFound):
            self._seen, self.person, self.is_missing, self.is_loaded = None, "", True, False

    def _reference(self) -> str:
        """The one in the middle of the address."""
        return self.router.url.path.rstrip("/").split("/")[-2][:_MAX_REFERENCE]


def _today(zone: str) -> date:
    return local_day(context().clock.now(), zone)


class MoveState(_OfBooking, WhenState, rx.State):
    """Another time for a booking, or another mode."""

    modes: list[Choice] = []
    new_mode: str = ""
    """The chosen one in words, if it is not the booking's."""
    has_email: bool = False
    has_phone: bool = False
    _opened: str = ""
    _own: tuple[int, int] = (0, 0)
    """The booking's regular desk, and its length in minutes."""

    @for_official(Permission.ARRANGE)
    async def load(self, official: Official) -> None:
        """The booking, and the times to which it may go; its own counts as free, and its own length is kept."""
        # The line came back: what was chosen and typed stays.
        is_again = self._opened == self._reference() and self.is_loaded and not self.done
        self.done = ""
        opened = await self._open(official)
        booking, self._opened = opened.booking, self._reference()
        self._zone = booking.service.zone
        minutes = int(booking.period.length.total_seconds() // 60)
        self._own = (opened.desk_id, minutes)
        self.has_email, self.has_phone = booking.details.email != "", booking.details.phone != ""
        if not is_again:
            self._forget_when()
            self.form_version += 1
            self.desk, self.mode, self.new_mode = str(opened.desk_id), booking.mode.value, ""
            t = texts_of(self._language())
            self.modes = show_modes(opened.service.modes, t)
            self._open_service(opened.service, t)
            self.typed_minutes = str(minutes)
        if self.is_movable:
            await self._read(official)
        self.is_loaded = True
        self._focus("time" if self.is_movable else "arrange-title")

    @for_official(Permission.ARRANGE)
    @background
    async def choose_mode(self, official: Official, mode: str) -> None:
        """Another mode has times of its own; as long as none is picked, the booking stays at its time."""
        if mode not in {one.value for one in self.modes} or self._seen is None:
            return
        self.mode = mode
        self.new_mode = texts_of(self._language())(f"mode.{mode}") if mode != self._seen.mode.value else ""
        self._forget_errors({"mode"})
        if self.way == "first" and not self.chosen:
            self.way = OWN
        await self._read(official)

    @for_official(Permission.ARRANGE)
    @background
    async def leave(self, official: Official, name: str, text: str) -> None:
        """A field was left: it is kept, and what stands against the time is looked at."""
        if name in PLACE_FIELDS:
            setattr(self, name, text[:MAX_TYPED])
            if not name.endswith("_reason"):
                await self._look(official)

    @for_official(Permission.ARRANGE)
    async def move(self, official: Official, form_data: dict) -> None:
        """«Μετακίνηση»."""
        self._keep_place(form_data)
        self.errors, self.error_of = [], {}
        telling = Telling.MAIL if form_data.get("mail") else Telling.CALL if form_data.get("call") else Telling.NONE
        try:
            if self._seen is None:
                raise NotMovable()
            booking = await call(move_booking_at_desk, official, self._seen, self._wanted(), telling, Mode(self.mode))
        except InvalidInput as refusal:
            self._say(FieldError(self._at(refusal), say(refusal, texts_of(self._language()))))
        except ChangedByOther as refusal:
            # Shown as it is now: the next press is of what the official has seen.
            await self._open(official)
            self._refuse(refusal)
        except DomainError as refusal:
            await self._refused_place(official, refusal)
        else:
            self._show_done(booking, telling)

    async def _keep_staff_words(self, given: dict[str, Any]) -> None:
        self._keep_place(given.get("form_data", {given.get("name", ""): given.get("text", "")}))

    def _show_done(self, booking: Booking, telling: Telling) -> None:
        t = texts_of(self._language())
        desk = self.summary.rpartition(" · ")[2]
        place = show_period(booking.period, desk, booking.service.zone, _today(booking.service.zone), t)
        self.done = f"{place} · {self.new_mode}" if self.new_mode else place
        self.told = t(f"arrange.move.told.{telling}")
        self._focus("done-title")

    def _moving(self) -> str:
        return self._opened

    def _own_place(self, reasons: dict[str, str]) -> WantedPlace:
        if self._seen is None:
            raise NotMovable()
        desk_id, minutes = self._own
        return WantedPlace(desk_id, self._seen.starts_at, minutes, **reasons)


class HandOverState(_OfBooking, rx.State):
    """Another desk for a booking, at its own time."""

    desks: list[DeskView] = []
    chosen: str = ""
    wants_reason: bool = False
    reason: str = ""
    errors: list[FieldError] = []
    error_of: dict[str, str] = {}

    @for_official(Permission.ARRANGE)
    async def load(self, official: Official) -> None:
        """The other desks of the service, free ones first."""
        self.done = self.chosen = self.reason = ""
        self.errors, self.error_of, self.wants_reason = [], {}, False
        await self._read(official)
        self.is_loaded = True

    @for_official(Permission.ARRANGE)
    @background
    async def choose(self, _official: Official, desk: str) -> None:
        """One that is not free wants a reason."""
        self.chosen = desk[:20]
        self.wants_reason = any(one.value == self.chosen and not one.is_free for one in self.desks)

    @for_official(Permission.ARRANGE)
    async def hand_over(self, official: Official, form_data: dict) -> None:
        """«Αλλαγή θέσης»."""
        self.reason = str(form_data.get("capacity_reason", self.reason))[:MAX_TYPED]
        self.errors, self.error_of = [], {}
        t = texts_of(self._language())
        if not self.chosen:
            self._say(FieldError("desks", t("error.desk_required")))
            return
        try:
            if self._seen is None:
                raise NotMovable()
            await call(hand_over, official, self._seen, number_of(self.chosen), self.reason)
        except InvalidInput as refusal:
            self._say(FieldError(refusal.field, say(refusal, t)))
        except UnansweredWarnings:
            await self._read(official)
            self.wants_reason = True
            self._say(FieldError("capacity_reason", t("arrange.capacity_reason")))
        except ChangedByOther as refusal:
            await self._read(official)
            self._refuse(refusal)
        else:
            self.done = next((desk.text for desk in self.desks if desk.value == self.chosen), "")
            self._focus("done-title")

    async def _read(self, official: Official) -> None:
        await self._open(official)
        try:
            desks = await call(other_desks, official, self._reference())
        except NotMovable:
            self.desks, self.is_movable = [], False
            return
        self.is_movable = True
        self.desks = show_other_desks(desks, texts_of(self._language()))

    def _say(self, error: FieldError) -> None:
        self.errors, self.error_of = [error], {error.name: error.text}
        self._focus("error-summary")
