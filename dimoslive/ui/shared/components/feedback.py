"""What a page says back: refusals, notices, what is still loading."""

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from dimoslive.i18n import Texts
from dimoslive.ui.shared.components.scripts import focus_keeper
from dimoslive.ui.shared.guard import PageState


def page_feedback(t: Texts, state: type[PageState], problem_id: str | None = None) -> rx.Component:
    """A refusal in words, where the eye is, announced at once; and the focus, moved where the state says.

    With ``problem_id`` the state may move it to the refusal itself: on a long page that is far from the press.
    """
    offer = rx.cond(
        state.problem_link != "",
        rx.el.a(t("problem.move_instead"), href=state.problem_link, class_name="govgr-link"),
        rx.fragment(),
    )
    return rx.fragment(
        # The empty region stands from the start: assistive technology announces only what changes inside one.
        rx.el.div(
            rx.cond(
                state.problem != "",
                rx.el.div(
                    rx.el.h2(t("problem.title"), class_name="notice__title"),
                    rx.el.p(state.problem, " ", offer),
                    id=problem_id,
                    tab_index=-1 if problem_id else None,
                    class_name="notice is-problem",
                ),
                rx.fragment(),
            ),
            role="alert",
        ),
        focus_keeper(state.focus_target, state.focus_version),
    )


def notice(*content: object) -> rx.Component:
    """Something to know, not a refusal."""
    return rx.el.div(*content, class_name="notice")


def skeleton(t: Texts, *heights: str) -> rx.Component:
    """The place that content will take, so that nothing jumps when it comes."""
    bars = [rx.el.div(class_name="skeleton__bar", style={"height": height}) for height in heights]
    return rx.el.div(
        rx.el.p(t("loading"), class_name="govgr-visually-hidden", role="status"), *bars, class_name="skeleton"
    )


def connection_notice(t: Texts) -> rx.Component:
    """Shown while the page cannot reach the server; it tries again by itself."""
    return rx.el.div(
        rx.cond(has_connection_errors, rx.el.p(t("connection.lost"), class_name="lost"), rx.fragment()), role="status"
    )
