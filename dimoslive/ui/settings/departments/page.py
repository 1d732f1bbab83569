"""One department."""

import reflex as rx

from dimoslive.domain.settings.department import MAX_ADDRESS_LENGTH, MAX_NAME_LENGTH
from dimoslive.i18n import Texts
from dimoslive.ui.settings.acts import act_questions, blockers, more_acts
from dimoslive.ui.settings.departments.list_page import PATH
from dimoslive.ui.settings.departments.state import DepartmentState
from dimoslive.ui.settings.fields import group, number_field, row, text_field, text_pair
from dimoslive.ui.settings.form import history, settings_form
from dimoslive.ui.settings.frame import head, settings_page


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
        blockers(t, s.blockers, "services"),
        settings_form(t, s, *_fields(t), on_submit=s.submit, cancel=PATH, keep_as=s.keep_as),
        rx.cond(s.can_manage & ~s.is_new, more_acts(t, s), rx.fragment()),
        history(t, s),
        act_questions(t, s, "departments"),
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
