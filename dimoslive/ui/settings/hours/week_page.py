"""The hours of every week. The list is the control; the picture repeats it for whoever sees."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.i18n.dates import weekday_name
from dimoslive.ui.settings.conflict import conflict
from dimoslive.ui.settings.form import said
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.hours.list_page import PATH
from dimoslive.ui.settings.hours.parts import STYLES, changes, date_field, interval, tabs
from dimoslive.ui.settings.hours.view_models import ColumnView, DayView, RowView, SpanView
from dimoslive.ui.settings.hours.week_state import HoursWeekState
from dimoslive.ui.settings.hours.why_part import why
from dimoslive.ui.shared.components.field import error_summary
from dimoslive.ui.shared.components.scripts import press_button, unsaved_form
from dimoslive.ui.staff.icons import icon


def hours_week(t: Texts) -> rx.Component:
    """List and picture, the sum of the draft, and «Γιατί δεν προσφέρεται;»."""
    s = HoursWeekState
    words = t("hours.see_changes")
    return settings_page(
        t,
        s,
        head(t, s.title, lead=s.lead, back=(t("settings.nav.hours"), PATH)),
        tabs(t, s.thing, "week"),
        said(t, s),
        rx.el.div(
            rx.cond(s.said.length() > 0, rx.el.ul(rx.foreach(s.said, rx.el.li), class_name="saved"), rx.fragment()),
            role="status",
        ),
        rx.cond(
            s.conflicts.length() > 0,
            conflict(t, s, on_submit=s.answer, cancel=PATH, submit=words),
            rx.fragment(
                _kept(t),
                error_summary(t, s.problems),
                unsaved_form(
                    t,
                    # What it says changes with each change of the draft, a row that was taken away among them.
                    rx.el.input(type="text", name="draft", value=s.draft, read_only=True, hidden=True),
                    rx.el.div(_picture(t), _list(t), class_name="hours"),
                    keep_as=s.keep_as,
                    version=s.form_version,
                    saved_count=s.saved_count,
                ),
                _end(t, words),
                changes(t, s),
            ),
        ),
        why(t, s.modes, s.keep_as + "?" + s.form_version.to(str)),
        current="hours",
        styles=STYLES,
    )


def _kept(t: Texts) -> rx.Component:
    s = HoursWeekState
    return rx.cond(
        s.is_kept,
        rx.el.p(
            t("hours.kept"),
            " ",
            rx.el.button(t("hours.discard"), type="button", on_click=s.discard, class_name="aslink"),
            class_name="warn",
        ),
        rx.fragment(),
    )


def _list(t: Texts) -> rx.Component:
    s = HoursWeekState
    return rx.el.div(
        rx.foreach(s.days, lambda day: _day(t, day)),
        rx.cond(
            s.over.length() > 0,
            rx.el.details(
                rx.el.summary(t("hours.over"), " (", s.over.length(), ")"),
                rx.el.ul(rx.foreach(s.over, rx.el.li)),
                class_name="hlist__over",
            ),
            rx.fragment(),
        ),
        class_name="hlist",
    )


def _day(t: Texts, day: rx.Var[DayView]) -> rx.Component:
    s = HoursWeekState
    return rx.el.div(
        rx.el.span(day.name, class_name="hlist__name"),
        rx.el.div(
            rx.cond(
                day.rows.length() > 0,
                rx.foreach(day.rows, lambda row: interval(t, s, row, more=_more(t, row))),
                rx.el.p(t("hours.closed"), class_name="hlist__none"),
            ),
            class_name="hlist__spans",
        ),
        rx.el.div(
            rx.el.button(
                icon("plus"),
                rx.el.span(t("hours.add"), class_name="only-phone"),
                type="button",
                id=rx.Var.create("add-").to(str) + day.weekday.to(str),
                aria_label=day.add_label,
                on_click=s.add(day.weekday),
                class_name="press",
            ),
            rx.cond(day.rows.length() > 0, _copy_button(t, day), rx.fragment()),
            class_name="hlist__acts",
        ),
        rx.cond(s.copying == day.weekday, _copy(t, day), rx.fragment()),
        role="group",
        aria_label=day.name,
        class_name="hlist__day",
        key=day.weekday,
    )


def _copy_button(t: Texts, day: rx.Var[DayView]) -> rx.Component:
    s = HoursWeekState
    return rx.el.button(
        t("hours.copy"),
        type="button",
        id=rx.Var.create("copy-").to(str) + day.weekday.to(str),
        aria_label=day.copy_label,
        aria_expanded=s.copying == day.weekday,
        on_click=s.ask_copy(day.weekday),
        class_name="press is-quiet",
    )


def _more(t: Texts, row: rx.Var[RowView]) -> rx.Component:
    """When it holds, and what is worth saying of it."""
    s = HoursWeekState
    return rx.fragment(
        rx.foreach(
            row.warnings,
            lambda text: rx.el.p(icon("alert"), rx.el.span(text), class_name="hlist__say"),
        ),
        rx.cond(
            row.has_validity,
            rx.el.div(
                rx.el.span(t("hours.valid_word")),
                date_field(s, row, "valid_from", row.valid_from, row.from_label),
                rx.el.span(t("hours.to"), aria_hidden="true"),
                date_field(s, row, "valid_until", row.valid_until, row.until_label),
                class_name="hlist__span is-dates",
            ),
            rx.el.p(
                rx.cond(row.validity != "", row.validity, t("hours.valid.always")),
                " ",
                rx.el.button(
                    t("hours.change"),
                    type="button",
                    aria_label=row.validity_label,
                    on_click=s.open_validity(row.key),
                    class_name="aslink",
                ),
                class_name="hlist__valid",
            ),
        ),
        rx.cond(
            row.validity_error,
            rx.el.p(row.validity_error, id=rx.Var.create("validity-error-").to(str) + row.key, class_name="wrong"),
            rx.fragment(),
        ),
    )


def _copy(t: Texts, day: rx.Var[DayView]) -> rx.Component:
    s = HoursWeekState
    weekdays = [
        rx.cond(
            day.weekday == weekday,
            rx.fragment(),
            _tick(f"day-{weekday}", weekday_name(weekday, t.language)),
        )
        for weekday in range(7)
    ]
    return rx.el.form(
        rx.el.h3(day.copy_label, id="copy-title", tab_index=-1),
        rx.el.fieldset(rx.el.legend(t("hours.copy_days")), *weekdays, class_name="hcopy__ticks"),
        rx.cond(
            s.others.length() > 0,
            rx.el.fieldset(
                rx.el.legend(t("hours.copy_services")),
                rx.foreach(s.others, lambda one: _tick(rx.Var.create("service-").to(str) + one.value, one.text)),
                class_name="hcopy__ticks",
            ),
            rx.fragment(),
        ),
        rx.el.div(
            press_button(t, t("hours.copy_now"), ack_count=s.ack_count, type="submit", class_name="press is-due"),
            rx.el.button(t("settings.cancel"), type="button", on_click=s.ask_copy(-1), class_name="aslink"),
            class_name="sum__acts",
        ),
        on_submit=s.copy,
        aria_labelledby="copy-title",
        class_name="box hcopy",
    )


def _tick(name: str | rx.Var, text: str | rx.Var) -> rx.Component:
    return rx.el.label(rx.el.input(type="checkbox", name=name), rx.el.span(text), class_name="tickbox")


def _end(t: Texts, words: str) -> rx.Component:
    s = HoursWeekState
    return rx.el.div(
        rx.el.p(s.capacity, rx.el.small(s.capacity_now), role="status", class_name="endbar__say"),
        rx.el.div(
            rx.el.button(t("settings.cancel"), type="button", on_click=s.cancel, class_name="aslink"),
            press_button(t, words, ack_count=s.ack_count, on_click=s.preview, class_name="btn"),
            class_name="endbar__acts",
        ),
        class_name="endbar",
    )


def _picture(t: Texts) -> rx.Component:
    s = HoursWeekState
    heads = rx.foreach(s.columns, lambda day: rx.el.span(day.head, class_name="pic__head"))
    hours = rx.el.div(
        rx.foreach(s.marks, lambda mark: rx.el.span(mark.text, style={"top": mark.top})), class_name="pic__hours"
    )
    return rx.el.div(
        rx.el.div(rx.el.span(), heads, class_name="pic"),
        rx.el.div(hours, rx.foreach(s.columns, _column), class_name=rx.cond(s.is_wide, "pic is-wide", "pic")),
        rx.el.p(
            *[
                rx.el.span(rx.el.i(class_name=f"key__{name}"), t(f"hours.key.{name}"))
                for name in ("draft", "was", "closed")
            ],
            class_name="pic__key",
        ),
        aria_hidden="true",
        class_name="pic-wrap",
    )


def _column(day: rx.Var[ColumnView]) -> rx.Component:
    return rx.el.div(
        rx.foreach(
            day.was, lambda span: rx.el.span(style={"top": span.top, "height": span.height}, class_name="pic__was")
        ),
        rx.foreach(day.spans, _span),
        class_name=rx.cond(day.is_off, "pic__day is-off", "pic__day"),
    )


def _span(span: rx.Var[SpanView]) -> rx.Component:
    return rx.el.span(
        rx.el.i(span.opens),
        rx.el.i(span.closes),
        style={"top": span.top, "height": span.height},
        class_name="pic__span",
    )
