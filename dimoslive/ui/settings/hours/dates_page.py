"""The hours of single dates."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.i18n.dates import weekday_heads, weekday_name
from dimoslive.ui.settings.conflict import conflict
from dimoslive.ui.settings.form import said
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.hours.dates_state import CLOSED, DAY, OWN, WEEKLY, CellView, EntryView, HoursDatesState
from dimoslive.ui.settings.hours.list_page import PATH
from dimoslive.ui.settings.hours.parts import STYLES, changes, interval, tabs
from dimoslive.ui.shared.components.field import error_summary
from dimoslive.ui.shared.components.scripts import press_button
from dimoslive.ui.staff.icons import icon


def hours_dates(t: Texts) -> rx.Component:
    """A month, and the form of the day that was pressed."""
    s = HoursDatesState
    words = t("hours.see_changes")
    return settings_page(
        t,
        s,
        head(t, s.title, lead=s.lead, back=(t("settings.nav.hours"), PATH)),
        tabs(t, s.thing, "dates"),
        said(t, s),
        rx.cond(
            s.conflicts.length() > 0,
            conflict(t, s, on_submit=s.answer, cancel=PATH, submit=words),
            rx.el.div(_month(t), rx.cond(s.chosen != "", _day_form(t, words), rx.fragment()), class_name="mon"),
        ),
        current="hours",
        styles=STYLES,
    )


def _month(t: Texts) -> rx.Component:
    s = HoursDatesState
    heads = [
        rx.el.th(rx.el.abbr(short, title=weekday_name(weekday, t.language)), scope="col")
        for weekday, short in enumerate(weekday_heads(t.language))
    ]
    return rx.el.section(
        rx.el.div(
            _step(s.previous, t("hours.previous_month"), "left"),
            rx.el.h2(s.month, id="month"),
            _step(s.next, t("hours.next_month"), "right"),
            class_name="mon__nav",
        ),
        rx.el.table(
            rx.el.thead(rx.el.tr(*heads)),
            rx.el.tbody(
                rx.foreach(s.weeks, lambda week: rx.el.tr(rx.foreach(week.cells, _cell), role="row", key=week.key)),
                role="rowgroup",
            ),
            # Said outright: a phone draws it as a list, which takes their roles from its parts.
            role="table",
            aria_labelledby="month",
            class_name="mon__grid",
        ),
        rx.el.p(
            *[
                rx.el.span(rx.el.i(class_name=f"key__{name}"), t(f"hours.source.{name}"))
                for name in ("dated", "closure", "holiday")
            ],
            aria_hidden="true",
            class_name="pic__key",
        ),
        aria_labelledby="month",
    )


def _step(href: rx.Var, text: str, name: str) -> rx.Component:
    return rx.cond(
        href != "", rx.el.a(icon(name), href=href, aria_label=text, class_name="press is-icon"), rx.fragment()
    )


def _cell(cell: rx.Var[CellView]) -> rx.Component:
    s = HoursDatesState
    return rx.el.td(
        rx.cond(
            cell.number != "",
            rx.el.button(
                rx.el.b(
                    rx.el.span(cell.name, class_name="mon__name"),
                    rx.el.span(cell.number, aria_hidden="true"),
                ),
                rx.cond(cell.hours != "", rx.el.span(cell.hours), rx.fragment()),
                rx.foreach(cell.marks, _entry),
                type="button",
                on_click=s.choose(cell.key),
                aria_pressed=s.chosen == cell.key,
                aria_current=rx.cond(cell.is_today, "date", "false"),
                class_name=rx.cond(s.chosen == cell.key, "mon__day is-chosen", "mon__day"),
            ),
            rx.fragment(),
        ),
        role="cell",
        class_name=rx.cond(cell.is_out, rx.cond(cell.number == "", "is-out is-none", "is-out"), ""),
        key=cell.key,
    )


def _entry(entry: rx.Var[EntryView]) -> rx.Component:
    return rx.el.em(entry.text, rx.el.span(entry.source), class_name=entry.class_name)


def _day_form(t: Texts, words: str) -> rx.Component:
    s = HoursDatesState
    return rx.el.section(
        rx.el.h2(s.chosen_title, id=DAY, tab_index=-1),
        rx.cond(
            s.is_past,
            rx.el.p(t("hours.date_cannot_change")),
            rx.fragment(
                error_summary(t, s.problems),
                rx.cond(s.is_holiday != "", rx.el.p(t("hours.is_holiday"), " ", s.is_holiday), rx.fragment()),
                rx.el.fieldset(
                    rx.el.legend(t("hours.that_day"), class_name="govgr-visually-hidden"),
                    _radio(WEEKLY, s.as_usual),
                    _radio(OWN, t("hours.own")),
                    _radio(CLOSED, t("hours.closed")),
                    class_name="hcopy__ticks is-list",
                ),
                rx.cond(s.kind == OWN, _own(t), rx.fragment()),
                rx.el.p(s.capacity, role="status", class_name="soft small"),
                rx.el.div(
                    press_button(t, words, ack_count=s.ack_count, on_click=s.preview, class_name="btn"),
                    class_name="sum__acts",
                ),
                changes(t, s),
            ),
        ),
        aria_labelledby=DAY,
        class_name="box mon__form",
        key=s.form_version,
    )


def _radio(kind: str, text: str | rx.Var) -> rx.Component:
    s = HoursDatesState
    return rx.el.label(
        rx.el.input(
            type="radio", name="kind", value=kind, default_checked=s.kind == kind, on_change=s.choose_kind(kind)
        ),
        rx.el.span(text),
        class_name="tickbox",
    )


def _own(t: Texts) -> rx.Component:
    s = HoursDatesState
    return rx.fragment(
        rx.foreach(s.rows, lambda row: interval(t, s, row)),
        rx.cond(
            s.can_add,
            rx.el.p(
                rx.el.button(
                    icon("plus"), t("hours.add"), type="button", id="add-interval", on_click=s.add, class_name="press"
                )
            ),
            rx.fragment(),
        ),
        rx.cond(
            s.is_holiday != "",
            rx.el.div(
                rx.el.label(
                    rx.el.input(
                        type="checkbox",
                        id="opens_on_holiday",
                        default_checked=s.opens_on_holiday,
                        on_change=s.tick_holiday,
                    ),
                    rx.el.span(t("hours.field.opens_on_holiday")),
                    class_name="tickbox",
                ),
                rx.cond(
                    s.errors["opens_on_holiday"],
                    rx.el.p(s.errors["opens_on_holiday"], class_name="wrong"),
                    rx.fragment(),
                ),
            ),
            rx.fragment(),
        ),
    )
