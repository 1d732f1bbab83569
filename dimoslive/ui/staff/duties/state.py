"""The duties, before anything else of the desk."""

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.people.duties import DUTIES_VERSION
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.i18n import texts_of
from dimoslive.i18n.dates import full_day
from dimoslive.services.identity.begin_sign_in import safe_path
from dimoslive.services.identity.understand_duties import duties_read_at, understand_duties
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import for_official
from dimoslive.ui.staff.state import StaffPageState
from dimoslive.urls import desk_path

_MAX_ADDRESS_LENGTH = 2000


class DutiesState(StaffPageState, rx.State):
    """Which version is shown, and when it was read."""

    version: str = ""
    read: str = ""
    """In words; empty before it was read."""

    @for_official(Permission.MANAGE_OWN_ACCOUNT)
    async def load(self, official: Official) -> None:
        """As it is now."""
        t, at = texts_of(self._language()), await call(duties_read_at, official)
        self.version = DUTIES_VERSION
        self.read = t("duties.read", day=full_day(local_day(at, ATHENS), t.language)) if at else ""
        self.is_loaded = True

    @for_official(Permission.MANAGE_OWN_ACCOUNT)
    async def understand(self, official: Official) -> EventSpec:
        """«Κατάλαβα»: on to where the official wanted to go."""
        await call(understand_duties, official, self.version)
        return rx.redirect(safe_path(self._asked("next", _MAX_ADDRESS_LENGTH) or desk_path(self._language())))
