"""«Ενσωμάτωση»."""

import reflex as rx

from dimoslive.domain.settings.origins import MAX_ORIGIN_LENGTH, MAX_ORIGINS
from dimoslive.i18n import Texts
from dimoslive.ui.settings.embedding.maker import maker, policy, preview
from dimoslive.ui.settings.embedding.state import EmbeddingState
from dimoslive.ui.settings.embedding.view_models import OriginView
from dimoslive.ui.settings.fields import text_field
from dimoslive.ui.settings.form import ask_first, history, said
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.lists import cell, list_table
from dimoslive.ui.shared.components.scripts import press_button

PATH = "/admin/embed"


def embedding(t: Texts) -> rx.Component:
    """Who may, who tried, what to paste, how it looks, and what a strict host must let in."""
    s = EmbeddingState
    return settings_page(
        t,
        s,
        head(t, t("settings.nav.embedding"), lead=t("embedding.lead")),
        said(t, s),
        _origins(t),
        rx.cond(s.refused.length() > 0, _refused(t), rx.fragment()),
        maker(t),
        preview(t),
        policy(t),
        history(t, s),
        rx.cond(s.to_remove.origin != "", _question(t), rx.fragment()),
        current="embedding",
        styles=("town", "embedding"),
    )


def _origins(t: Texts) -> rx.Component:
    s = EmbeddingState

    def line(one: rx.Var[OriginView]) -> rx.Component:
        return rx.el.tr(
            rx.el.th(rx.el.code(one.origin), scope="row"),
            cell(t("embedding.last_seen"), one.seen),
            cell(
                t("embedding.acts"),
                rx.el.button(
                    t("embedding.remove"),
                    rx.el.span(" ", one.origin, class_name="govgr-visually-hidden"),
                    type="button",
                    on_click=s.ask(one.origin),
                    class_name="press",
                ),
            ),
            key=one.origin,
        )

    heads = [t("embedding.site"), t("embedding.last_seen"), t("embedding.acts")]
    return rx.el.section(
        rx.el.h2(t("embedding.origins"), id="origins-title"),
        rx.el.p(t("embedding.origins_lead"), class_name="soft"),
        rx.cond(
            s.listed.length() > 0,
            list_table(t("embedding.origins"), heads, rx.foreach(s.listed, line)),
            rx.el.p(t("embedding.no_origins")),
        ),
        _add_form(t),
        aria_labelledby="origins-title",
        class_name="embedding__part is-first",
    )


def _add_form(t: Texts) -> rx.Component:
    s = EmbeddingState
    return rx.el.form(
        rx.el.div(
            text_field(
                t,
                s,
                "origin",
                t("embedding.field.origin"),
                hint=t("embedding.hint.origin", most=MAX_ORIGINS),
                max_length=MAX_ORIGIN_LENGTH,
                spell_check=False,
                auto_complete="off",
                auto_capitalize="none",
            ),
            press_button(t, t("settings.add"), ack_count=s.ack_count, type="submit", class_name="btn"),
            class_name="embedding__add",
        ),
        rx.cond(
            s.meant != "",
            rx.el.p(
                t("embedding.meant"),
                " ",
                rx.el.button(
                    t("embedding.add_this", origin=""),
                    rx.el.code(s.meant),
                    type="button",
                    on_click=s.add_site(s.meant),
                    class_name="press",
                ),
                role="status",
                class_name="embedding__meant",
            ),
            rx.fragment(),
        ),
        on_submit=s.add,
        key=s.form_version.to(str),
        no_validate=True,
    )


def _refused(t: Texts) -> rx.Component:
    s = EmbeddingState

    def line(one: rx.Var[OriginView]) -> rx.Component:
        return rx.el.li(
            rx.el.span(rx.el.code(one.origin), " ", one.seen),
            rx.el.button(
                t("settings.add"),
                rx.el.span(" ", one.origin, class_name="govgr-visually-hidden"),
                type="button",
                on_click=s.add_site(one.origin),
                class_name="press",
            ),
            key=one.origin,
        )

    return rx.el.section(
        rx.el.h2(t("embedding.refused"), id="refused-title"),
        rx.el.p(t("embedding.refused_lead"), class_name="soft"),
        rx.el.ul(rx.foreach(s.refused, line), class_name="embedding__tried"),
        aria_labelledby="refused-title",
        class_name="embedding__part",
    )


def _question(t: Texts) -> rx.Component:
    s = EmbeddingState
    return ask_first(
        t,
        s,
        t("embedding.ask.remove"),
        rx.fragment(
            rx.el.p(rx.el.code(s.to_remove.origin)),
            rx.el.p(t("embedding.ask.remove_text")),
            rx.el.p(t("embedding.last_seen"), ": ", s.to_remove.seen, "."),
        ),
        yes=t("embedding.remove"),
        on_yes=s.remove,
        on_leave=s.ask(""),
    )
