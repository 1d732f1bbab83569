"""The page before somebody else's sign-in, for citizens and for officials."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.shared.components.feedback import page_feedback
from dimoslive.ui.shared.components.plain_form import plain_form
from dimoslive.ui.shared.layout import page, wrap


def sign_in_page(
    t: Texts, path: str, state: type[rx.State], *, title: str, lede: str, button: str, action: str, note: str = ""
) -> rx.Component:
    """Why a sign-in is needed, or why it did not work, and the button. ``state`` knows where to go afterwards."""
    return page(
        t,
        path,
        wrap(
            rx.el.h1(title),
            page_feedback(t, state),
            rx.el.p(lede, class_name="govgr-body"),
            plain_form(
                rx.el.input(type="hidden", name="next", value=state.return_to, read_only=True),
                rx.el.button(button, type="submit", class_name="govgr-btn govgr-btn-primary"),
                action=action,
                method="get",
            ),
            rx.el.p(note, class_name="govgr-hint") if note else rx.fragment(),
            class_name="plain",
        ),
        has_sign_in=False,
    )
