"""One department."""

import reflex as rx

from dimoslive.domain.settings.department import MAX_ADDRESS_LENGTH, MAX_NAME_LENGTH
from dimoslive.i18n import Texts
from dimoslive.ui.settings.departments.list_page import PATH
from dimoslive.ui.settings.departments.state import Blocker, DepartmentState
from dimoslive.ui.settings.entries import has_entry
from dimoslive.ui.settings.fields import group, number_field, row, text_field, text_pair
from dimoslive.ui.settings.form import ask_first, history, settings_form
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.shared.components.scripts import press_button
from dimoslive.ui.staff.frame import thing_href


def department(t: Texts) -> rx.Component:
    """The form of one that is there, or of a new one."""
    s = DepartmentState
    return settings_page(
        t,
        s,
        head(
            t,
            s.title,
            back=(t("settings.nav.departments"), PATH),
            action=rx.cond(s.is_active, rx.fragment(), rx.el.span(t("settings.archived"), class_name="remark")),
        ),
        _blockers(t),
        settings_form(t, s, *_fields(t), on_submit=s.submit, cancel=PATH, keep_as=s.keep_as),
        rx.cond(s.can_manage & ~s.is_new, _more(t), rx.fragment()),
        history(t, s),
        _dialogs(t),
        current="departments",
    )


def _fields(t: Texts) -> list[rx.Component]:
    s = DepartmentState

    def words(name: str) -> str:
        return t(f"departments.field.{name}")

    return [
        group(
            t("departments.group.name"),
            text_pair(
                t,
                s,
                "name",
                words("name_el"),
                max_length=MAX_NAME_LENGTH,
                hits=t("departments.hits.name"),
                hits_en=t("settings.until_touched"),
            ),
            rx.cond(
                s.can_manage,
                row(number_field(t, s, "position", words("position")), hits=t("departments.hits.position")),
                rx.fragment(),
            ),
        ),
        group(
            t("departments.group.place"),
            text_pair(
                t,
                s,
                "address",
                words("address_el"),
                max_length=MAX_ADDRESS_LENGTH,
                is_suggested=False,
                hint=t("departments.hint.address"),
                hits=t("departments.hits.address"),
            ),
            row(text_field(t, s, "phone", words("phone"), max_length=40, type="tel", auto_complete="off")),
            row(text_field(t, s, "email", words("email"), max_length=254, type="email", auto_complete="off")),
        ),
    ]


def _more(t: Texts) -> rx.Component:
    s = DepartmentState
    return rx.el.div(
        rx.cond(
            s.is_active,
            rx.el.button(t("settings.archive"), type="button", on_click=s.ask("archive"), class_name="press is-due"),
            press_button(
                t, t("settings.restore"), ack_count=s.ack_count, on_click=s.restore, class_name="press is-due"
            ),
        ),
        rx.cond(
            s.can_delete,
            rx.el.button(
                t("settings.delete"), type="button", on_click=s.ask("delete"), class_name="press is-due is-stop"
            ),
            rx.fragment(),
        ),
        class_name="more-acts",
    )


def _dialogs(t: Texts) -> rx.Component:
    s = DepartmentState
    leave = s.ask("")
    return rx.fragment(
        rx.cond(
            s.dialog == "archive",
            ask_first(
                t, s, t("departments.ask.archive"), t("departments.ask.archive_text"),
                yes=t("settings.archive"), on_yes=s.archive, on_leave=leave,
            ),
            rx.fragment(),
        ),
        rx.cond(
            s.dialog == "delete",
            ask_first(
                t, s, t("departments.ask.delete"), t("departments.ask.delete_text"),
                yes=t("settings.delete"), on_yes=s.delete, on_leave=leave,
            ),
            rx.fragment(),
        ),
    )  # fmt: skip


def _blockers(t: Texts) -> rx.Component:
    """The services because of which it cannot be archived, each a way to it."""
    return rx.cond(
        DepartmentState.blockers.length() > 0,
        rx.el.ul(rx.foreach(DepartmentState.blockers, lambda one: _blocker(t, one)), class_name="merged"),
        rx.fragment(),
    )


def _blocker(t: Texts, one: rx.Var[Blocker]) -> rx.Component:
    if not has_entry("services"):
        return rx.el.li(one.name)
    return rx.el.li(rx.el.a(one.name, href=thing_href("/admin/services", one.thing, t.language)))
