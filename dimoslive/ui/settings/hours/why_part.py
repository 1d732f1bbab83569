"""«Γιατί δεν προσφέρεται;»: the question and its answer."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.hours.why_state import CheckView, HoursWhyState
from dimoslive.ui.shared.components.scripts import press_button
from dimoslive.ui.staff.icons import icon


def why(t: Texts, modes: rx.Var, of: rx.Var) -> rx.Component:
    """A date, a time and a way to be served; ``modes`` are choices, ``of`` says which hours these are."""
    s = HoursWhyState
    return rx.el.section(
        rx.el.h2(t("hours.why"), id="why-title"),
        rx.el.form(
            _field(t("hours.why.date"), "date", s.date_error, t("hours.why.date_example")),
            _field(t("hours.why.clock"), "clock", s.clock_error, t("hours.why.clock_example")),
            rx.el.div(
                rx.el.label(t("hours.why.mode_word"), html_for="why-mode"),
                rx.el.select(
                    rx.foreach(modes, lambda one: rx.el.option(one.text, value=one.value)),
                    id="why-mode",
                    name="why-mode",
                    class_name="input",
                ),
                class_name="field",
            ),
            rx.el.input(type="hidden", name="why-for", value=of, read_only=True),
            press_button(t, t("hours.why.ask"), ack_count=s.ack_count, type="submit", class_name="press"),
            on_submit=s.ask,
            no_validate=True,
            class_name="why__ask",
        ),
        rx.el.div(
            rx.cond(
                (s.sentence != "") & (s.asked_for == of),
                rx.el.div(
                    rx.el.p(s.sentence),
                    rx.el.ul(
                        rx.foreach(s.checks, _check),
                        rx.cond(
                            s.later != "",
                            rx.el.li(rx.el.span(), rx.el.span(s.later), class_name="is-later"),
                            rx.fragment(),
                        ),
                        class_name="checks",
                    ),
                    class_name=rx.cond(s.is_offered, "why__answer is-offered", "why__answer"),
                ),
                rx.fragment(),
            ),
            role="status",
        ),
        aria_labelledby="why-title",
        class_name="why",
    )


def _field(label: str, name: str, error: rx.Var, example: str) -> rx.Component:
    own_id = f"why-{name}"
    return rx.el.div(
        rx.el.label(label, html_for=own_id),
        rx.el.span(example, id=f"{own_id}-hint", class_name="hint"),
        rx.cond(error, rx.el.p(error, id=f"{own_id}-error", class_name="wrong"), rx.fragment()),
        rx.el.input(
            id=own_id,
            name=own_id,
            type="text",
            max_length=20,
            auto_complete="off",
            aria_invalid=rx.cond(error, True, False),  # the two values of an attribute
            aria_describedby=rx.cond(error, f"{own_id}-error {own_id}-hint", f"{own_id}-hint"),
            class_name="input num",
        ),
        class_name=rx.cond(error, "field is-wrong", "field"),
    )


def _check(check: rx.Var[CheckView]) -> rx.Component:
    return rx.el.li(
        rx.cond(check.is_no, icon("alert"), icon("check")),
        rx.el.span(
            check.text,
            rx.cond(check.href != "", rx.fragment(" · ", rx.el.a(check.link, href=check.href)), rx.fragment()),
        ),
        class_name=rx.cond(check.is_no, "is-no", ""),
    )
