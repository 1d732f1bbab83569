"""A step's page: stepper, the step itself, and beside it the choices so far with the held time."""

from collections.abc import Sequence

import reflex as rx

from dimoslive.domain.booking.draft import Step
from dimoslive.i18n import Texts
from dimoslive.ui.citizen.booking.state import WizardState
from dimoslive.ui.citizen.booking.ways import ON_THE_SITE, Surface
from dimoslive.ui.citizen.embedded.layout import embedded_page
from dimoslive.ui.citizen.town import town_line
from dimoslive.ui.shared.components.feedback import page_feedback, skeleton
from dimoslive.ui.shared.components.scripts import hold_countdown, press_button
from dimoslive.ui.shared.components.stepper import stepper
from dimoslive.ui.shared.guard import PageState
from dimoslive.ui.shared.layout import page, wrap
from dimoslive.urls import step_path


def step_page(
    t: Texts,
    step: Step,
    state: type[PageState],
    *content: rx.Component,
    heights: Sequence[str] = (),
    actions: rx.Component | None = None,
    on_over: object = WizardState.time_over,
    surface: Surface = ON_THE_SITE,
) -> rx.Component:
    """The frame of one step; until its state has loaded, bars of the given ``heights`` keep its place.

    Without heights the content needs nothing from the server and stands from the start. The step that lists all
    choices itself has the held time alone beside it. ``on_over`` is asked when the countdown stands at nought.
    """
    lists_choices = step is Step.CONSENT
    embedded = surface.is_embedded
    body = rx.cond(state.is_loaded, rx.fragment(*content), skeleton(t, *heights)) if heights else rx.fragment(*content)
    shown = wrap(
        rx.fragment() if step is Step.MUNICIPALITY or embedded else town_line(t, WizardState.town),
        stepper(t, step, is_embedded=embedded),
        rx.el.div(
            rx.el.div(
                rx.fragment() if lists_choices else _in_one_line(),
                _hold(t, on_over, class_name="hold is-bar"),
                rx.el.h1(t(f"{step}.title"), id="step-title", tab_index=-1),
                rx.el.p(t(f"{step}.lede"), class_name="lede"),
                page_feedback(t, state),
                page_feedback(t, WizardState),
                _over(t, step, surface),
                body,
                actions if actions is not None else rx.fragment(),
            ),
            _held(t, on_over, surface) if lists_choices else _summary(t, on_over, surface),
            class_name="cols",
        ),
    )
    if embedded:
        return embedded_page(t, step, shown, accent=WizardState.town.accent)
    return page(t, step_path(step, "el"), shown, accent=WizardState.town.accent)


def actions(t: Texts, *primary: rx.Component, back: str) -> rx.Component:
    """The way back, and the one primary button."""
    return rx.el.div(rx.el.a("‹ ", t("back"), href=back, class_name="govgr-link back"), *primary, class_name="acts")


def _summary(t: Texts, on_over: object, surface: Surface) -> rx.Component:
    s = WizardState.summary
    return _card(
        t("summary.title"),
        rx.el.h2(t("summary.title")),
        rx.el.dl(
            # In a frame it is the host's own, and no other can be chosen.
            _choice(
                t, "municipality", s.municipality, "" if surface.is_embedded else surface.href(t, Step.MUNICIPALITY)
            ),
            _choice(t, "service", s.service, surface.href(t, Step.MODE)),
            _choice(t, "mode", _with(s.mode, s.duration), surface.href(t, Step.MODE)),
            _choice(t, "time", s.time, surface.href(t, Step.CALENDAR)),
        ),
        _hold(t, on_over),
        surface=surface,
    )


def _held(t: Texts, on_over: object, surface: Surface) -> rx.Component:
    card = _card(t("hold.title"), _hold(t, on_over), surface=surface)
    return rx.cond(WizardState.hold_seconds > 0, card, rx.fragment())


def _card(label: str, *content: rx.Component, surface: Surface) -> rx.Component:
    """Beside the step; in a frame no landmark of its own, since the page around it has enough of them."""
    if surface.is_embedded:
        return rx.el.div(*content, class_name="card")
    return rx.el.aside(*content, class_name="card", aria_label=label)


def _choice(t: Texts, key: str, value: rx.Var, href: str | rx.Var) -> rx.Component:
    change = (
        rx.fragment()
        if isinstance(href, str) and not href
        else rx.el.a(
            t("summary.change"),
            " ",
            rx.el.span(t(f"summary.{key}"), class_name="govgr-visually-hidden"),
            href=href,
        )
    )
    return rx.cond(
        value != "",
        rx.fragment(rx.el.dt(t(f"summary.{key}")), rx.el.dd(value, " ", change)),
        rx.fragment(rx.el.dt(t(f"summary.{key}")), rx.el.dd(t("summary.not_yet"), class_name="is-empty")),
    )


def _with(first: rx.Var, second: rx.Var) -> rx.Var:
    return rx.cond(first != "", f"{first} · {second}", "")


def _in_one_line() -> rx.Component:
    """The summary of a phone."""
    s = WizardState.summary
    return rx.cond(
        s.municipality != "",
        rx.el.div(
            rx.el.p(
                rx.cond(s.time != "", rx.fragment(rx.el.b(s.time), rx.el.br()), rx.fragment()),
                s.municipality,
                rx.cond(s.mode != "", f" · {s.mode} · {s.duration}", ""),
            ),
            class_name="mini",
        ),
        rx.fragment(),
    )


def _over(t: Texts, step: Step, surface: Surface) -> rx.Component:
    """Said where one is when the held time runs out, with the way to another one."""
    way = rx.el.a(t("hold.another"), href=surface.href(t, Step.CALENDAR), class_name="govgr-link")
    return rx.el.div(
        rx.cond(
            WizardState.is_over,
            rx.el.div(
                rx.el.p(t("error.hold_expired"), *(() if step is Step.CALENDAR else (" ", way))),
                class_name="notice is-problem",
            ),
            rx.fragment(),
        ),
        role="alert",
    )


def _hold(t: Texts, on_over: object, class_name: str = "hold") -> rx.Component:
    """The countdown: in the card of a wide screen, and as a bar that stays at the top of a narrow one."""
    w = WizardState
    more = press_button(t, t("hold.more"), ack_count=w.ack_count, on_click=w.more_time, class_name="as-link")
    return rx.cond(
        w.hold_seconds > 0,
        rx.el.div(
            hold_countdown(
                t,
                seconds_left=w.hold_seconds,
                seconds_in_all=w.hold_in_all,
                version=w.hold_version,
                on_over=on_over,
            ),
            rx.cond(w.can_extend, more, rx.fragment()),
            class_name=class_name,
        ),
        rx.fragment(),
    )
