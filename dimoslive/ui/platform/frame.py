"""The frame of the platform's pages, which are no municipality's."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.shared.components.feedback import page_feedback, skeleton
from dimoslive.ui.staff.frame import missing_page, staff_page
from dimoslive.ui.staff.state import StaffFrameState, StaffPageState


def platform_page(
    t: Texts, state: type[StaffPageState], *content: rx.Component, is_missing: rx.Var | None = None
) -> rx.Component:
    """A page for whoever runs the installation; for others it is missing."""
    shown = rx.cond(state.is_loaded, rx.fragment(*content), skeleton(t, "2.5rem", "3rem", "3rem", "3rem"))
    if is_missing is not None:
        shown = rx.cond(is_missing, missing_page(t), shown)
    return staff_page(
        t,
        rx.el.div(
            rx.cond(
                StaffFrameState.is_loaded & ~StaffFrameState.is_platform,
                missing_page(t),
                rx.fragment(page_feedback(t, state), shown),
            ),
            class_name="platform",
        ),
        current="platform",
        styles=("settings", "tasks"),
        is_for_municipality=False,
    )
