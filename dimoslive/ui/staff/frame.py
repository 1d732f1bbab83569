"""The frame of officials' pages: header, navigation, municipality, main, footer."""

from collections.abc import Callable, Sequence

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.shared.components.feedback import connection_notice, skeleton
from dimoslive.ui.shared.components.icons import brand_mark
from dimoslive.ui.shared.components.plain_form import plain_form
from dimoslive.ui.shared.components.scripts import RouteFocus
from dimoslive.ui.shared.layout import footer_links, stylesheet
from dimoslive.ui.staff.session_bar import session_bar
from dimoslive.ui.staff.state import StaffFrameState, WorkplaceChoice
from dimoslive.urls import localized

NAVIGATION = ("day", "week", "search", "calls", "figures", "settings", "platform")
_PATHS = {
    "day": "/desk",
    "week": "/desk/week",
    "search": "/desk/search",
    "calls": "/desk/calls",
    "figures": "/desk/figures",
    "settings": "/admin",
    "platform": "/platform",
}


def staff_page(
    t: Texts,
    *content: rx.Component,
    current: str = "",
    skips: Sequence[tuple[str, str | rx.Var]] = (),
    styles: Sequence[str] = (),
    desk_button: rx.Component | None = None,
    class_name: str = "",
    is_for_municipality: bool = True,
) -> rx.Component:
    """A page of officials. Its content is built only when the municipality is known.

    ``current`` is one of `NAVIGATION`. ``skips`` are more skip links: text and address. ``styles`` are stylesheets of
    the page's own, beside the one of all these pages. ``desk_button`` stands in the header.
    """
    body = rx.fragment(*content)
    return rx.el.div(
        *[stylesheet(name) for name in ("staff", *styles)],
        _header(t, current, desk_button, ((t("layout.skip"), "#main"), *skips)),
        session_bar(t),
        rx.el.main(
            _where_known(t, body) if is_for_municipality else body,
            id="main",
            tab_index=-1,
            class_name=class_name,
        ),
        rx.el.footer(rx.el.nav(*footer_links(t), aria_label=t("layout.footer"), class_name="wide"), class_name="foot"),
        connection_notice(t),
        RouteFocus.create(),
        class_name="site staff",
        lang=t.language,
    )


def staff_href(path: str, language: str, query: str = "") -> rx.Var:
    """The address of an officials' page for the municipality that is open."""
    more = f"&{query}" if query else ""
    return rx.Var.create(f"{localized(path, language)}?m=").to(str) + StaffFrameState.slug + more


def thing_href(path: str, thing: rx.Var, language: str) -> rx.Var:
    """The same for one thing below a path, known by the end of its address."""
    return rx.Var.create(f"{localized(path, language)}/").to(str) + thing + "?m=" + StaffFrameState.slug


def _where_known(t: Texts, body: rx.Component) -> rx.Component:
    f = StaffFrameState
    return rx.cond(
        f.is_missing,
        missing_page(t),
        rx.cond(
            f.is_loaded,
            rx.cond(f.slug != "", body, _choice(t)),
            skeleton(t, "2.5rem", "5rem", "3rem", "3rem", "3rem", "3rem", "3rem"),
        ),
    )


def _skip(text: str, href: str | rx.Var) -> rx.Component:
    # Not the router's link: that one would make a new page of it, and move no focus.
    return rx.el.A.create(text, href=href, class_name="govgr--skip-link skip")


def _header(
    t: Texts, current: str, desk_button: rx.Component | None, skips: Sequence[tuple[str, str | rx.Var]]
) -> rx.Component:
    return rx.el.header(
        # One of them leads to another page: all stand inside a landmark.
        *[_skip(text, href) for text, href in skips],
        rx.el.div(
            rx.el.a(brand_mark(), rx.el.span("myDIMOSLive"), href=staff_href("/desk", t.language), class_name="mark"),
            _municipality(t),
            desk_button or rx.fragment(),
            rx.el.details(
                rx.el.summary(t("layout.menu"), class_name="mast__menu"),
                rx.el.nav(_links(t, current), aria_label=t("staff.nav"), class_name="mast__nav"),
                class_name="mast__narrow",
            ),
            class_name="mast__top",
        ),
        rx.el.nav(_links(t, current), aria_label=t("staff.nav"), class_name="mast__nav mast__wide"),
        class_name="mast",
    )


def _municipality(t: Texts) -> rx.Component:
    """Its name; with several rights, a choice whose answer is a new page: so two tabs may show two municipalities."""
    f = StaffFrameState
    choice = plain_form(
        rx.el.label(t("staff.municipality"), html_for="municipality", class_name="govgr-visually-hidden"),
        rx.el.select(
            rx.foreach(f.choices, lambda one: rx.el.option(one.name, value=one.slug)),
            id="municipality",
            name="m",
            default_value=f.slug,
            key=f.slug,
        ),
        rx.el.button(t("staff.change"), type="submit", class_name="mast__press"),
        action=f.path,
        method="get",
    )
    return rx.cond(
        f.choices.length() > 1,
        rx.el.div(choice, class_name="mast__town"),
        rx.el.p(f.municipality, class_name="mast__town"),
    )


def _links(t: Texts, current: str) -> rx.Component:
    f, language = StaffFrameState, t.language
    other = "en" if language == "el" else "el"
    return rx.el.div(
        rx.el.ul(*[_item(t, name, current) for name in NAVIGATION], class_name="mast__links"),
        rx.el.ul(
            rx.el.li(
                rx.el.a(
                    rx.el.span(t("staff.my_account"), " ", class_name="govgr-visually-hidden"),
                    rx.el.span(f.official_name, lang="el"),
                    href=staff_href("/desk/me", language),
                    class_name="is-name",
                    aria_current="page" if current == "me" else None,
                )
            ),
            rx.el.li(
                plain_form(
                    rx.el.button(t("layout.sign_out"), type="submit"),
                    action="/auth/staff/sign-out",
                    method="post",
                )
            ),
            # A new document, so that it says in which language it is.
            rx.el.li(rx.el.A.create(t("layout.other_language"), href=f.there, lang=other, href_lang=other)),
            class_name="mast__who",
        ),
        class_name="mast__row",
    )


def _item(t: Texts, name: str, current: str) -> rx.Component:
    item, f = rx.el.li(_link(t, name, current)), StaffFrameState
    if name == "settings":
        return rx.cond(f.has_settings, item, rx.fragment())
    # Whoever runs the installation may have no municipality, and whoever has one may not run it.
    return rx.cond(f.is_platform if name == "platform" else f.has_workplaces, item, rx.fragment())


def _link(t: Texts, name: str, current: str) -> rx.Component:
    number = StaffFrameState.calls
    count = rx.cond(number > 0, rx.el.span(" ", number, class_name="mast__count"), rx.fragment())
    return rx.el.a(
        t(f"staff.{name}"),
        count if name == "calls" else rx.fragment(),
        href=staff_href(_PATHS[name], t.language),
        aria_current="page" if name == current else None,
    )


def _choice(t: Texts) -> rx.Component:
    """Several municipalities, and none used before."""
    return rx.fragment(
        rx.el.h1(t("staff.which_municipality")),
        rx.el.ul(rx.foreach(StaffFrameState.choices, _choice_of), class_name="places"),
    )


def _choice_of(one: rx.Var[WorkplaceChoice]) -> rx.Component:
    return rx.el.li(rx.el.a(rx.el.b(one.name), rx.el.span(one.role, class_name="soft small"), href=one.href))


def missing_page(t: Texts) -> rx.Component:
    """What is not there, or not the official's, with the way back to the day."""
    way = rx.el.a(t("staff.back_to_day"), href=staff_href("/desk", t.language), class_name="govgr-link")
    return rx.fragment(missing(t, rx.el.h1), rx.el.p(way, class_name="govgr-body"))


def missing(t: Texts, heading: Callable[..., rx.Component]) -> rx.Component:
    """That it is not there, or not the official's: the same for both."""
    return rx.fragment(heading(t("not_found.title")), rx.el.p(t("not_found.text"), class_name="govgr-body"))
