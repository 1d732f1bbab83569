"""«Προεπισκόπηση και δημοσίευση»: checks, the public page, the calendar, a trial, and the press."""

import reflex as rx

from dimoslive.domain.settings.tasks import Task
from dimoslive.i18n import Texts
from dimoslive.ui.citizen.booking.view_models import Time, TimesPart
from dimoslive.ui.citizen.public.view_models import OfferedLine
from dimoslive.ui.settings.overview.page import findings
from dimoslive.ui.settings.overview.view_models import TaskView
from dimoslive.ui.settings.setup.frame import task_page
from dimoslive.ui.settings.setup.preview_state import PreviewState, TrialLine
from dimoslive.ui.settings.setup.publish_state import PublishState
from dimoslive.ui.shared.components.feedback import page_feedback
from dimoslive.ui.shared.components.field import error_summary
from dimoslive.ui.shared.components.scripts import date_grid, press_button


def set_up_publish(t: Texts) -> rx.Component:
    """The page."""
    s = PublishState
    return task_page(
        t,
        s,
        Task.PUBLISH,
        _section("checks", t("tasks.missing"), _undone(t), findings(s.findings)),
        _section("preview", t("preview.page"), _public(t)),
        _section("calendar", t("preview.calendar"), page_feedback(t, PreviewState), _calendar(t)),
        _section("publish", t("publish.title"), _publish(t)),
    )


def _section(name: str, title: str, *content: rx.Component) -> rx.Component:
    return rx.el.section(
        rx.el.h2(title, id=f"{name}-title"), *content, aria_labelledby=f"{name}-title", class_name="chapter"
    )


def _undone(t: Texts) -> rx.Component:
    s = PublishState

    def task(one: rx.Var[TaskView]) -> rx.Component:
        return rx.el.li(rx.el.a(one.name, href=one.href), " · ", one.state)

    return rx.cond(
        s.undone.length() > 0,
        rx.fragment(rx.el.p(t("publish.undone")), rx.el.ul(rx.foreach(s.undone, task))),
        rx.fragment(),
    )


def _public(t: Texts) -> rx.Component:
    """The services, as the public page shows them; and the way to the page itself."""
    s = PreviewState

    def offer(one: rx.Var[OfferedLine]) -> rx.Component:
        return rx.el.li(
            rx.cond(one.starts_department, rx.el.h3(one.department), rx.fragment()),
            rx.el.p(rx.el.b(one.name), rx.el.br(), one.modes, " · ", one.duration),
            rx.el.p(t("municipality.hours"), ": ", rx.cond(one.hours != "", one.hours, t("services.remark.no_hours"))),
            rx.el.p(t("municipality.first_free"), ": ", one.first_free),
        )

    return rx.fragment(
        rx.el.p(t("preview.page_text"), " ", rx.el.a(PublishState.public.text, href=PublishState.public.href)),
        rx.cond(
            s.services.length() > 0,
            rx.el.ul(rx.foreach(s.services, offer), class_name="shown"),
            rx.el.p(t("preview.no_services"), class_name="empty"),
        ),
    )


def _calendar(t: Texts) -> rx.Component:
    s = PreviewState
    choice = rx.el.div(
        rx.el.label(t("preview.service"), html_for="preview-service"),
        rx.el.select(
            rx.foreach(s.choices, lambda one: rx.el.option(one.text, value=one.value)),
            id="preview-service",
            default_value=s.chosen,
            on_change=s.choose,
            class_name="input",
        ),
        class_name="field",
    )
    return rx.cond(
        s.choices.length() > 0,
        rx.fragment(
            rx.el.p(t("preview.calendar_text")),
            choice,
            rx.el.div(_grid(t), _times(t), class_name="cal"),
            _trial(t),
        ),
        rx.el.p(t("preview.no_services"), class_name="empty"),
    )


def _grid(t: Texts) -> rx.Component:
    s = PreviewState
    return rx.el.div(
        rx.el.div(
            _leaf(t, "‹", "calendar.previous_month", s.month.previous),
            rx.el.h3(s.month.title, id="month-title", custom_attrs={"aria-live": "polite"}),
            _leaf(t, "›", "calendar.next_month", s.month.next),
            class_name="month",
        ),
        date_grid(
            t, s.month, labelled_by="month-title", ack_count=s.ack_count, on_month=s.show_month, on_day=s.pick_day
        ),
    )


def _leaf(t: Texts, sign: str, key: str, first: rx.Var) -> rx.Component:
    return press_button(
        t,
        sign,
        ack_count=PreviewState.ack_count,
        on_click=PreviewState.show_month(first),
        class_name="month__button",
        custom_attrs={"aria-label": t(key), "aria-disabled": first == ""},
    )


def _times(t: Texts) -> rx.Component:
    s = PreviewState

    def time(one: rx.Var[Time]) -> rx.Component:
        return press_button(
            t,
            one.label,
            ack_count=s.ack_count,
            on_click=s.pick_time(one.at),
            class_name=rx.cond(one.is_chosen, "t is-chosen", "t"),
            custom_attrs={"aria-label": one.name, "aria-pressed": one.is_chosen},
        )

    def part(one: rx.Var[TimesPart]) -> rx.Component:
        return rx.el.div(
            rx.el.h4(one.title, class_name="part"), rx.el.div(rx.foreach(one.times, time), class_name="tgrid")
        )

    return rx.el.div(
        rx.cond(
            s.day.on != "",
            rx.fragment(rx.el.h3(s.day.title), rx.el.p(s.day.count, role="status"), rx.foreach(s.day.parts, part)),
            rx.el.p(s.nothing_free, role="status"),
        ),
        class_name="times",
    )


def _trial(t: Texts) -> rx.Component:
    s = PreviewState

    def line(one: rx.Var[TrialLine]) -> rx.Component:
        return rx.el.div(rx.el.dt(one.name), rx.el.dd(one.value))

    return rx.cond(
        s.trial.length() > 0,
        rx.el.div(
            rx.el.h3(t("preview.trial"), id="trial-title", tab_index=-1),
            rx.el.dl(rx.foreach(s.trial, line), class_name="facts"),
            rx.el.p(t("preview.trial_text")),
            class_name="trial",
        ),
        rx.fragment(),
    )


def _publish(t: Texts) -> rx.Component:
    s = PublishState
    return rx.cond(
        s.is_published,
        rx.el.p(t("publish.is_published"), " ", rx.el.a(s.public.text, href=s.public.href)),
        rx.fragment(
            rx.cond(
                s.opens != "",
                rx.el.div(
                    rx.el.p(rx.el.b(t("publish.opens", at=s.opens))),
                    press_button(
                        t, t("publish.withdraw"), ack_count=s.ack_count, on_click=s.withdraw, class_name="press is-due"
                    ),
                    class_name="onepress",
                ),
                rx.fragment(),
            ),
            rx.cond(s.can_publish, _form(t), rx.el.p(t("publish.not_yet"), class_name="empty")),
        ),
    )


def _form(t: Texts) -> rx.Component:
    s = PublishState
    return rx.el.form(
        error_summary(t, s.problems),
        rx.el.fieldset(
            rx.el.legend(t("publish.when"), class_name="label"),
            _when(t, "now", is_default=True),
            _when(t, "later", is_default=False),
            rx.el.div(
                _input(t, "date", type="date", max_length=20),
                _input(t, "clock", type="text", max_length=5),
                class_name="beside",
            ),
            class_name="bare",
        ),
        rx.el.p(t("publish.text")),
        rx.el.p(press_button(t, t("publish.press"), ack_count=s.ack_count, type="submit", class_name="btn")),
        on_submit=s.publish,
        no_validate=True,
    )


def _when(t: Texts, value: str, *, is_default: bool) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name="when", value=value, default_checked=is_default),
        rx.el.span(t(f"publish.when.{value}")),
        class_name="tickbox",
    )


def _input(t: Texts, name: str, **props: object) -> rx.Component:
    s = PublishState
    return rx.el.div(
        rx.el.label(t(f"publish.field.{name}"), html_for=name),
        rx.cond(s.errors[name], rx.el.p(s.errors[name], id=f"{name}-error", class_name="wrong"), rx.fragment()),
        rx.el.input(
            id=name,
            name=name,
            auto_complete="off",
            class_name="input",
            aria_invalid=rx.cond(s.errors[name], True, False),  # the two values of an attribute
            aria_describedby=rx.cond(s.errors[name], f"{name}-error", ""),
            **props,
        ),
        class_name=rx.cond(s.errors[name], "field is-wrong", "field"),
    )
