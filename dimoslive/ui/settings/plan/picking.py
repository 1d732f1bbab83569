"""«Άλλη ώρα»: another place for one booking of a plan."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.plan.state import PlanPageState
from dimoslive.ui.shared.components.scripts import modal, press_button


def picking_dialog(t: Texts) -> rx.Component:
    """A day, and the places that are left on it."""
    s = PlanPageState
    return modal(
        rx.el.h2(t("plan.other_time_of"), " ", s.picking_name, id="pick-title", tab_index=-1),
        rx.el.div(
            rx.el.label(t("plan.day"), html_for="pick-day"),
            rx.el.input(id="pick-day", type="date", value=s.picking_day, on_change=s.pick_day, class_name="input"),
            class_name="field",
        ),
        rx.el.div(
            rx.cond(
                s.targets.length() > 0,
                rx.el.div(
                    rx.el.label(t("plan.place"), html_for="pick-place"),
                    rx.el.select(
                        rx.foreach(s.targets, lambda one: rx.el.option(one.text, value=one.value)),
                        id="pick-place",
                        # Not ruled by the server: over a slow line a choice would jump back until it has answered.
                        default_value=s.target,
                        key=f"{s.picking} {s.picking_day}",
                        on_change=s.choose_target,
                        class_name="input",
                    ),
                    class_name="field",
                ),
                rx.el.p(t("plan.no_place_that_day")),
            ),
            role="status",
        ),
        rx.el.div(
            rx.cond(
                s.targets.length() > 0,
                press_button(t, t("plan.move_there"), ack_count=s.ack_count, on_click=s.give_target, class_name="btn"),
            ),
            rx.el.button(t("settings.cancel"), type="button", on_click=s.leave_picking, class_name="aslink"),
            class_name="dialog__acts",
        ),
        labelled_by="pick-title",
        on_leave=s.leave_picking,
    )
