"""«Απουσίες»: the list."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.absences.list_state import AbsenceRowView, AbsencesState
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.lists import add_button, cell, empty, list_table, narrowing
from dimoslive.ui.settings.plan.notice import open_plans
from dimoslive.ui.shared.components.scripts import press_button
from dimoslive.ui.staff.frame import thing_href

PATH = "/admin/absences"


def absences(t: Texts) -> rx.Component:
    """Those ahead; on request those that are over."""
    s = AbsencesState
    heads = [t(f"absences.head.{name}") for name in ("when", "desks", "note", "acts")]
    return settings_page(
        t,
        s,
        head(t, t("settings.nav.absences"), lead=t("absences.lead"), action=add_button(t, f"{PATH}/new")),
        open_plans(t),
        narrowing(t, s, on_words=s.narrow, on_archived=s.with_over, archived_words=t("closures.with_over")),
        rx.cond(
            s.rows.length() > 0,
            list_table(t("settings.nav.absences"), heads, rx.foreach(s.rows, lambda row: _row(t, row, heads))),
            rx.cond(
                s.words != "",
                empty(t("settings.none_found")),
                empty(t("absences.none"), add_button(t, f"{PATH}/new")),
            ),
        ),
        current="absences",
        styles=("plans",),
    )


def _row(t: Texts, row: rx.Var[AbsenceRowView], heads: list[str]) -> rx.Component:
    s = AbsencesState
    return rx.el.tr(
        rx.el.th(
            rx.el.a(row.when, href=thing_href(PATH, row.thing, t.language)),
            rx.cond(row.is_over, rx.el.span(" ", rx.el.span(t("closures.over"), class_name="remark"))),
            scope="row",
        ),
        cell(heads[1], row.desks),
        cell(heads[2], rx.el.span(row.note, custom_attrs={"lang": "el"})),
        cell(
            heads[3],
            rx.cond(
                row.is_over,
                rx.fragment(),
                press_button(
                    t,
                    t("absences.take_back"),
                    rx.el.span(" ", row.when, class_name="govgr-visually-hidden"),
                    ack_count=s.ack_count,
                    on_click=s.take_back(row.thing),
                    class_name="press is-due",
                ),
            ),
        ),
    )
