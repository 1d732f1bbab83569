"""The page of a week."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.shared.components.feedback import page_feedback, skeleton
from dimoslive.ui.staff.frame import staff_href, staff_page
from dimoslive.ui.staff.icons import icon
from dimoslive.ui.staff.live import all_days_listener
from dimoslive.ui.staff.parts import filter_select, print_button, scope_line
from dimoslive.ui.staff.week.state import WeekState
from dimoslive.ui.staff.week.view_models import WeekCard, WeekCell, WeekLine, WeekRow

ICONS = ("alert", "check", "day", "out", "person")


def week(t: Texts) -> rx.Component:
    """Cards of days, then services by days."""
    s = WeekState
    return staff_page(
        t,
        all_days_listener(s.refresh),
        rx.cond(
            s.is_loaded,
            rx.fragment(
                _head(t),
                page_feedback(t, s),
                scope_line(s.scope),
                rx.cond(
                    s.has_services,
                    rx.fragment(
                        _filters(t),
                        rx.el.ul(rx.foreach(s.cards, lambda day: _card(t, day)), class_name="week"),
                        _table(t),
                    ),
                    rx.el.p(t("week.no_services"), class_name="empty"),
                ),
            ),
            rx.fragment(page_feedback(t, s), skeleton(t, "2.75rem", "12rem", "3rem", "3rem", "3rem")),
        ),
        current="week",
        styles=("lists",),
        class_name="week-page",
    )


def _head(t: Texts) -> rx.Component:
    s = WeekState
    return rx.el.div(
        rx.el.h1(s.title),
        rx.el.nav(
            _step(s.previous, t("week.previous"), "left"),
            rx.el.a(t("week.this"), href=s.this, class_name="press", aria_current=rx.cond(s.is_this, "date", "false")),
            _step(s.next, t("week.next"), "right"),
            aria_label=t("week.days"),
            class_name="head__days",
        ),
        rx.el.div(
            print_button(t),
            rx.el.a(t("week.new"), href=staff_href("/desk/new", t.language), class_name="btn"),
            class_name="head__acts",
        ),
        class_name="head",
    )


def _step(href: rx.Var, text: str, name: str) -> rx.Component:
    return rx.cond(
        href != "",
        rx.el.a(
            icon(name), rx.el.span(text, class_name="govgr-visually-hidden"), href=href, class_name="press is-icon"
        ),
        rx.fragment(),
    )


def _filters(t: Texts) -> rx.Component:
    s = WeekState
    return rx.el.div(
        filter_select(
            "department",
            t("lists.department"),
            t("lists.all_departments"),
            s.departments,
            s.department,
            s.choose_department,
        ),
        filter_select("service", t("lists.service"), t("lists.all_services"), s.services, s.service, s.choose_service),
        role="group",
        aria_label=t("lists.filters"),
        class_name="filters",
    )


def _cards(t: Texts) -> rx.Component:
    return rx.el.ul(rx.foreach(WeekState.cards, lambda day: _card(t, day)), class_name="week")


def _card(t: Texts, day: rx.Var[WeekCard]) -> rx.Component:
    return rx.el.li(
        rx.el.h2(
            rx.el.a(day.title, href=day.href),
            rx.cond(day.is_today, rx.el.small(" ", t("week.today")), rx.fragment()),
        ),
        rx.el.p(
            rx.el.span(rx.el.b(day.booked), " ", day.booked_word),
            " ",
            rx.cond(day.has_places, rx.el.span(rx.el.b(day.free), " ", day.free_word), rx.fragment()),
            class_name="week__counts",
        ),
        rx.el.div(
            rx.cond(
                day.has_places,
                rx.el.span(rx.el.i(style={"width": day.percent}), class_name="use__rail", aria_hidden="true"),
                rx.fragment(),
            ),
            rx.el.span(day.use),
            class_name="use",
        ),
        rx.cond(day.lines.length() > 0, rx.el.ul(rx.foreach(day.lines, _line), class_name="week__list"), rx.fragment()),
        class_name=day.class_name,
        aria_current=rx.cond(day.is_today, "date", "false"),
        key=day.key,
    )


def _line(line: rx.Var[WeekLine]) -> rx.Component:
    return rx.el.li(
        rx.match(line.icon, *[(name, icon(name)) for name in ICONS], icon("day")),
        rx.cond(line.href != "", rx.el.a(line.text, href=line.href), rx.el.span(line.text)),
        class_name=rx.cond(line.is_warning, "is-warn", ""),
    )


def _table(t: Texts) -> rx.Component:
    s = WeekState
    return rx.el.div(
        rx.el.table(
            rx.el.caption(t("week.by_service"), id="by-service"),
            rx.el.thead(
                rx.el.tr(
                    rx.el.th(t("lists.service"), scope="col"),
                    rx.foreach(
                        s.cards,
                        lambda day: rx.el.th(day.title, scope="col", class_name=rx.cond(day.is_today, "is-today", "")),
                    ),
                )
            ),
            rx.el.tbody(rx.foreach(s.rows, _row)),
            rx.el.tfoot(rx.el.tr(rx.el.th(t("week.sum"), scope="row"), rx.foreach(s.sums, _cell))),
            class_name="matrix",
        ),
        role="region",
        aria_labelledby="by-service",
        tab_index=0,
        class_name="scroll",
    )


def _row(row: rx.Var[WeekRow]) -> rx.Component:
    return rx.cond(
        row.is_group,
        rx.el.tr(
            rx.el.th(row.name, scope="rowgroup", col_span=WeekState.cards.length() + 1),
            class_name="is-group",
            key=row.key,
        ),
        rx.el.tr(rx.el.th(row.name, scope="row"), rx.foreach(row.cells, _cell), key=row.key),
    )


def _cell(cell: rx.Var[WeekCell]) -> rx.Component:
    return rx.el.td(
        cell.number,
        rx.cond(cell.more != "", rx.el.small(" ", cell.more), rx.fragment()),
        class_name=rx.cond(cell.is_today, "is-today", ""),
        key=cell.key,
    )
