"""«Επισκόπηση»: where the set-up begins."""

import reflex as rx

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.ui.settings.state import SettingsPageState
from dimoslive.ui.shared.guard import for_official


class OverviewState(SettingsPageState, rx.State):
    """The pages that there are; the navigation knows them."""

    @for_official(Permission.VIEW_SETTINGS)
    async def load(self, official: Official) -> None:
        """For whoever may set up anything here."""
        await self._enter(official, Permission.VIEW_SETTINGS)
        self.is_loaded = True
