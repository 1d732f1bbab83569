"""«Ο λογαριασμός μου»: who one is here, what one prefers, and where one is signed in."""

import reflex as rx

from dimoslive.domain.desk.own_mails import OwnMails
from dimoslive.i18n import LANGUAGES, Texts
from dimoslive.ui.shared.components.feedback import page_feedback, skeleton
from dimoslive.ui.shared.components.scripts import marked, press_button
from dimoslive.ui.staff.account.feeds_state import TITLE as FEEDS
from dimoslive.ui.staff.account.feeds_state import OwnFeedsState
from dimoslive.ui.staff.account.state import SAVED, AccountState
from dimoslive.ui.staff.account.view_models import DeskOption, PlaceLine, SessionLine
from dimoslive.ui.staff.feeds.parts import feed_list, how_soon, new_feed
from dimoslive.ui.staff.frame import staff_page
from dimoslive.urls import duties_path

_NAMES = {"el": "Ελληνικά", "en": "English"}


def account(t: Texts) -> rx.Component:
    """One column, a plain form."""
    s = AccountState
    return staff_page(
        t,
        rx.el.h1(t("account.title")),
        page_feedback(t, s),
        rx.cond(
            s.is_loaded,
            rx.fragment(_who(t), _places(t), _preferences(t), _feeds(t), _sessions(t)),
            skeleton(t, "2rem", "5rem", "2rem", "5rem", "2rem", "5rem"),
        ),
        current="me",
        styles=("account",),
        class_name="account",
        is_for_municipality=False,
    )


def _who(t: Texts) -> rx.Component:
    s = AccountState
    return _section(
        t("account.who"),
        "account-who",
        rx.el.dl(
            _fact(t("account.name"), marked(t, s.name)),
            rx.cond(s.afm != "", _fact(t("account.afm"), s.afm)),
            rx.cond(s.email != "", _fact(t("account.email"), s.email)),
        ),
        rx.el.p(rx.el.a(t("duties.link"), href=duties_path(t.language))),
    )


def _fact(name: str, value: object) -> rx.Component:
    return rx.el.div(rx.el.dt(name), rx.el.dd(value))


def _places(t: Texts) -> rx.Component:
    s = AccountState
    return _section(
        t("account.places"),
        "account-places",
        rx.cond(s.is_platform_admin, rx.el.p(t("account.role.platform"))),
        rx.cond(
            s.places.length() > 0,
            rx.el.ul(rx.foreach(s.places, lambda place: _place(t, place))),
            rx.cond(s.is_platform_admin, rx.fragment(), rx.el.p(t("account.no_places"))),
        ),
    )


def _place(t: Texts, place: rx.Var[PlaceLine]) -> rx.Component:
    return rx.el.li(
        rx.el.b(place.name),
        rx.el.p(place.role, " · ", place.departments, class_name="soft small"),
        rx.el.a(
            t("own_absence.link"),
            rx.el.span(" ", place.name, class_name="govgr-visually-hidden"),
            href=place.absence_href,
        ),
    )


def _preferences(t: Texts) -> rx.Component:
    s = AccountState
    return _section(
        t("account.preferences"),
        "account-preferences",
        rx.el.form(
            rx.foreach(s.places, lambda place: _usual_desk(t, place)),
            rx.el.div(
                rx.el.label(t("account.language"), html_for="language"),
                rx.el.select(
                    *[rx.el.option(_NAMES[language], value=language, lang=language) for language in LANGUAGES],
                    id="language",
                    name="language",
                    default_value=s.language,
                    class_name="input",
                ),
                class_name="field",
            ),
            rx.el.label(
                rx.el.input(type="checkbox", name="sound", default_checked=s.has_sound),
                rx.el.span(t("account.sound")),
                class_name="tickbox",
            ),
            _mails(t),
            rx.el.div(
                press_button(t, t("account.save"), ack_count=s.ack_count, type="submit", class_name="btn"),
                rx.el.div(
                    rx.cond(s.is_saved, rx.el.p(t("account.saved"), id=SAVED, tab_index=-1, class_name="account__ok")),
                    role="status",
                ),
                class_name="account__acts",
            ),
            on_submit=s.save,
            key=s.form_version,
        ),
    )


def _mails(t: Texts) -> rx.Component:
    """Which mails one wants; who has no address reads why there are none."""
    s = AccountState
    return rx.el.fieldset(
        rx.el.legend(t("account.mails")),
        rx.cond(
            s.email == "",
            rx.el.p(t("account.mails.no_address"), class_name="soft"),
            rx.fragment(
                rx.el.p(t("account.mails.hint"), class_name="soft small"),
                *[
                    rx.el.label(
                        rx.el.input(type="radio", name="mails", value=one.value, default_checked=s.mails == one.value),
                        rx.el.span(t(f"account.mails.{one}")),
                        class_name="tickbox",
                    )
                    for one in (OwnMails.BOOKINGS, OwnMails.CANCELLATIONS, OwnMails.BOTH, OwnMails.NONE)
                ],
            ),
        ),
        class_name="account__mails",
    )


def _usual_desk(t: Texts, place: rx.Var[PlaceLine]) -> rx.Component:
    return rx.cond(
        place.desks.length() > 0,
        rx.el.div(
            rx.el.label(place.label, html_for=place.field),
            rx.el.select(
                rx.el.option(t("account.no_desk"), value=""),
                rx.foreach(place.desks, _desk_option),
                id=place.field,
                name=place.field,
                default_value=place.usual,
                class_name="input",
            ),
            class_name="field",
        ),
        rx.fragment(),
    )


def _desk_option(desk: rx.Var[DeskOption]) -> rx.Component:
    return rx.el.option(desk.name, value=desk.value)


def _feeds(t: Texts) -> rx.Component:
    """Only for whoever works somewhere: who only runs the installation sees no bookings."""
    s = OwnFeedsState
    return rx.cond(
        AccountState.places.length() > 0,
        rx.el.section(
            rx.el.h2(t("feeds.title"), id=FEEDS, tab_index=-1),
            rx.el.p(t("feeds.about")),
            page_feedback(t, s),
            new_feed(t, s),
            feed_list(t, s),
            rx.el.div(
                press_button(t, t("feeds.make"), ack_count=s.ack_count, on_click=s.make, class_name="btn alt"),
                class_name="account__acts",
            ),
            how_soon(t),
            aria_labelledby=FEEDS,
        ),
        rx.fragment(),
    )


def _sessions(t: Texts) -> rx.Component:
    s = AccountState
    return _section(
        t("account.sessions"),
        "account-sessions",
        rx.el.ul(rx.foreach(s.sessions, lambda one: _session(t, one))),
        press_button(
            t,
            t("account.sign_out_everywhere"),
            ack_count=s.ack_count,
            on_click=s.sign_out_everywhere,
            class_name="press is-stop",
        ),
    )


def _session(t: Texts, one: rx.Var[SessionLine]) -> rx.Component:
    mark = rx.cond(
        one.is_this, rx.fragment(" ", rx.el.span(t("account.this_session"), class_name="remark")), rx.fragment()
    )
    return rx.el.li(one.words, mark)


def _section(title: str, title_id: str, *content: rx.Component) -> rx.Component:
    return rx.el.section(rx.el.h2(title, id=title_id), *content, aria_labelledby=title_id)
