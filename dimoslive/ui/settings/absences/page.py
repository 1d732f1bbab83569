"""One absence."""

import reflex as rx

from dimoslive.domain.settings.away import MAX_NOTE_LENGTH
from dimoslive.i18n import Texts
from dimoslive.ui.settings.absences.list_page import PATH
from dimoslive.ui.settings.absences.own_state import OwnAbsenceState
from dimoslive.ui.settings.absences.state import AbsenceState
from dimoslive.ui.settings.fields import group, row, text_field
from dimoslive.ui.settings.form import history, settings_form
from dimoslive.ui.settings.frame import head, settings_page
from dimoslive.ui.settings.plan.away_fields import when_group
from dimoslive.ui.staff.parts import Choice


def absence(t: Texts) -> rx.Component:
    """The form of one that is there, or of a new one."""
    s = AbsenceState
    return settings_page(
        t,
        s,
        head(t, s.title, back=(t("settings.nav.absences"), PATH)),
        settings_form(
            t,
            s,
            desks_field(t, s),
            when_group(t, s, "absences"),
            group(
                t("absences.group.note"),
                row(
                    text_field(
                        t,
                        s,
                        "note",
                        t("absences.field.note"),
                        hint=t("absences.hint.note"),
                        max_length=MAX_NOTE_LENGTH,
                    ),
                    hits=t("absences.hits.note"),
                ),
            ),
            on_submit=s.submit,
            cancel=PATH,
            keep_as=s.keep_as,
            submit=t("settings.see_changes"),
            note=t("plan.nothing_yet"),
        ),
        history(t, s),
        current="absences",
        styles=("plans",),
    )


def desks_field(t: Texts, s: type[AbsenceState] | type[OwnAbsenceState]) -> rx.Component:
    """A tick for each desk."""
    return rx.el.fieldset(
        rx.el.legend(t("absences.field.desks")),
        rx.el.div(
            rx.cond(
                s.errors["desks"],
                rx.el.p(
                    rx.el.span(t("field.error"), class_name="govgr-visually-hidden"),
                    s.errors["desks"],
                    class_name="wrong",
                ),
            ),
            rx.el.div(rx.foreach(s.desks, lambda desk: _desk(s, desk)), class_name="ticks is-col"),
            id="desks",
            tab_index=-1,
            class_name="fgroup__fields",
        ),
        class_name="fgroup",
    )


def _desk(s: type[AbsenceState] | type[OwnAbsenceState], desk: rx.Var[Choice]) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", id=desk.value, name=desk.value, default_checked=s.values[desk.value] == "on"),
        rx.el.span(desk.text, custom_attrs={"data-name": ""}),
        class_name="tickbox",
    )
