"""What all pages of the set-up know: for which municipality, and which of them the person may use."""

import reflex as rx

from dimoslive.domain.errors import DomainError, NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.services.desk.find_workplace import Workplace
from dimoslive.ui.settings.entries import entries_of
from dimoslive.ui.settings.frame_ids import PROBLEM
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.ui.staff.parts import read_id
from dimoslive.ui.staff.state import StaffPageState

NEW = "new"
"""In an address, in the place of an id: what is not there yet."""


class SettingsPageState(StaffPageState, mixin=True):
    """The state of a page of the set-up. ``is_missing`` is what is not there, or not the official's: the same."""

    is_missing: bool = False

    def _refuse(self, refusal: DomainError) -> None:
        """Whoever comes to a page that is not theirs gets the missing page, and not the frame of one that loads."""
        super()._refuse(refusal)
        if isinstance(refusal, NotFound) and not self.is_loaded:
            self.is_missing = self.is_loaded = True
        # What else can be done with a thing stands at a long form's end, out of sight of the refusal.
        self._focus(PROBLEM)

    async def _enter(self, official: Official, permission: Permission) -> Workplace | None:
        """The municipality that the address names, with each event; none, and the missing page, if it is not theirs."""
        try:
            place = await self._workplace(official, permission)
        except NotFound:
            self.is_missing, self.is_loaded = True, True
            return None
        self.is_missing = False
        return place

    def _asked_id(self) -> int | None:
        """The id at the end of the address; none for a new thing, 0 for what is no id."""
        last = self.router.url.path.rstrip("/").rpartition("/")[2][:20]
        return None if last == NEW else read_id(last) or 0


class SettingsFrameState(SettingsPageState, rx.State):
    """The navigation at the left."""

    entries: list[str] = []

    @for_official(Permission.VIEW_SETTINGS)
    @background
    async def load(self, official: Official) -> None:
        """Runs with every page of the set-up."""
        place = await self._enter(official, Permission.VIEW_SETTINGS)
        self.entries = entries_of(official, place.municipality_id) if place else []
        self.is_loaded = True
