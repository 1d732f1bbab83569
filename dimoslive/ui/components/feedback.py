"""What a page says back: refusals, notices, what is still loading."""

import reflex as rx

from dimoslive.i18n import Texts


def problem_notice(t: Texts, problem: rx.Var, link: rx.Var, link_text: str = "") -> rx.Component:
    """A refusal in words, where the eye is; announced at once. The empty region stands from the start."""
    offer = rx.cond(link != "", rx.el.a(link_text, href=link, class_name="govgr-link"), rx.fragment())
    return rx.el.div(
        rx.cond(
            problem != "",
            rx.el.div(
                rx.el.h2(t("problem.title"), class_name="notice__title"),
                rx.el.p(problem, " ", offer),
                class_name="notice is-problem",
            ),
            rx.fragment(),
        ),
        role="alert",
    )


def notice(*content: object) -> rx.Component:
    """Something to know, not a refusal."""
    return rx.el.div(*content, class_name="notice")


def skeleton(t: Texts, *heights: str) -> rx.Component:
    """The place that content will take, so that nothing jumps when it comes."""
    bars = [rx.el.div(class_name="skeleton__bar", style={"height": height}) for height in heights]
    return rx.el.div(rx.el.p(t("loading"), class_name="govgr-visually-hidden", role="status"), *bars, class_name="skeleton")
