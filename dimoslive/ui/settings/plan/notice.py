"""Plans that somebody has to look at, over the lists that they come from."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.plan.notice_state import OpenPlansState, PlanLink
from dimoslive.ui.staff.frame import thing_href

PLAN_PATH = "/admin/plan"


def open_plans(t: Texts) -> rx.Component:
    """Each a way to its plan."""
    s = OpenPlansState
    return rx.cond(
        s.plans.length() > 0,
        rx.el.div(
            rx.el.h2(t("plan.open_plans"), class_name="notice__title"),
            rx.el.ul(rx.foreach(s.plans, lambda one: _line(t, one)), class_name="plans"),
            class_name="notice",
        ),
        rx.fragment(),
    )


def _line(t: Texts, one: rx.Var[PlanLink]) -> rx.Component:
    return rx.el.li(rx.el.a(one.title, href=thing_href(PLAN_PATH, one.thing, t.language)), " ", rx.el.span(one.state))
