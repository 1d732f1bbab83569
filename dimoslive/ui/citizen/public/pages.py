"""Pages that need no sign-in: front, sign-in, municipality, list of municipalities, and the texts."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.settings import Settings
from dimoslive.ui.citizen.public.facts import page_facts
from dimoslive.ui.citizen.public.markdown import page_texts
from dimoslive.ui.citizen.public.state import (
    DataProtectionState,
    MunicipalitiesState,
    MunicipalityPageState,
    SignInState,
)
from dimoslive.ui.citizen.public.view_models import MunicipalityLine, OfferedLine
from dimoslive.ui.citizen.town import crest, pause_notice
from dimoslive.ui.shared.components.feedback import page_feedback, skeleton
from dimoslive.ui.shared.components.scripts import marked, municipality_picker
from dimoslive.ui.shared.components.sign_in_page import sign_in_page
from dimoslive.ui.shared.layout import page, wrap
from dimoslive.urls import AUTH, localized, my_bookings_path, public_figures_path, sign_in_path

PUBLIC_TEXTS = ("about", "faq", "contact", "privacy", "terms", "accessibility", "advice")
"""The written pages."""
PRIVACY = "privacy"
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
                    ],
                    # Not a page of the router's.
                    rx.el.li(rx.el.A.create(t("layout.figures"), href=public_figures_path(t.language))),
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
    more = _data_protection_contacts(t) if name == PRIVACY else rx.fragment()
    prose = rx.el.div(rx.html(html), class_name="prose")
    return page(t, f"/{name}", wrap(rx.el.h1(title), prose, more, class_name="plain"))


def _data_protection_contacts(t: Texts) -> rx.Component:
    """Whom to ask at each municipality: only those that name somebody are here."""
    s = DataProtectionState
    return rx.cond(
        s.contacts.length() > 0,
        rx.el.section(
            rx.el.h2(t("town.data_protection"), id="data-protection", class_name="govgr-heading-m"),
            rx.el.dl(
                rx.foreach(
                    s.contacts,
                    lambda one: rx.el.div(
                        rx.el.dt(rx.el.a(one.name, href=one.href, class_name="govgr-link")),
                        rx.el.dd(marked(t, one.contact)),
                    ),
                ),
                class_name="facts",
            ),
            aria_labelledby="data-protection",
        ),
        rx.fragment(),
    )


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
                    rx.el.div(crest(s.town), rx.el.h1(s.name), class_name="town is-title"),
                    rx.el.p(t("picker.unit"), " ", s.unit, class_name="lede"),
                    rx.cond(
                        s.is_preview, rx.el.p(t("preview.banner"), class_name="notice", role="status"), rx.fragment()
                    ),
                    rx.cond(
                        s.has_joined | s.is_preview,
                        rx.fragment(
                            pause_notice(t, s.town.pause, s.town.pause_until),
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
        accent=s.town.accent,
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
                rx.cond(
                    one.pause != "",
                    pause_notice(t, one.pause, one.pause_until),
                    rx.cond(s.is_preview | (s.town.pause != ""), rx.fragment(), _book(t, one)),
                ),
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
    town = MunicipalityPageState.town
    facts = rx.el.dl(
        _fact(t("municipality.address"), town.address, marked(t, town.address)),
        # Not pages of ours: other programs open them.
        _fact(t("municipality.phone"), town.phone, _link(town.phone, town.phone_href)),
        _fact(t("municipality.email"), town.email, _link(town.email, f"mailto:{town.email}")),
        _fact(t("town.website"), town.website, _link(town.website, town.website)),
        _fact(t("town.data_protection_officer"), town.data_protection, marked(t, town.data_protection)),
        class_name="facts",
    )
    nothing = rx.el.p(t("municipality.no_contact"), class_name="govgr-body")
    return rx.fragment(
        rx.el.h2(t("municipality.contact"), class_name="govgr-heading-m"),
        rx.cond((town.address != "") | (town.phone != "") | (town.email != "") | (town.website != ""), facts, nothing),
    )


def _link(text: rx.Var, href: rx.Var | str) -> rx.Component:
    return rx.el.A.create(text, href=href, class_name="govgr-link", rel="noopener")


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


def _fact(label: str, value: rx.Var, shown: rx.Component | rx.Var | None = None) -> rx.Component:
    return rx.cond(value != "", rx.el.div(rx.el.dt(label), rx.el.dd(value if shown is None else shown)), rx.fragment())
