"""«Τα καθήκοντά σας»: read once, at the first sign-in, and whenever they change."""

import reflex as rx

from dimoslive.domain.people.duties import DUTIES
from dimoslive.i18n import Texts
from dimoslive.ui.shared.components.feedback import page_feedback, skeleton
from dimoslive.ui.shared.components.scripts import press_button
from dimoslive.ui.staff.duties.state import DutiesState
from dimoslive.ui.staff.frame import staff_page


def duties(t: Texts) -> rx.Component:
    """A short list, and one press."""
    s = DutiesState
    return staff_page(
        t,
        rx.el.h1(t("duties.title")),
        page_feedback(t, s),
        rx.el.p(t("duties.lede"), class_name="lede"),
        rx.el.ul(
            *[
                rx.el.li(rx.el.b(t(f"duties.{name}.title")), rx.el.p(t(f"duties.{name}.text"), class_name="soft"))
                for name in DUTIES
            ],
            class_name="duties__list",
        ),
        rx.cond(
            s.is_loaded,
            rx.cond(
                s.read != "",
                rx.el.p(s.read, class_name="soft"),
                rx.el.p(
                    press_button(
                        t, t("duties.understood"), ack_count=s.ack_count, on_click=s.understand, class_name="btn"
                    )
                ),
            ),
            skeleton(t, "3rem"),
        ),
        current="duties",
        styles=("account",),
        class_name="account duties",
        is_for_municipality=False,
    )
