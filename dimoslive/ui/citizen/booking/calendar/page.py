"""Step 3: the day and the time."""

import reflex as rx

from dimoslive.domain.booking.draft import Step
from dimoslive.i18n import Texts
from dimoslive.ui.citizen.booking.calendar.state import CalendarState
from dimoslive.ui.citizen.booking.frame import actions, step_page
from dimoslive.ui.citizen.booking.view_models import DayOfTimes, Time, TimesPart
from dimoslive.ui.citizen.booking.ways import ON_THE_SITE, Surface
from dimoslive.ui.shared.components.icons import clock as clock_icon
from dimoslive.ui.shared.components.scripts import date_grid, press_button


def calendar_step(t: Texts, surface: Surface = ON_THE_SITE) -> rx.Component:
    """The page."""
    s = CalendarState
    return step_page(
        t,
        Step.CALENDAR,
        CalendarState,
        rx.cond(s.is_list, _list(t, surface), _grid_and_times(t, surface)),
        _zone(t),
        surface=surface,
        heights=("23rem", "3.2rem"),
        on_over=s.time_over,
        actions=actions(
            t,
            press_button(
                t, t("continue"), ack_count=s.ack_count, on_click=s.go_on, class_name="govgr-btn govgr-btn-primary"
            ),
            back=surface.href(t, Step.MODE),
        ),
    )


def _grid_and_times(t: Texts, surface: Surface) -> rx.Component:
    return rx.el.div(_grid(t), _times(t, surface), class_name="cal")


def _grid(t: Texts) -> rx.Component:
    s = CalendarState
    return rx.el.section(
        rx.el.div(
            _month_button(t, "‹", "calendar.previous_month", s.month.previous),
            rx.el.h2(s.month.title, id="month-title", custom_attrs={"aria-live": "polite"}),
            _month_button(t, "›", "calendar.next_month", s.month.next),
            class_name="month",
        ),
        date_grid(
            t, s.month, labelled_by="month-title", ack_count=s.ack_count, on_month=s.show_month, on_day=s.pick_day
        ),
        rx.el.p(
            rx.el.span(rx.el.i(), t("calendar.many")),
            rx.el.span(rx.el.i(class_name="few"), t("calendar.few")),
            rx.el.span(rx.el.i(class_name="today"), t("calendar.today")),
            class_name="legend",
            aria_hidden=True,
        ),
        aria_label=t("calendar.label"),
    )


def _month_button(t: Texts, sign: str, key: str, first: rx.Var) -> rx.Component:
    return press_button(
        t,
        sign,
        ack_count=CalendarState.ack_count,
        on_click=CalendarState.show_month(first),
        class_name="month__button",
        # Disabled, it would drop the focus of who leafs to the last month.
        custom_attrs={"aria-label": t(key), "aria-disabled": first == ""},
    )


def _times(t: Texts, surface: Surface) -> rx.Component:
    s = CalendarState
    return rx.el.section(
        rx.cond(
            s.day.on != "",
            rx.fragment(
                rx.el.h2(s.day.title, id="day-title"),
                _day_zone(s.day),
                rx.el.p(s.day.count, " · ", _view_switch(t, "calendar.as_list", is_list=True), role="status"),
                rx.foreach(s.day.parts, lambda part: _part(t, part)),
            ),
            rx.fragment(rx.el.h2(t("calendar.no_times_title")), _no_times(t, surface)),
        ),
        class_name="times",
    )


def _no_times(t: Texts, surface: Surface) -> rx.Component:
    """When there will be some, and the way to another mode or service, which may have some now."""
    other = rx.el.a(t("calendar.other_way"), href=surface.href(t, Step.MODE), class_name="govgr-link")
    return rx.fragment(rx.el.p(CalendarState.nothing_free, role="status"), rx.el.p(other))


def _day_zone(day: DayOfTimes) -> rx.Component:
    return rx.cond(day.zone != "", rx.el.p(day.zone), rx.fragment())


def _part(t: Texts, part: TimesPart) -> rx.Component:
    return rx.el.div(
        rx.el.h3(part.title, class_name="part"),
        rx.el.div(rx.foreach(part.times, lambda time: _time(t, time)), class_name="tgrid"),
    )


def _time(t: Texts, time: Time) -> rx.Component:
    s = CalendarState
    return press_button(
        t,
        time.label,
        rx.cond(time.greek != "", rx.el.small(t("calendar.greece"), " ", time.greek), rx.fragment()),
        ack_count=s.ack_count,
        on_click=s.pick_time(time.at),
        class_name=rx.cond(time.is_chosen, "t is-chosen", "t"),
        custom_attrs={"aria-label": time.name, "aria-pressed": time.is_chosen},
    )


def _list(t: Texts, surface: Surface) -> rx.Component:
    s = CalendarState
    return rx.el.section(
        rx.el.p(_view_switch(t, "calendar.as_grid", is_list=False)),
        rx.foreach(
            s.days,
            lambda day: rx.el.div(
                rx.el.h2(day.title),
                _day_zone(day),
                rx.foreach(day.parts, lambda part: _part(t, part)),
                class_name="times",
            ),
        ),
        rx.cond(s.days.length() == 0, _no_times(t, surface), rx.fragment()),
        rx.cond(
            s.has_more_days,
            press_button(
                t,
                t("calendar.more_days"),
                ack_count=s.ack_count,
                on_click=s.more_days,
                class_name="govgr-btn govgr-btn-secondary",
            ),
            rx.fragment(),
        ),
        aria_label=t("calendar.list_label"),
        class_name="tlist",
    )


def _view_switch(t: Texts, key: str, *, is_list: bool) -> rx.Component:
    s = CalendarState
    return press_button(t, t(key), ack_count=s.ack_count, on_click=s.show_as_list(is_list), class_name="as-link")


def _zone(t: Texts) -> rx.Component:
    s = CalendarState
    switch = press_button(t, s.zone_offer, ack_count=s.ack_count, on_click=s.switch_zone, class_name="as-link")
    return rx.el.div(
        clock_icon(),
        rx.el.p(s.zone_note, " ", rx.cond(s.zone_offer != "", switch, rx.fragment())),
        class_name="zone",
    )
