"""One key."""

import reflex as rx

from dimoslive.domain.keys.lifetime import USUAL_OVERLAP
from dimoslive.domain.keys.networks import MAX_NETWORKS, MAX_NETWORKS_LENGTH
from dimoslive.domain.people.principals import Scope
from dimoslive.domain.settings.key import MAX_NAME_LENGTH, field_of
from dimoslive.i18n import Texts
from dimoslive.ui.settings.fields import check_field, choices_field, group, row, text_field
from dimoslive.ui.settings.form import ask_first, history, said, settings_form
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.keys.list_page import PATH
from dimoslive.ui.settings.keys.state import OVERLAPS, SECRET, KeyState
from dimoslive.ui.settings.keys.view_models import scope_word
from dimoslive.ui.shared.components.copy_text import copy_text
from dimoslive.ui.shared.components.scripts import marked, modal, press_button
from dimoslive.ui.staff.frame import staff_href


def key(t: Texts) -> rx.Component:
    """The form of one that is there, or of a new one; the secret in its place, while it is shown."""
    s = KeyState
    return settings_page(
        t,
        s,
        head(t, marked(t, s.title), back=(t("settings.nav.keys"), PATH)),
        rx.cond(s.secret != "", _secret(t), rx.fragment()),
        # Hidden and still there: it forgets what was typed once that is saved.
        rx.el.div(
            rx.cond(s.ended != "", rx.el.p(s.ended, class_name="warn"), rx.fragment()),
            rx.cond(s.is_new, rx.fragment(), _facts()),
            rx.cond(s.is_active, _form(t), said(t, s)),
            rx.cond(s.is_active & ~s.is_new, _acts(t), rx.fragment()),
            history(t, s),
            hidden=s.secret != "",
        ),
        rx.cond(s.dialog == "rotate", _ask_rotate(t), rx.fragment()),
        rx.cond(s.dialog == "revoke", _ask_revoke(t), rx.fragment()),
        current="keys",
    )


def _secret(t: Texts) -> rx.Component:
    s = KeyState
    return rx.el.section(
        rx.el.h2(t("keys.secret.title"), id=SECRET, tab_index=-1),
        rx.el.p(t("keys.secret.text")),
        copy_text(t, "secret-to-copy", t("keys.secret.label"), s.secret),
        rx.cond(
            s.is_new,
            rx.el.p(rx.el.a(t("keys.secret.done"), href=staff_href(PATH, t.language))),
            rx.el.p(
                press_button(t, t("keys.secret.done"), ack_count=s.ack_count, on_click=s.put_away, class_name="aslink")
            ),
        ),
        aria_labelledby=SECRET,
        class_name="shown-once",
    )


def _facts() -> rx.Component:
    return rx.el.dl(
        rx.foreach(KeyState.facts, lambda fact: rx.el.div(rx.el.dt(fact[0]), rx.el.dd(fact[1]))),
        class_name="key-facts",
    )


def _form(t: Texts) -> rx.Component:
    s = KeyState

    def form(submit: str) -> rx.Component:
        return settings_form(t, s, *_fields(t), on_submit=s.submit, cancel=PATH, keep_as=s.keep_as, submit=submit)

    return rx.cond(s.is_new, form(t("keys.make")), form(""))


def _fields(t: Texts) -> list[rx.Component]:
    s = KeyState

    def words(name: str) -> str:
        return t(f"keys.field.{name}")

    ticks = [check_field(s, field_of(scope), scope_word(scope, t)) for scope in Scope]
    return [
        group(
            t("keys.group.what"),
            row(
                text_field(t, s, "name", words("name"), hint=t("keys.hint.name"), max_length=MAX_NAME_LENGTH),
            ),
            row(
                choices_field(t, s, "scopes", words("scopes"), *ticks, is_column=True),
                hits=t("keys.hits.scopes"),
            ),
        ),
        group(
            t("keys.group.where"),
            row(
                text_field(
                    t, s, "networks", words("networks"), hint=t("keys.hint.networks", most=MAX_NETWORKS), lines=3,
                    max_length=MAX_NETWORKS_LENGTH,
                ),
                hits=t("keys.hits.networks"),
            ),
            row(
                text_field(t, s, "last_day", words("last_day"), max_length=20, type="date"),
                hits=t("keys.hits.last_day"),
            ),
        ),
    ]  # fmt: skip


def _acts(t: Texts) -> rx.Component:
    s = KeyState
    return rx.el.div(
        rx.el.button(t("keys.rotate"), type="button", on_click=s.ask("rotate"), class_name="press is-due"),
        rx.el.button(t("keys.revoke"), type="button", on_click=s.ask("revoke"), class_name="press is-due is-stop"),
        class_name="more-acts",
    )


def _ask_rotate(t: Texts) -> rx.Component:
    s = KeyState
    return modal(
        rx.el.h2(t("keys.ask.rotate"), id="rotate-title", tab_index=-1),
        rx.el.p(t("keys.ask.rotate_text")),
        rx.el.form(
            rx.el.div(
                rx.el.label(t("keys.field.overlap"), html_for="overlap"),
                rx.el.select(
                    *[rx.el.option(_overlap(days, t), value=str(days)) for days in OVERLAPS],
                    id="overlap",
                    name="overlap",
                    default_value=str(USUAL_OVERLAP.days),
                    class_name="input",
                ),
                class_name="field",
            ),
            rx.el.div(
                press_button(t, t("keys.rotate"), ack_count=s.ack_count, type="submit", class_name="btn"),
                rx.el.button(t("settings.cancel"), type="button", on_click=s.ask(""), class_name="aslink"),
                class_name="dialog__acts",
            ),
            on_submit=s.rotate,
        ),
        labelled_by="rotate-title",
        on_leave=s.ask(""),
    )


def _overlap(days: int, t: Texts) -> str:
    return t.count("keys.overlap", days) if days else t("keys.overlap_none")


def _ask_revoke(t: Texts) -> rx.Component:
    s = KeyState
    return ask_first(
        t,
        s,
        t("keys.ask.revoke"),
        t("keys.ask.revoke_text"),
        yes=t("keys.revoke"),
        on_yes=s.revoke,
        on_leave=s.ask(""),
    )
