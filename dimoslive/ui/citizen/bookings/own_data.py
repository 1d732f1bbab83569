"""What we keep of a person beside the bookings: forgotten at one press, or erased with all that names them."""

import reflex as rx

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Citizen
from dimoslive.i18n import Texts
from dimoslive.services.identity.erase_citizen import erase_citizen, forget_contact, remembered_contact
from dimoslive.ui.citizen.bookings.state import MyBookingsState
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.components.feedback import page_feedback
from dimoslive.ui.shared.components.plain_form import plain_form
from dimoslive.ui.shared.components.scripts import press_button
from dimoslive.ui.shared.guard import PageState, for_citizen
from dimoslive.ui.shared.session import SessionState
from dimoslive.urls import AUTH, localized


class OwnDataState(PageState, rx.State):
    """The last part of «Τα ραντεβού μου»."""

    contact: str = ""
    """What is remembered for the next booking."""
    was_forgotten: bool = False
    is_asking: bool = False
    """The question whether to erase is open."""
    was_erased: bool = False

    @for_citizen(Permission.MANAGE_OWN_DATA)
    async def load(self, principal: Citizen) -> None:
        """What is remembered."""
        self.was_forgotten = self.is_asking = self.was_erased = False
        self.contact = ", ".join(filter(None, await call(remembered_contact, principal)))
        self.is_loaded = True

    @for_citizen(Permission.MANAGE_OWN_DATA)
    async def forget(self, principal: Citizen) -> None:
        """«Να μην τα θυμάστε»."""
        await call(forget_contact, principal)
        self.contact, self.was_forgotten = "", True
        self._focus("own-data")

    @for_citizen(Permission.MANAGE_OWN_DATA)
    async def ask(self, _principal: Citizen) -> None:
        """«Διαγραφή των στοιχείων μου» asks once."""
        self.is_asking = True
        self._focus("erase-question")

    @for_citizen(Permission.MANAGE_OWN_DATA)
    async def keep(self, _principal: Citizen) -> None:
        """«Όχι»."""
        self.is_asking = False
        self._focus("own-data")

    @for_citizen(Permission.MANAGE_OWN_DATA)
    async def erase(self, principal: Citizen) -> None:
        """«Ναι»: nobody is signed in any more, and nothing of the person stays on the page."""
        self.is_asking = False
        await call(erase_citizen, principal)
        (await self.get_state(MyBookingsState)).reset()
        (await self.get_state(SessionState)).citizen_name = ""
        self.contact, self.was_erased = "", True
        self._focus("erased")


def own_data(t: Texts) -> rx.Component:
    """What is kept, and the two ways to have it go."""
    s = OwnDataState
    return rx.cond(
        s.is_loaded,
        rx.el.section(
            rx.el.h2(t("own_data.title"), id="own-data", tab_index=-1, class_name="govgr-heading-m"),
            page_feedback(t, s),
            rx.el.div(rx.cond(s.was_forgotten, rx.el.p(t("own_data.forgotten")), rx.fragment()), role="status"),
            rx.cond(s.contact != "", _remembered(t), rx.fragment()),
            rx.cond(s.is_asking, _question(t), _offer(t)),
        ),
        rx.fragment(),
    )


def erased(t: Texts) -> rx.Component:
    """Instead of the page, once all is erased."""
    return rx.fragment(
        rx.el.h1(t("own_data.erased"), id="erased", tab_index=-1),
        page_feedback(t, OwnDataState),
        rx.el.p(t("own_data.erased_text"), class_name="govgr-body"),
        plain_form(
            # The session of the provider is not ours to end; this leads there.
            rx.el.button(t("own_data.leave"), type="submit", class_name="govgr-btn govgr-btn-primary"),
            action=f"{AUTH}/sign-out",
            method="post",
        ),
    )


def _remembered(t: Texts) -> rx.Component:
    s = OwnDataState
    return rx.el.div(
        rx.el.p(t("own_data.remembered"), " ", rx.el.b(s.contact), class_name="govgr-body"),
        press_button(
            t,
            t("own_data.forget"),
            ack_count=s.ack_count,
            on_click=s.forget,
            class_name="govgr-btn govgr-btn-secondary",
        ),
    )


def _offer(t: Texts) -> rx.Component:
    s = OwnDataState
    return rx.el.div(
        rx.el.p(
            t("own_data.erase_hint"),
            " ",
            rx.el.a(t("own_data.privacy"), href=localized("/privacy", t.language), class_name="govgr-link"),
            class_name="govgr-body",
        ),
        press_button(
            t, t("own_data.erase"), ack_count=s.ack_count, on_click=s.ask, class_name="govgr-btn govgr-btn-secondary"
        ),
    )


def _question(t: Texts) -> rx.Component:
    s = OwnDataState
    return rx.el.div(
        rx.el.h3(t("own_data.question"), id="erase-question", tab_index=-1, class_name="govgr-heading-s"),
        rx.el.p(t("own_data.what_goes"), class_name="govgr-body"),
        rx.el.p(t("own_data.what_stays"), class_name="govgr-body"),
        rx.el.div(
            press_button(
                t, t("own_data.yes"), ack_count=s.ack_count, on_click=s.erase, class_name="govgr-btn govgr-btn-warning"
            ),
            press_button(
                t, t("own_data.no"), ack_count=s.ack_count, on_click=s.keep, class_name="govgr-btn govgr-btn-secondary"
            ),
            class_name="acts is-left",
        ),
        class_name="question",
    )
