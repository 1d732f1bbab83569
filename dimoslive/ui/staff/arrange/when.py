"""The right side of «Νέα κράτηση» and «Μετακίνηση»."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.shared.components.scripts import date_grid, press_button
from dimoslive.ui.staff.arrange.parts import field_error, selection, switch, typed_field, warn_title
from dimoslive.ui.staff.arrange.view_models import Choice, DayView, TimeView
from dimoslive.ui.staff.arrange.when_state import OWN, WAYS, WhenState
from dimoslive.ui.staff.live import day_listener


def when_section(t: Texts, s: type[WhenState], *, keeps_own: bool = False) -> rx.Component:
    """How a time is chosen, and the times; ``keeps_own`` where the booking may stay at its own."""
    ways = (OWN, *WAYS) if keeps_own else WAYS
    return rx.el.section(
        day_listener(s.day_query, s.refresh),
        rx.el.h2(t("arrange.when"), id="when"),
        switch(
            t("arrange.how"),
            "way",
            [Choice(way, t(f"arrange.way.{way}")) for way in ways],
            chosen=s.way,
            on_change=s.choose_way,
            class_name="is-full is-two",
            hides_legend=True,
        ),
        rx.el.div(rx.cond(s.gone != "", warn_title(s.gone), rx.fragment()), role="status"),
        rx.el.div(
            rx.match(
                s.way,
                ("calendar", _calendar(t, s)),
                ("other", _other(t, s)),
                ("now", _desk(t, s)),
                (OWN, field_error(t, "time", s.error_of)),
                _first(s),
            ),
            id="time",
            tab_index=-1,
            role="group",
            aria_label=t("arrange.times"),
        ),
        _warnings(t, s),
        class_name="duo__when",
        aria_labelledby="when",
    )


def _first(s: type[WhenState]) -> rx.Component:
    return rx.fragment(rx.foreach(s.first_days, lambda day: _day(s, day)))


def _day(s: type[WhenState], day: DayView) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(day.title),
        rx.el.div(rx.foreach(day.times, lambda time: _time(s, time)), class_name="times-list__set"),
        class_name="times-list",
        key=day.on,
    )


def _time(s: type[WhenState], time: TimeView) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name="time", value=time.value, checked=time.value == s.chosen, on_change=s.pick),
        rx.el.b(time.clock),
        rx.el.span(time.desk),
        rx.cond(time.note != "", rx.el.span(time.note), rx.fragment()),
        class_name=rx.cond(time.note != "", "pick is-soon", "pick"),
        key=time.value,
    )


def _calendar(t: Texts, s: type[WhenState]) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            _leaf(t, s, "‹", "arrange.previous_month", s.month.previous),
            rx.el.h3(s.month.title, id="month-title", custom_attrs={"aria-live": "polite"}),
            _leaf(t, s, "›", "arrange.next_month", s.month.next),
            class_name="month",
        ),
        date_grid(t, s.month, labelled_by="month-title", ack_count=s.ack_count, on_month=s.leaf, on_day=s.show_day),
        rx.cond(
            s.day.on == "",
            rx.el.p(t("arrange.pick_day"), class_name="soft"),
            rx.cond(
                s.day.times.length() > 0,
                _day(s, s.day),
                rx.el.p(rx.el.b(s.day.title), " ", t("arrange.day_full"), role="status"),
            ),
        ),
        class_name="arrange__calendar",
    )


def _leaf(t: Texts, s: type[WhenState], sign: str, key: str, first: rx.Var) -> rx.Component:
    return press_button(
        t,
        sign,
        ack_count=s.ack_count,
        on_click=s.leaf(first),
        class_name="month__button",
        custom_attrs={"aria-label": t(key), "aria-disabled": first == ""},
    )


def _other(t: Texts, s: type[WhenState]) -> rx.Component:
    def typed(name: str, value: rx.Var, mode: str = "numeric") -> rx.Component:
        return typed_field(
            t, name, t(f"arrange.{name}"), value=value, error_of=s.error_of, input_mode=mode, auto_complete="off"
        )

    return rx.el.div(
        rx.cond(s.nothing_free != "", rx.el.p(s.nothing_free, class_name="empty"), rx.fragment()),
        rx.el.div(
            typed("typed_date", s.typed_date, "text"),
            typed("typed_clock", s.typed_clock, "text"),
            class_name="pair",
        ),
        rx.el.div(typed("typed_minutes", s.typed_minutes), _desk(t, s), class_name="pair"),
    )


def _desk(t: Texts, s: type[WhenState]) -> rx.Component:
    return selection("desk", t("arrange.desk"), s.desks, chosen=s.desk, on_change=s.choose_desk)


def _warnings(t: Texts, s: type[WhenState]) -> rx.Component:
    """What stands against the time, and the reasons that answer it."""

    def reason(name: str, value: rx.Var) -> rx.Component:
        return typed_field(t, name, t(f"arrange.{name}"), value=value, error_of=s.error_of, auto_complete="off")

    return rx.el.div(
        rx.el.div(rx.foreach(s.warnings, lambda warning: warn_title(warning.text)), role="status"),
        rx.cond(s.wants_hours_reason, reason("hours_reason", s.hours_reason), rx.fragment()),
        rx.cond(s.wants_capacity_reason, reason("capacity_reason", s.capacity_reason), rx.fragment()),
        class_name=rx.cond(s.warnings.length() > 0, "warn", ""),
    )
