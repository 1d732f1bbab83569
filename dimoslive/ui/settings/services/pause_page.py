"""A service takes no new bookings for a while."""

import reflex as rx

from dimoslive.domain.settings.service import MAX_MESSAGE_LENGTH
from dimoslive.i18n import Texts
from dimoslive.ui.settings.fields import group, row, text_field, text_pair
from dimoslive.ui.settings.form import settings_form
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.services.list_page import PATH
from dimoslive.ui.settings.services.pause_state import ServicePauseState


def service_pause(t: Texts) -> rx.Component:
    """What citizens read, until when, and what stays."""
    s = ServicePauseState
    return settings_page(
        t,
        s,
        head(t, s.title, lead=s.stays, back=(t("settings.nav.services"), PATH)),
        settings_form(
            t,
            s,
            group(
                t("services.group.pause"),
                text_pair(
                    t,
                    s,
                    "pause_message",
                    t("services.field.pause_message_el"),
                    max_length=MAX_MESSAGE_LENGTH,
                    lines=3,
                    is_suggested=False,
                    hits=t("services.hits.pause_message"),
                ),
                row(
                    text_field(t, s, "reopens_on", t("services.field.reopens_on"), max_length=20, type="date"),
                    hits=t("services.hits.reopens_on"),
                ),
            ),
            on_submit=s.submit,
            cancel=PATH,
            keep_as=s.keep_as,
            submit=t("services.pause"),
        ),
        current="services",
    )
