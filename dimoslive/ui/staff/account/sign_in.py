"""The sign-in of officials: the public servants' realm, and the municipality's own accounts where there are some."""

import reflex as rx

from dimoslive.domain.people.permissions import Permission
from dimoslive.i18n import Texts, texts_of
from dimoslive.services.identity.begin_sign_in import safe_path
from dimoslive.settings import Settings
from dimoslive.ui.shared.components.feedback import page_feedback
from dimoslive.ui.shared.components.plain_form import plain_form
from dimoslive.ui.shared.guard import PageState, for_anyone
from dimoslive.ui.shared.layout import page, wrap
from dimoslive.ui.shared.sign_in_problems import SIGN_IN_PROBLEMS
from dimoslive.urls import STAFF_AUTH, STAFF_OPENID_AUTH, desk_path, sign_in_path

_OWN_PROBLEMS = ("not_an_official", "rights_changed", "sign_in_unavailable", "sign_in_unreadable")
"""What is said here in other words than to citizens."""


class StaffSignInState(PageState, rx.State):
    """Why the official is here, and where to go afterwards."""

    return_to: str = ""

    @for_anyone(Permission.SIGN_IN)
    async def load(self) -> None:
        """Only known problems are shown: the address is anybody's to write."""
        query, language = self.router.url.query_parameters, self._language()
        self.return_to = safe_path(query.get("next", "") or desk_path(language))
        problem = query.get("problem", "")
        if problem in _OWN_PROBLEMS:
            self.problem = texts_of(language)(f"staff_sign_in.problem.{problem}")
        elif problem in SIGN_IN_PROBLEMS:
            self.problem = texts_of(language)(f"sign_in.problem.{problem}")


def staff_sign_in(t: Texts, settings: Settings) -> rx.Component:
    """Why a sign-in is needed, or why it did not work, and the ways in."""
    return page(
        t,
        sign_in_path("el", for_staff=True),
        wrap(
            rx.el.h1(t("desk.sign_in_title")),
            page_feedback(t, StaffSignInState),
            rx.el.p(t("desk.sign_in_lede"), class_name="govgr-body"),
            rx.el.div(
                _way_in(t("desk.sign_in"), f"{STAFF_AUTH}/sign-in", "govgr-btn-primary"),
                _way_in(t("staff_sign_in.openid"), f"{STAFF_OPENID_AUTH}/sign-in", "govgr-btn-secondary")
                if settings.oidc_issuer
                else rx.fragment(),
                class_name="ways-in",
            ),
            class_name="plain",
        ),
        has_sign_in=False,
    )


def _way_in(name: str, action: str, kind: str) -> rx.Component:
    return plain_form(
        rx.el.input(type="hidden", name="next", value=StaffSignInState.return_to, read_only=True),
        rx.el.button(name, type="submit", class_name=f"govgr-btn {kind}"),
        action=action,
        method="get",
    )
