"""What pages about one municipality show of it: crest, colour, contact, and that it takes no new bookings."""

import re
from dataclasses import dataclass

import reflex as rx

from dimoslive.domain.catalogue.look import USUAL_ACCENT_COLOR, MunicipalityLook
from dimoslive.domain.catalogue.pause import Pause
from dimoslive.domain.people.personal_data import shown_phone
from dimoslive.domain.scheduling.local_time import ATHENS
from dimoslive.i18n import Texts
from dimoslive.i18n.when import greek_time
from dimoslive.urls import crest_path, municipality_path


@dataclass(frozen=True)
class TownView:
    """Finished words. ``pause`` is empty while new bookings are taken."""

    name: str = ""
    href: str = ""
    crest: str = ""
    crest_alt: str = ""
    accent: str = USUAL_ACCENT_COLOR
    address: str = ""
    phone: str = ""
    phone_href: str = ""
    email: str = ""
    website: str = ""
    data_protection: str = ""
    pause: str = ""
    pause_until: str = ""


def show_town(look: MunicipalityLook, t: Texts) -> TownView:
    """A municipality in the page's language."""
    name = look.name[t.language]
    return TownView(
        name=name,
        href=municipality_path(look.slug, t.language),
        crest=crest_path(look.slug, look.crest) if look.crest else "",
        crest_alt=t("town.crest", name=name),
        accent=look.accent_color,
        address=look.address[t.language],
        phone=shown_phone(look.phone),
        phone_href="tel:" + re.sub(r"[^+\d]", "", look.phone) if look.phone else "",
        email=look.email,
        website=look.website,
        data_protection=look.data_protection_contact,
        pause=look.pause.message[t.language] if look.pause else "",
        pause_until=until_of(look.pause, t),
    )


def until_of(pause: Pause | None, t: Texts) -> str:
    """When a pause ends by itself, in words; empty where nobody knows."""
    return t("town.until", time=greek_time(pause.until, ATHENS, t)) if pause and pause.until else ""


def town_line(t: Texts, town: rx.Var[TownView]) -> rx.Component:
    """Above the steps of the wizard: whose they are, and how to reach them."""
    return rx.cond(
        town.name != "",
        rx.el.div(
            crest(town),
            rx.el.p(
                rx.el.b(town.name),
                rx.cond(
                    town.phone != "",
                    # Not a page of ours: another program opens it.
                    rx.el.span(" ", rx.el.A.create(town.phone, href=town.phone_href, class_name="govgr-link")),
                    rx.fragment(),
                ),
            ),
            role="group",
            aria_label=t("summary.municipality"),
            class_name="town",
        ),
        rx.fragment(),
    )


def crest(town: rx.Var[TownView]) -> rx.Component:
    """The picture, if there is one; it keeps its place while it loads."""
    return rx.cond(
        town.crest != "",
        rx.el.img(src=town.crest, alt=town.crest_alt, width="56", height="56", class_name="town__crest"),
        rx.fragment(),
    )


def pause_notice(t: Texts, message: rx.Var, until: rx.Var) -> rx.Component:
    """No new bookings for now; nothing where there is no message."""
    return rx.cond(
        message != "",
        rx.el.div(
            rx.el.p(rx.el.b(t("town.paused")), class_name="govgr-body"),
            rx.el.p(message, class_name="govgr-body town__message"),
            rx.cond(until != "", rx.el.p(until, class_name="govgr-body"), rx.fragment()),
            rx.el.p(t("town.booked_stays"), class_name="govgr-body"),
            class_name="notice",
        ),
        rx.fragment(),
    )
