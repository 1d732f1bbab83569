"""«Τμήματα»: the list."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.departments.list_state import DepartmentRowView, DepartmentsState
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.lists import add_button, cell, empty, list_table, narrowing
from dimoslive.ui.staff.frame import thing_href

PATH = "/admin/departments"


def departments(t: Texts) -> rx.Component:
    """Every department with what belongs to it."""
    s = DepartmentsState
    add = rx.cond(s.can_add, add_button(t, f"{PATH}/new"), rx.fragment())
    heads = [t(f"departments.head.{name}") for name in ("name", "services", "desks", "position")]
    return settings_page(
        t,
        s,
        head(t, t("settings.nav.departments"), lead=t("settings.about.departments"), action=add),
        narrowing(t, s, on_words=s.narrow, on_archived=s.with_archived),
        rx.cond(
            s.rows.length() > 0,
            list_table(t("settings.nav.departments"), heads, rx.foreach(s.rows, lambda row: _row(t, row, heads))),
            rx.cond(
                s.words != "",
                empty(t("settings.none_found")),
                empty(t("departments.none"), rx.cond(s.can_add, add_button(t, f"{PATH}/new"), rx.fragment())),
            ),
        ),
        current="departments",
    )


def _row(t: Texts, row: rx.Var[DepartmentRowView], heads: list[str]) -> rx.Component:
    other = "en" if t.language == "el" else "el"
    return rx.el.tr(
        rx.el.th(
            rx.el.a(row.name, href=thing_href(PATH, row.thing, t.language)),
            rx.cond(
                row.is_active, rx.fragment(), rx.el.span(" ", rx.el.span(t("settings.archived"), class_name="remark"))
            ),
            rx.el.p(
                rx.el.span(row.other_name, lang=other),
                rx.cond(row.is_suggested, rx.el.span(t("settings.suggested"), class_name="suggest"), rx.fragment()),
                class_name="list__sub",
            ),
            scope="row",
        ),
        cell(heads[1], row.services),
        cell(heads[2], row.desks),
        cell(heads[3], row.position),
    )
