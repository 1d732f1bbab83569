"""«Δηλώσεις»."""

import reflex as rx

from dimoslive.domain.booking.consents import DECLARATION_VERSION
from dimoslive.domain.settings.declaration import MAX_SUPPLEMENT_LENGTH
from dimoslive.i18n import Texts
from dimoslive.ui.settings.declarations.state import DeclarationsState, PlatformView, VersionView
from dimoslive.ui.settings.fields import group, text_pair
from dimoslive.ui.settings.form import ask_first, settings_form
from dimoslive.ui.settings.frame import head, settings_page

PATH = "/admin/declarations"


def declarations(t: Texts) -> rx.Component:
    """What is added, how it is published, the platform's own text, and every version there was."""
    s = DeclarationsState
    return settings_page(
        t,
        s,
        head(t, t("settings.nav.declarations"), lead=t("declarations.lead")),
        _to_be_published(t),
        settings_form(
            t,
            s,
            group(
                t("declarations.group.added"),
                text_pair(
                    t,
                    s,
                    "text",
                    t("declarations.field.text_el"),
                    max_length=MAX_SUPPLEMENT_LENGTH,
                    is_suggested=False,
                    lines=8,
                    hint=t("declarations.hint.text", most=MAX_SUPPLEMENT_LENGTH),
                    hits=t("declarations.hits.text"),
                ),
            ),
            on_submit=s.submit,
            cancel="/admin",
            keep_as=s.keep_as,
            submit=t("declarations.save"),
            note=t("declarations.not_yet"),
        ),
        _platform(t),
        _published(t),
        rx.cond(s.dialog == "publish", _question(t), rx.fragment()),
        current="declarations",
        styles=("town",),
    )


def _to_be_published(t: Texts) -> rx.Component:
    s = DeclarationsState
    return rx.cond(
        s.can_publish,
        rx.el.div(
            rx.el.p(t("declarations.written"), " ", rx.el.b(s.next_label)),
            rx.el.button(t("declarations.publish"), type="button", on_click=s.ask("publish"), class_name="btn"),
            class_name="warn",
        ),
        rx.fragment(),
    )


def _question(t: Texts) -> rx.Component:
    s = DeclarationsState
    own, other = f"text_{t.language}", "text_en" if t.language == "el" else "text_el"
    return ask_first(
        t,
        s,
        t("declarations.ask.publish"),
        rx.fragment(
            rx.el.p(t("declarations.ask.publish_text"), " ", rx.el.b(s.next_label)),
            rx.cond(
                s.values[own] != "",
                rx.el.div(
                    rx.el.p(s.values[own], class_name="declared__added"),
                    rx.el.p(s.values[other], lang=other.removeprefix("text_"), class_name="declared__added"),
                    class_name="declared",
                ),
                rx.el.p(t("declarations.nothing_added")),
            ),
        ),
        yes=t("declarations.publish"),
        on_yes=s.publish,
        on_leave=s.ask(""),
    )


def _platform(t: Texts) -> rx.Component:
    def one(view: rx.Var[PlatformView]) -> rx.Component:
        return rx.el.li(
            rx.el.details(
                rx.el.summary(rx.el.b(view.mode)),
                rx.el.div(rx.html(view.html), class_name="declared"),
            )
        )

    return rx.el.section(
        rx.el.h2(t("declarations.platform", version=DECLARATION_VERSION), id="platform-title"),
        rx.el.p(t("declarations.platform_lead"), class_name="soft"),
        rx.el.ul(rx.foreach(DeclarationsState.platform, one), class_name="versions"),
        aria_labelledby="platform-title",
        class_name="more-acts is-block",
    )


def _published(t: Texts) -> rx.Component:
    other = "en" if t.language == "el" else "el"

    def one(view: rx.Var[VersionView]) -> rx.Component:
        return rx.el.li(
            rx.el.details(
                rx.el.summary(
                    rx.el.b(view.label),
                    rx.el.span(view.at),
                    rx.cond(
                        view.is_current,
                        rx.el.span(t("declarations.current"), class_name="tag is-served"),
                        rx.fragment(),
                    ),
                ),
                rx.el.div(
                    rx.el.p(view.text, class_name="declared__added"),
                    rx.el.p(view.other, lang=other, class_name="declared__added"),
                    class_name="declared",
                ),
                rx.el.p(t("declarations.hash"), " ", rx.el.code(view.sha256)),
            )
        )

    return rx.el.section(
        rx.el.h2(t("declarations.versions"), id="versions-title"),
        rx.cond(
            DeclarationsState.versions.length() > 0,
            rx.el.ul(rx.foreach(DeclarationsState.versions, one), class_name="versions"),
            rx.el.p(t("declarations.none"), class_name="soft"),
        ),
        aria_labelledby="versions-title",
        class_name="more-acts is-block",
    )
