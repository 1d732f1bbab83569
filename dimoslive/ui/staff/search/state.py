"""The officials' search: what was typed, what is wrong with it, and what was found. Nothing of it is in the address."""

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import Texts, texts_of
from dimoslive.services.desk.find_workplace import Workplace
from dimoslive.services.desk.read_search_log import may_read_search_log
from dimoslive.services.desk.search_bookings import (
    Found,
    SearchWish,
    open_found,
    search_bookings,
    searched_departments,
    usual_days,
)
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import for_official
from dimoslive.ui.staff.search.view_models import FoundLine, show_found
from dimoslive.ui.staff.state import StaffPageState
from dimoslive.urls import found_booking_path

_MAX_TYPED = 400
_MAX_REFERENCE = 20
FOUND = "search-found"
_FIELDS = ("text", "first", "last")


class SearchState(StaffPageState, rx.State):
    """Results stand until the next search."""

    text: str = ""
    first: str = ""
    last: str = ""
    error_of: dict[str, str] = {}
    departments: str = ""
    """Those that the official is limited to; empty for the whole municipality."""
    heading: str = ""
    none_found: str = ""
    has_more: bool = False
    found: list[FoundLine] = []
    form_version: int = 0
    can_read_log: bool = False

    @for_official(Permission.SEARCH_BOOKINGS)
    async def load(self, official: Official) -> None:
        """The field, and the usual days; what was found before in this tab goes."""
        place = await self._workplace(official, Permission.SEARCH_BOOKINGS)
        days, before = await call(usual_days, place), (self.text, self.first, self.last)
        self.text = ""
        self.first, self.last = (f"{day.day}/{day.month}/{day.year}" for day in days)
        self.departments = await self._departments(place, texts_of(self._language()))
        self.error_of = {}
        self.can_read_log = may_read_search_log(official, place)
        self._show(None, texts_of(self._language()), "")
        # A form with other values is another form; with the same ones what is typed meanwhile stays.
        self.form_version += before != (self.text, self.first, self.last)
        self.is_loaded = True

    @for_official(Permission.SEARCH_BOOKINGS)
    async def search(self, official: Official, form_data: dict) -> EventSpec | None:
        """«Αναζήτηση», or Enter."""
        place, t = await self._workplace(official, Permission.SEARCH_BOOKINGS), texts_of(self._language())
        for name in _FIELDS:
            setattr(self, name, str(form_data.get(name) or "")[:_MAX_TYPED])
        self.error_of = {}
        try:
            found = await call(search_bookings, official, place, SearchWish(self.text, self.first, self.last))
        except InvalidInput as refusal:
            self._show(None, t, "")
            self.error_of = {refusal.field: t(f"error.{refusal.code}", **refusal.params)}
            self._focus(refusal.field)
            return None
        if found.opened:
            return self._to_booking(place, found.opened)
        self._show(found, t, await self._departments(place, t) or t("account.all_departments"))
        self._focus(FOUND)
        return None

    @for_official(Permission.SEARCH_BOOKINGS)
    async def open(self, official: Official, reference: str) -> EventSpec:
        """One of what was found."""
        place = await self._workplace(official, Permission.SEARCH_BOOKINGS)
        return self._to_booking(place, await call(open_found, official, place, reference[:_MAX_REFERENCE]))

    def _show(self, found: Found | None, t: Texts, departments: str) -> None:
        bookings = found.bookings if found else ()
        self.found = [show_found(booking, t) for booking in bookings]
        self.has_more = found is not None and found.has_more
        self.heading = t.count("search.found", len(bookings)) if bookings else ""
        is_empty = found is not None and not bookings
        self.none_found = t("search.none", departments=departments) if is_empty else ""

    async def _departments(self, place: Workplace, t: Texts) -> str:
        return ", ".join(name[t.language] for name in await call(searched_departments, place))

    def _to_booking(self, place: Workplace, reference: str) -> EventSpec:
        return rx.redirect(found_booking_path(reference, self._language(), place.slug))
