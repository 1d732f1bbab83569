"""What the pages of the tasks have in common: what the last press did, and what is shown after it."""

from collections.abc import Collection, Mapping

from dimoslive.i18n import texts_of
from dimoslive.ui.settings.frame_ids import SAVED
from dimoslive.ui.settings.state import SettingsPageState

TICK = "tick-"
"""Before the key of a usual thing, the name of its tick."""


class TaskPageState(SettingsPageState, mixin=True):
    """A page with the help for one task."""

    said: str = ""
    """What the last press did."""

    def _say(self, key: str, number: int | None = None, **words: object) -> None:
        t = texts_of(self._language())
        self.said = t(key, **words) if number is None else t.count(key, number, **words)
        self._focus(SAVED)


def ticked(form_data: Mapping[str, object], keys: Collection[str]) -> set[str]:
    """Of these, the ones that were sent as ticked."""
    return {key for key in keys if form_data.get(TICK + key) == "on"}
