"""«Ο δήμος»."""

import reflex as rx

from dimoslive.domain.desk.feeds import FeedPersons
from dimoslive.domain.settings.municipality import (
    MAX_ADDRESS_LENGTH,
    MAX_CONTACT_LENGTH,
    MAX_REASON_LENGTH,
    MAX_WEBSITE_LENGTH,
    READY_REASONS,
)
from dimoslive.i18n import Texts
from dimoslive.services.settings.municipality.save_municipality import CONFIRMS_ERASING
from dimoslive.ui.settings.fields import check_field, group, number_field, row, select_field, text_field, text_pair
from dimoslive.ui.settings.form import ask_first, history, settings_form
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.municipality.crest import crest
from dimoslive.ui.settings.municipality.pause import pause
from dimoslive.ui.settings.municipality.state import MunicipalityState
from dimoslive.ui.staff.parts import Choice
from dimoslive.ui.staff.state import StaffFrameState
from dimoslive.urls import municipality_path

PATH = "/admin/municipality"


def municipality(t: Texts) -> rx.Component:
    """One form for what is saved together; crest and pause, which take hold at once, stand below it."""
    s = MunicipalityState
    public = rx.Var.create(municipality_path("", t.language).rstrip("/") + "/").to(str) + StaffFrameState.slug
    return settings_page(
        t,
        s,
        head(
            t,
            t("settings.nav.municipality"),
            lead=t("municipality.lead"),
            action=rx.el.a(t("municipality.public_page"), href=public, class_name="press"),
        ),
        rx.cond(s.is_paused, rx.el.p(rx.el.b(s.pause_line), " ", s.stays, class_name="warn"), rx.fragment()),
        settings_form(
            t,
            s,
            *(_contact(t), _look(t), _rules(t), _reasons(t)),
            on_submit=s.submit,
            cancel="/admin",
            keep_as=s.keep_as,
        ),
        crest(t),
        pause(t),
        history(t, s),
        rx.cond(
            s.dialog == "crest",
            ask_first(
                t,
                s,
                t("municipality.ask.crest"),
                t("municipality.ask.crest_text"),
                yes=t("municipality.crest_remove"),
                on_yes=s.take_crest_away,
                on_leave=s.ask(""),
            ),
            rx.fragment(),
        ),
        current="municipality",
        styles=("town",),
    )


def _contact(t: Texts) -> rx.Component:
    s = MunicipalityState
    return group(
        t("municipality.group.contact"),
        text_pair(
            t,
            s,
            "address",
            t("municipality.field.address_el"),
            max_length=MAX_ADDRESS_LENGTH,
            is_suggested=False,
            hits=t("municipality.hits.contact"),
        ),
        row(
            text_field(t, s, "phone", t("municipality.field.phone"), max_length=40, type="tel", auto_complete="off"),
            hits=t("municipality.hits.phone"),
        ),
        row(
            text_field(t, s, "email", t("municipality.field.email"), max_length=254, type="email", auto_complete="off")
        ),
        row(
            text_field(
                t,
                s,
                "website",
                t("municipality.field.website"),
                hint=t("municipality.hint.website"),
                max_length=MAX_WEBSITE_LENGTH,
                type="url",
                auto_complete="off",
            )
        ),
        row(
            text_field(
                t,
                s,
                "data_protection_contact",
                t("municipality.field.data_protection_contact"),
                hint=t("municipality.hint.data_protection_contact"),
                max_length=MAX_CONTACT_LENGTH,
            ),
            hits=t("municipality.hits.data_protection_contact"),
        ),
    )


def _look(t: Texts) -> rx.Component:
    s = MunicipalityState
    nearest = rx.cond(
        s.nearest_color != "",
        rx.fragment(
            t("municipality.nearest_color"),
            " ",
            rx.el.span(class_name="swatch", style={"background": s.nearest_color}, aria_hidden="true"),
            rx.el.b(s.nearest_color),
        ),
        t("municipality.hits.accent_color"),
    )
    return group(
        t("municipality.group.look"),
        row(
            text_field(
                t,
                s,
                "accent_color",
                t("municipality.field.accent_color"),
                hint=t("municipality.hint.accent_color"),
                max_length=20,
                is_short=True,
                auto_complete="off",
                on_blur=s.try_color,
            ),
            hits=rx.el.span(nearest, role="status"),
        ),
    )


def _rules(t: Texts) -> rx.Component:
    s = MunicipalityState
    tick = rx.cond(
        (s.erasing != "") | s.errors.contains(CONFIRMS_ERASING),
        row(
            rx.el.div(
                rx.el.p(s.erasing, id="erasing", class_name="warn"),
                rx.cond(
                    s.errors[CONFIRMS_ERASING],
                    rx.el.p(s.errors[CONFIRMS_ERASING], class_name="wrong"),
                    rx.fragment(),
                ),
                # Another number is another question: a tick does not answer it.
                rx.el.div(check_field(s, CONFIRMS_ERASING, t("municipality.field.confirms_erasing")), key=s.erasing),
            )
        ),
        rx.fragment(),
    )
    return group(
        t("municipality.group.rules"),
        row(
            number_field(t, s, "max_open_bookings", t("municipality.field.max_open_bookings")),
            hits=t("municipality.hits.max_open_bookings"),
        ),
        row(
            text_field(
                t,
                s,
                "retention_days",
                t("municipality.field.retention_days"),
                hint=t("municipality.hint.retention_days"),
                unit=t("municipality.days"),
                max_length=9,
                is_short=True,
                input_mode="numeric",
                auto_complete="off",
                on_blur=s.weigh,
            ),
            hits=t("municipality.hits.retention_days"),
        ),
        rx.el.div(tick, aria_live="polite"),
        row(
            select_field(t, s, "video_provider", t("municipality.field.video_provider"), s.providers),
            hits=t("municipality.hits.video_provider"),
        ),
        row(
            select_field(t, s, "feed_persons", t("municipality.field.feed_persons"), _feed_persons(t)),
            hits=t("municipality.hits.feed_persons"),
        ),
    )


def _reasons(t: Texts) -> rx.Component:
    return group(
        t("municipality.group.reasons"),
        *[
            text_pair(
                t,
                MunicipalityState,
                f"reason_{number}",
                t(f"municipality.field.reason_{number}_el"),
                max_length=MAX_REASON_LENGTH,
                is_suggested=False,
                lines=2,
                hits=t("municipality.hits.reasons") if number == 1 else "",
            )
            for number in range(1, READY_REASONS + 1)
        ],
    )


def _feed_persons(t: Texts) -> list[Choice]:
    return [Choice(one.value, t(f"municipality.feed_persons.{one}")) for one in FeedPersons]
