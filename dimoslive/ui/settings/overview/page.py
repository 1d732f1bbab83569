"""«Επισκόπηση»."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.entries import ENTRIES
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.overview.state import OverviewState
from dimoslive.ui.settings.state import SettingsFrameState
from dimoslive.ui.staff.frame import staff_href


def overview(t: Texts) -> rx.Component:
    """The pages of the set-up, each with what it is for."""
    links = [
        rx.cond(
            SettingsFrameState.entries.contains(entry.name),
            rx.el.li(
                rx.el.a(
                    rx.el.b(t(f"settings.nav.{entry.name}")),
                    rx.el.span(t(f"settings.about.{entry.name}"), class_name="soft small"),
                    href=staff_href(entry.path, t.language),
                )
            ),
            rx.fragment(),
        )
        for entry in ENTRIES
        if entry.name != "overview"
    ]
    return settings_page(
        t,
        OverviewState,
        head(t, t("settings.nav.overview"), lead=t("settings.overview_lead")),
        rx.el.ul(*links, class_name="places"),
        current="overview",
    )
