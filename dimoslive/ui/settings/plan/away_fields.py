"""From when to when: the fields that closures and absences share."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.fields import group, row, text_field
from dimoslive.ui.settings.form_state import SettingsFormState


def when_group(t: Texts, s: type[SettingsFormState], topic: str) -> rx.Component:
    """Dates by the browser's own calendar, times as they are typed."""
    return group(
        t(f"{topic}.group.when"),
        *[
            row(
                text_field(t, s, f"{name}_day", t(f"{topic}.field.{name}_day"), max_length=20, type="date"),
                text_field(
                    t,
                    s,
                    f"{name}_time",
                    t(f"{topic}.field.{name}_time"),
                    max_length=5,
                    is_short=True,
                    auto_complete="off",
                ),
                hits=t(f"plan.when.{name}"),
            )
            for name in ("from", "to")
        ],
    )
