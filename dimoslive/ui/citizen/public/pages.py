"""Pages that need no sign-in: front, sign-in, municipality, list of municipalities, and the texts."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.settings import Settings
from dimoslive.ui.citizen.public.facts import page_facts
from dimoslive.ui.citizen.public.markdown import page_texts
from dimoslive.ui.citizen.public.state import MunicipalitiesState, MunicipalityPageState, SignInState
from dimoslive.ui.citizen.public.view_models import MunicipalityLine, OfferedLine
from dimoslive.ui.shared.components.feedback import page_feedback, skeleton
from dimoslive.ui.shared.components.scripts import municipality_picker
from dimoslive.ui.shared.components.sign_in_page import sign_in_page
from dimoslive.ui.shared.layout import page, wrap
from dimoslive.urls import AUTH, localized, my_bookings_path, sign_in_path

PUBLIC_TEXTS = ("about", "faq", "contact", "privacy", "terms", "accessibility", "advice")
"""The written pages."""
USEFUL_LINKS = ("about", "faq", "municipalities", "contact")


def front(t: Texts) -> rx.Component:
    """The front page."""
    return page(
        t,
        "/",
        rx.el.div(
            wrap(
                rx.el.h1(t("front.title")),
                rx.el.p(t("front.lede"), class_name="lede"),
                municipality_picker(t),
                rx.el.p(
                    t("front.have_booking"),
                    " ",
                    rx.el.a(t("layout.my_bookings"), href=my_bookings_path(t.language), class_name="govgr-link"),
                ),
            ),
            class_name="hero",
        ),
        wrap(
            rx.el.section(
                rx.el.h2(t("front.how")),
                rx.el.ol(
                    *[
                        rx.el.li(rx.el.b(t(f"front.how.{step}.title")), rx.el.p(t(f"front.how.{step}")))
                        for step in ("sign_in", "choose", "served")
                    ],
                    class_name="how",
                ),
            ),
            rx.el.nav(
                rx.el.h2(t("front.useful_links")),
                rx.el.ul(
                    *[
                        rx.el.li(rx.el.a(t(f"layout.{name}"), href=localized(f"/{name}", t.language)))
                        for name in USEFUL_LINKS
                    ]
                ),
                class_name="useful",
                aria_label=t("front.useful_links"),
            ),
            class_name="two",
        ),
    )


def text_page(t: Texts, name: str, settings: Settings) -> rx.Component:
    """One of the written pages."""
    title, html = page_texts(name, t.language, **page_facts(settings, t.language))
    return page(t, f"/{name}", wrap(rx.el.h1(title), rx.el.div(rx.html(html), class_name="prose"), class_name="plain"))


def sign_in(t: Texts) -> rx.Component:
    """The sign-in of citizens."""
    return sign_in_page(
        t,
        sign_in_path("el"),
        SignInState,
        title=t("sign_in.title"),
        lede=t("sign_in.lede"),
        button=t("layout.sign_in"),
        action=f"{AUTH}/sign-in",
        note=t("sign_in.privacy"),
    )


def municipalities(t: Texts) -> rx.Component:
    """Which municipalities take bookings here."""
    s = MunicipalitiesState
    return page(
        t,
        "/municipalities",
        wrap(
            rx.el.h1(t("municipalities.title")),
            rx.el.p(t("municipalities.lede"), class_name="lede"),
            page_feedback(t, s),
            rx.el.h2(t("municipalities.joined"), class_name="govgr-heading-m"),
            rx.cond(
                s.is_loaded,
                rx.cond(
                    s.joined.length() > 0,
                    rx.el.ul(rx.foreach(s.joined, lambda line: _municipality_line(t, line)), class_name="govgr-list"),
                    rx.el.p(t("municipalities.none_joined"), class_name="govgr-body"),
                ),
                skeleton(t, "2rem", "2rem", "2rem"),
            ),
            rx.el.h2(t("municipalities.find"), class_name="govgr-heading-m"),
            municipality_picker(t),
            class_name="plain",
        ),
    )


def _municipality_line(t: Texts, line: MunicipalityLine) -> rx.Component:
    name = rx.el.a(line.name, href=line.href, class_name="govgr-link")
    return rx.el.li(name, " · ", t("picker.unit"), " ", line.unit)


def municipality(t: Texts) -> rx.Component:
    """A municipality: its services, modes, hours and first free times."""
    s = MunicipalityPageState
    return page(
        t,
        "/",
        wrap(
            rx.cond(
                s.is_loaded,
                rx.fragment(
                    rx.el.h1(s.name),
                    rx.el.p(t("picker.unit"), " ", s.unit, class_name="lede"),
                    rx.cond(
                        s.is_preview, rx.el.p(t("preview.banner"), class_name="notice", role="status"), rx.fragment()
                    ),
                    rx.cond(
                        s.has_joined | s.is_preview,
                        rx.fragment(
                            rx.cond(s.services.length() > 0, _services(t), _no_booking(t, "municipality.no_services")),
                            _contact(t),
                        ),
                        _no_booking(t, "municipality.not_joined"),
                    ),
                ),
                rx.fragment(
                    rx.el.h1(t("municipality.title")),
                    page_feedback(t, s),
                    rx.cond(
                        s.problem != "",
                        rx.el.div(municipality_picker(t)),
                        skeleton(t, "3rem", "9rem", "9rem"),
                    ),
                ),
            ),
            class_name="plain",
        ),
    )


def _services(t: Texts) -> rx.Component:
    s = MunicipalityPageState

    def service(one: OfferedLine) -> rx.Component:
        return rx.el.li(
            rx.cond(one.starts_department, rx.el.h2(one.department, class_name="offer__head"), rx.fragment()),
            rx.el.div(
                rx.el.h3(one.name),
                rx.el.dl(
                    _fact(t("municipality.modes"), one.modes),
                    _fact(t("municipality.duration"), one.duration),
                    _fact(t("municipality.hours"), one.hours),
                    _fact(t("municipality.first_free"), one.first_free),
                    class_name="facts",
                ),
                rx.cond(s.is_preview, rx.fragment(), _book(t, one)),
                class_name="offer",
            ),
        )

    return rx.el.ul(rx.foreach(s.services, service), class_name="offers")


def _book(t: Texts, one: OfferedLine) -> rx.Component:
    return rx.el.a(
        t("municipality.book"),
        " ",
        rx.el.span(one.name, class_name="govgr-visually-hidden"),
        href=one.href,
        class_name=rx.cond(
            MunicipalityPageState.services.length() == 1,
            "govgr-btn govgr-btn-primary",
            "govgr-btn govgr-btn-secondary",
        ),
    )


def _contact(t: Texts) -> rx.Component:
    s = MunicipalityPageState
    facts = rx.el.dl(
        _fact(t("municipality.address"), s.address),
        # Not pages of ours: other programs open them.
        _fact(t("municipality.phone"), s.phone, rx.el.A.create(s.phone, href=s.phone_href, class_name="govgr-link")),
        _fact(
            t("municipality.email"),
            s.email,
            rx.el.A.create(s.email, href=f"mailto:{s.email}", class_name="govgr-link"),
        ),
        class_name="facts",
    )
    nothing = rx.el.p(t("municipality.no_contact"), class_name="govgr-body")
    return rx.fragment(
        rx.el.h2(t("municipality.contact"), class_name="govgr-heading-m"),
        rx.cond((s.address != "") | (s.phone != "") | (s.email != ""), facts, nothing),
    )


def _no_booking(t: Texts, reason: str) -> rx.Component:
    """Why nothing can be booked, and what one can do instead."""
    return rx.el.div(
        rx.el.p(t(reason), class_name="govgr-body"),
        rx.el.p(t("municipality.not_joined_what"), class_name="govgr-body"),
        rx.el.p(
            rx.el.a(t("layout.municipalities"), href=localized("/municipalities", t.language), class_name="govgr-link")
        ),
        class_name="notice",
    )


def not_found(t: Texts, other: Texts) -> rx.Component:
    """An address that leads nowhere, and tells no language: both stand here."""
    return page(
        t,
        "/",
        wrap(
            rx.el.h1(t("not_found.title")),
            *_not_found_text(t),
            rx.el.section(
                rx.el.h2(other("not_found.title"), class_name="govgr-heading-m"),
                *_not_found_text(other),
                lang=other.language,
            ),
            class_name="plain",
        ),
    )


def _not_found_text(t: Texts) -> tuple[rx.Component, ...]:
    return (
        rx.el.p(t("not_found.text"), class_name="govgr-body"),
        rx.el.p(rx.el.a(t("not_found.front"), href=localized("/", t.language), class_name="govgr-link")),
    )


def _fact(label: str, value: rx.Var, shown: rx.Component | None = None) -> rx.Component:
    return rx.cond(value != "", rx.el.div(rx.el.dt(label), rx.el.dd(shown or value)), rx.fragment())
