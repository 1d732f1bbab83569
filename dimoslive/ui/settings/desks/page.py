"""One desk."""

import reflex as rx

from dimoslive.domain.settings.desk import MAX_NAME_LENGTH, MAX_PLACE_LENGTH
from dimoslive.i18n import Texts
from dimoslive.ui.settings.acts import act_questions, blockers, more_acts
from dimoslive.ui.settings.desks.list_page import PATH
from dimoslive.ui.settings.desks.state import DeskFormState
from dimoslive.ui.settings.fields import (
    choices_field,
    group,
    number_field,
    row,
    select_field,
    text_pair,
    tick_list,
)
from dimoslive.ui.settings.form import history, settings_form
from dimoslive.ui.settings.frame import head, settings_page


def desk_form(t: Texts) -> rx.Component:
    """The form of one that is there, or of a new one."""
    s = DeskFormState
    return settings_page(
        t,
        s,
        head(
            t,
            s.title,
            back=(t("settings.nav.desks"), PATH),
            action=rx.cond(s.is_active, rx.fragment(), rx.el.span(t("services.remark.archived"), class_name="remark")),
        ),
        blockers(t, s.blockers, "services"),
        settings_form(t, s, _name_and_place(t), _officials(t), on_submit=s.submit, cancel=PATH, keep_as=s.keep_as),
        rx.cond(~s.is_new, more_acts(t, s), rx.fragment()),
        history(t, s),
        act_questions(t, s, "desks"),
        current="desks",
    )


def _name_and_place(t: Texts) -> rx.Component:
    s = DeskFormState
    return group(
        t("desks.group.name"),
        row(select_field(t, s, "department_id", _label(t, "department_id"), s.departments)),
        text_pair(
            t,
            s,
            "name",
            _label(t, "name_el"),
            max_length=MAX_NAME_LENGTH,
            hits=t("desks.hits.name"),
            hits_en=t("settings.until_touched"),
        ),
        text_pair(
            t,
            s,
            "place",
            _label(t, "place_el"),
            max_length=MAX_PLACE_LENGTH,
            is_suggested=False,
            hits=t("desks.hits.place"),
        ),
        row(number_field(t, s, "position", _label(t, "position")), hits=t("desks.hits.position")),
    )


def _officials(t: Texts) -> rx.Component:
    s = DeskFormState
    return group(
        t("desks.group.officials"),
        row(
            choices_field(
                t,
                s,
                "official_ids",
                _label(t, "official_ids"),
                rx.cond(
                    s.officials.length() > 0,
                    tick_list(s, "official_ids", s.officials, lang="el"),
                    rx.el.p(t("desks.no_officials"), class_name="hint"),
                ),
                is_column=True,
            ),
            hits=t("desks.hits.officials"),
        ),
        row(
            select_field(t, s, "usual_official_id", _label(t, "usual_official_id"), s.usual_officials, lang="el"),
            hits=t("desks.hits.usual"),
        ),
    )


def _label(t: Texts, name: str) -> str:
    return t(f"desks.field.{name}")
