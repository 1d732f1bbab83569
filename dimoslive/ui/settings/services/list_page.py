"""«Υπηρεσίες»: the list."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.lists import add_button, cell, empty, list_table, narrowing
from dimoslive.ui.settings.plan.notice import open_plans
from dimoslive.ui.settings.services.list_state import ServiceRowView, ServicesState
from dimoslive.ui.staff.frame import thing_href

PATH = "/admin/services"


def services(t: Texts) -> rx.Component:
    """Every service with where it belongs, how it is served, and what keeps it from being booked."""
    s = ServicesState
    add = rx.cond(s.can_add, add_button(t, f"{PATH}/new"), rx.fragment())
    heads = [t(f"services.head.{name}") for name in ("name", "department", "modes", "duration", "desks", "position")]
    return settings_page(
        t,
        s,
        head(t, t("settings.nav.services"), lead=t("settings.about.services"), action=add),
        open_plans(t),
        narrowing(t, s, on_words=s.narrow, on_archived=s.with_archived),
        rx.cond(
            s.rows.length() > 0,
            list_table(t("settings.nav.services"), heads, rx.foreach(s.rows, lambda row: _row(t, row, heads))),
            rx.cond(
                s.words != "",
                empty(t("settings.none_found")),
                empty(t("services.none"), rx.cond(s.can_add, add_button(t, f"{PATH}/new"), rx.fragment())),
            ),
        ),
        current="services",
    )


def _row(t: Texts, row: rx.Var[ServiceRowView], heads: list[str]) -> rx.Component:
    other = "en" if t.language == "el" else "el"
    return rx.el.tr(
        rx.el.th(
            rx.el.a(row.name, href=thing_href(PATH, row.thing, t.language)),
            rx.cond(row.remarks != "", rx.el.span(" ", rx.el.span(row.remarks, class_name="remark")), rx.fragment()),
            rx.el.p(
                rx.el.span(row.other_name, lang=other),
                rx.cond(row.is_suggested, rx.el.span(t("settings.suggested"), class_name="suggest"), rx.fragment()),
                class_name="list__sub",
            ),
            scope="row",
        ),
        cell(heads[1], row.department),
        cell(heads[2], row.modes),
        cell(heads[3], row.duration),
        cell(heads[4], row.desks),
        cell(heads[5], row.position),
    )
