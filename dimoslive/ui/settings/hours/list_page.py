"""«Ωράριο»: the services and their hours."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.hours.list_state import HoursListState, ServiceHoursView
from dimoslive.ui.settings.lists import cell, empty, list_table, narrowing
from dimoslive.ui.staff.frame import thing_href

PATH = "/admin/hours"


def hours_list(t: Texts) -> rx.Component:
    """Every service with its week."""
    s = HoursListState
    heads = [t(f"hours.head.{name}") for name in ("service", "week", "desks", "capacity")]
    return settings_page(
        t,
        s,
        head(t, t("settings.nav.hours"), lead=t("settings.about.hours")),
        narrowing(t, s, on_words=s.narrow),
        rx.cond(
            s.rows.length() > 0,
            list_table(t("settings.nav.hours"), heads, rx.foreach(s.rows, lambda row: _row(t, row, heads))),
            empty(rx.cond(s.words != "", t("settings.none_found"), t("hours.no_services"))),
        ),
        current="hours",
    )


def _row(t: Texts, row: rx.Var[ServiceHoursView], heads: list[str]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            rx.el.a(row.name, href=thing_href(PATH, row.thing, t.language)),
            rx.el.p(row.department, class_name="list__sub"),
            scope="row",
        ),
        cell(heads[1], row.hours),
        cell(heads[2], row.desks),
        cell(heads[3], row.capacity),
    )
