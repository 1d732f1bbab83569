"""The pause: what citizens read, until when, and the way out of it."""

import reflex as rx

from dimoslive.domain.settings.municipality import MAX_MESSAGE_LENGTH
from dimoslive.i18n import Texts
from dimoslive.ui.settings.fields import row, text_field, text_pair
from dimoslive.ui.settings.municipality.state import MunicipalityState
from dimoslive.ui.shared.components.field import error_summary
from dimoslive.ui.shared.components.scripts import press_button


def pause(t: Texts) -> rx.Component:
    """«Παύση» and «Άνοιγμα ξανά»."""
    s = MunicipalityState
    form = rx.el.form(
        error_summary(t, s.pause_problems),
        text_pair(
            t,
            s,
            "message",
            t("municipality.field.message_el"),
            max_length=MAX_MESSAGE_LENGTH,
            is_suggested=False,
            lines=3,
            hits=t("municipality.hits.message"),
        ),
        row(
            text_field(t, s, "until_day", t("municipality.field.until_day"), max_length=20, type="date"),
            text_field(
                t, s, "until_time", t("municipality.field.until_time"), max_length=5, is_short=True,
                auto_complete="off",
            ),
            hits=t("municipality.hits.until"),
        ),
        press_button(
            t,
            rx.cond(s.is_paused, t("municipality.pause_change"), t("municipality.pause_begin")),
            ack_count=s.ack_count,
            type="submit",
            class_name=rx.cond(s.is_paused, "press is-due", "press is-due is-stop"),
        ),
        on_submit=s.pause,
        key=s.pause_version.to(str),
        no_validate=True,
    )  # fmt: skip
    return rx.el.section(
        rx.el.h2(t("municipality.pause"), id="pause-title"),
        rx.el.p(t("municipality.pause_lead"), " ", s.stays),
        rx.cond(
            s.is_paused,
            rx.el.p(
                press_button(t, t("municipality.reopen"), ack_count=s.ack_count, on_click=s.reopen, class_name="btn")
            ),
            rx.fragment(),
        ),
        form,
        aria_labelledby="pause-title",
        class_name="more-acts is-block",
    )
