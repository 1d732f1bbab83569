"""The crest: sent with a form of its own, and shown as citizens see it."""

import reflex as rx

from dimoslive.domain.settings.crest import MAX_CREST_BYTES, MAX_CREST_SIDE, MIN_CREST_SIDE
from dimoslive.i18n import Texts
from dimoslive.ui.settings.municipality.state import MunicipalityState
from dimoslive.ui.shared.components.plain_form import plain_form
from dimoslive.ui.shared.components.scripts import file_field
from dimoslive.ui.staff.state import StaffFrameState
from dimoslive.urls import CREST_FILE

_KILOBYTES = MAX_CREST_BYTES // 1024


def crest(t: Texts) -> rx.Component:
    """The one there is, and the way to another."""
    s = MunicipalityState
    return rx.el.section(
        rx.el.h2(t("municipality.crest"), id="crest-title"),
        rx.cond(
            s.crest_href != "",
            rx.el.div(
                rx.el.img(src=s.crest_href, alt=t("municipality.crest_now"), class_name="crest"),
                rx.el.button(
                    t("municipality.crest_remove"),
                    type="button",
                    on_click=s.ask("crest"),
                    class_name="press is-due is-stop",
                ),
                class_name="trio",
            ),
            rx.el.p(t("municipality.crest_none"), class_name="soft"),
        ),
        plain_form(
            rx.el.input(type="hidden", name="m", value=StaffFrameState.slug, read_only=True),
            rx.el.input(type="hidden", name="language", value=t.language, read_only=True),
            rx.el.div(
                rx.el.label(t("municipality.crest_file"), html_for="crest"),
                rx.el.span(
                    t("municipality.crest_hint", kilobytes=_KILOBYTES, least=MIN_CREST_SIDE, most=MAX_CREST_SIDE),
                    id="crest-hint",
                    class_name="hint",
                ),
                rx.cond(
                    s.crest_problem != "",
                    rx.el.p(
                        rx.el.span(t("field.error"), class_name="govgr-visually-hidden"),
                        s.crest_problem,
                        id="crest-problem",
                        tab_index=-1,
                        class_name="wrong",
                    ),
                    rx.fragment(),
                ),
                file_field(
                    id="crest",
                    name="file",
                    accept="image/png,image/jpeg,image/webp",
                    max_bytes=MAX_CREST_BYTES,
                    too_large=t("error.image_too_large", kilobytes=_KILOBYTES),
                    described_by="crest-hint",
                ),
                class_name="field",
            ),
            rx.el.button(t("municipality.crest_send"), type="submit", class_name="btn"),
            action=CREST_FILE,
            method="post",
            has_file=True,
        ),
        aria_labelledby="crest-title",
        class_name="more-acts is-block",
    )
