"""The frame of every page: header, main, footer, in one language."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.shared.components.feedback import connection_notice
from dimoslive.ui.shared.components.icons import brand_mark
from dimoslive.ui.shared.components.plain_form import plain_form
from dimoslive.ui.shared.components.scripts import RouteFocus
from dimoslive.ui.shared.session import SessionState
from dimoslive.urls import AUTH, localized, my_bookings_path, other_language


def page(
    t: Texts,
    path: str,
    *content: rx.Component,
    has_sign_in: bool = True,
    beside_mark: rx.Component | None = None,
    accent: rx.Var | None = None,
) -> rx.Component:
    """A page at a path. ``lang`` is said here, because one shell serves all languages.

    ``beside_mark`` stands in the header. ``accent`` is the colour of the municipality that the page is about.
    """
    theirs = {} if accent is None else {"class_name": "is-theirs", "style": {"--accent": accent}}
    return rx.el.div(
        # Not the router's link: that one would make a new page of it, and move no focus.
        rx.el.A.create(t("layout.skip"), href="#main", class_name="govgr--skip-link skip"),
        _header(t, path, beside_mark, has_sign_in=has_sign_in),
        rx.el.main(*content, id="main", tab_index=-1, **theirs),
        _footer(t),
        connection_notice(t),
        RouteFocus.create(),
        class_name="site",
        lang=t.language,
    )


def stylesheet(name: str) -> rx.Component:
    """A stylesheet in ``/css`` that not all pages have.

    React puts it before those that all pages have, so each of its rules names its part of the page, such as ``.staff``.
    """
    # With a precedence the browser waits for it before it shows the page, and gets it once for all pages.
    return rx.el.link(rel="stylesheet", href=f"/css/{name}.css", custom_attrs={"precedence": "page"})


def wrap(*content: rx.Component, class_name: str = "") -> rx.Component:
    """The page's width."""
    return rx.el.div(*content, class_name=f"wrap {class_name}".strip())


def _header(t: Texts, path: str, beside_mark: rx.Component | None, *, has_sign_in: bool) -> rx.Component:
    return rx.el.header(
        wrap(
            rx.el.a(brand_mark(), rx.el.span("myDIMOSLive"), href=localized("/", t.language), class_name="mark"),
            *([] if beside_mark is None else [beside_mark]),
            rx.el.nav(*_links(t, path, has_sign_in=has_sign_in), class_name="top__wide", aria_label=t("layout.menu")),
            rx.el.details(
                rx.el.summary(t("layout.menu"), class_name="top__menu"),
                rx.el.nav(*_links(t, path, has_sign_in=has_sign_in), aria_label=t("layout.menu")),
                class_name="top__narrow",
            ),
        ),
        class_name="top",
    )


def _links(t: Texts, path: str, *, has_sign_in: bool) -> list[rx.Component]:
    other = "en" if t.language == "el" else "el"
    there = rx.cond(SessionState.there == "", other_language(path), SessionState.there)
    sign_in = _sign_in(t, path) if has_sign_in else rx.fragment()
    return [
        rx.cond(
            SessionState.is_known,
            rx.cond(SessionState.citizen_name == "", sign_in, _citizen(t)),
            rx.el.span(class_name="top__waiting", aria_hidden=True),
        ),
        # A new document, so that it says in which language it is.
        rx.el.A.create(t("layout.other_language"), href=there, lang=other, href_lang=other),
    ]


def _sign_in(t: Texts, path: str) -> rx.Component:
    here = rx.cond(SessionState.here == "", path, SessionState.here)
    return plain_form(
        rx.el.input(type="hidden", name="next", value=here, read_only=True),
        rx.el.button(t("layout.sign_in"), type="submit", class_name="top__button"),
        action=f"{AUTH}/sign-in",
        method="get",
    )


def _citizen(t: Texts) -> rx.Component:
    return rx.fragment(
        rx.el.a(t("layout.my_bookings"), href=my_bookings_path(t.language)),
        rx.el.span(SessionState.citizen_name, class_name="top__name", lang="el"),
        plain_form(
            rx.el.button(t("layout.sign_out"), type="submit", class_name="top__button"),
            action=f"{AUTH}/sign-out",
            method="post",
        ),
    )


def _footer(t: Texts) -> rx.Component:
    return rx.el.footer(wrap(rx.el.nav(*footer_links(t), aria_label=t("layout.footer"))), class_name="foot")


def footer_links(t: Texts) -> list[rx.Component]:
    """Where every page leads at its end."""
    names = ("terms", "privacy", "accessibility", "contact")
    return [rx.el.a(t(f"layout.{name}"), href=localized(f"/{name}", t.language)) for name in names]
