"""The six steps: numbered in a row on a wide screen, a bar on a phone."""

import reflex as rx

from dimoslive.domain.booking.draft import STEPS, Step
from dimoslive.i18n import Texts


def stepper(t: Texts, current: Step, *, is_embedded: bool = False) -> rx.Component:
    """Where the citizen stands; in a frame of another site by the bar alone, however wide it is."""
    at = STEPS.index(current)
    return rx.fragment(
        rx.fragment()
        if is_embedded
        else rx.el.ol(*[_step(t, step, at) for step in STEPS], class_name="steps", aria_label=t("steps.label")),
        rx.el.p(
            t("steps.position", n=at + 1, all=len(STEPS)),
            rx.el.b(t(f"steps.{current}")),
            rx.el.span(
                rx.el.span(style={"width": f"{(at + 1) * 100 // len(STEPS)}%"}), class_name="bar", aria_hidden=True
            ),
            class_name="stepline",
        ),
    )


def _step(t: Texts, step: Step, at: int) -> rx.Component:
    number = STEPS.index(step)
    if number == at:
        return rx.el.li(t(f"steps.{step}"), class_name="is-now", aria_current="step")
    if number < at:
        done = rx.el.span(t("steps.done"), class_name="govgr-visually-hidden")
        return rx.el.li(rx.el.span(t(f"steps.{step}")), done, class_name="is-done")
    return rx.el.li(t(f"steps.{step}"))
