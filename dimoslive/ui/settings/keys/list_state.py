"""«Κλειδιά»: the list."""

import reflex as rx

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import texts_of
from dimoslive.services.settings.keys.list_keys import list_keys
from dimoslive.ui.settings.keys.view_models import KeyView, show_key
from dimoslive.ui.settings.state import SettingsPageState
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import for_official


class KeysState(SettingsPageState, rx.State):
    """The keys of the municipality's programs."""

    rows: list[KeyView] = []
    can_add: bool = False

    @for_official(Permission.MANAGE_KEYS)
    async def load(self, official: Official) -> None:
        """All of them; those that ended last."""
        place = await self._enter(official, Permission.MANAGE_KEYS)
        if place is None:
            return
        t, found = texts_of(self._language()), await call(list_keys, official, place.municipality_id)
        self.rows, self.can_add = [show_key(line, t) for line in found.lines], found.can_add
        self.is_loaded = True
