"""«Θα λείψω», a page of the desk: no settings stand around it."""

import reflex as rx

from dimoslive.domain.settings.away import MAX_NOTE_LENGTH
from dimoslive.i18n import Texts
from dimoslive.ui.settings.absences.own_state import QUESTION, OwnAbsenceState, OwnAbsenceView
from dimoslive.ui.settings.absences.page import desks_field
from dimoslive.ui.settings.fields import group, row, text_field
from dimoslive.ui.settings.form import settings_form
from dimoslive.ui.settings.frame import TITLE
from dimoslive.ui.settings.lists import cell, empty, list_table
from dimoslive.ui.settings.plan.away_fields import when_group
from dimoslive.ui.shared.components.feedback import page_feedback, skeleton
from dimoslive.ui.shared.components.scripts import press_button
from dimoslive.ui.staff.frame import missing_page, staff_href, staff_page


def own_absence(t: Texts) -> rx.Component:
    """Those ahead, and the form of a new one or what it would do."""
    s = OwnAbsenceState
    shown = rx.cond(
        s.desks.length() > 0,
        rx.fragment(
            rx.cond(s.plan != "", _question(t), rx.fragment()),
            # It stays there: what is typed is found again by whoever discards, and forgotten once it is applied.
            rx.el.div(_form(t), hidden=s.plan != ""),
            _ahead(t),
        ),
        empty(t("own_absence.no_desk"), rx.el.a(t("staff.my_account"), href=staff_href("/desk/me", t.language))),
    )
    content = rx.fragment(
        rx.el.div(rx.el.h1(t("own_absence.title"), id=TITLE, tab_index=-1), class_name="head"),
        rx.el.p(t("own_absence.lead"), class_name="lead"),
        rx.cond(s.is_loaded, shown, skeleton(t, "3rem", "3rem", "3rem")),
    )
    return staff_page(
        t,
        page_feedback(t, s),
        rx.el.div(rx.cond(s.is_missing, missing_page(t), content), class_name="admin is-alone"),
        current="day",
        styles=("settings", "plans"),
    )


def _form(t: Texts) -> rx.Component:
    s = OwnAbsenceState
    return settings_form(
        t,
        s,
        rx.cond(s.has_choice, desks_field(t, s), rx.fragment()),
        when_group(t, s, "absences"),
        group(
            t("absences.group.note"),
            row(
                text_field(
                    t, s, "note", t("absences.field.note"), hint=t("absences.hint.note"), max_length=MAX_NOTE_LENGTH
                ),
                hits=t("absences.hits.note"),
            ),
        ),
        on_submit=s.submit,
        cancel="/desk",
        keep_as=s.keep_as,
        submit=t("settings.see_changes"),
        note=t("plan.nothing_yet"),
    )


def _question(t: Texts) -> rx.Component:
    """What the absence would do, and two answers."""
    s = OwnAbsenceState
    return rx.fragment(
        rx.el.section(
            rx.el.h2(s.plan_title, id=QUESTION, tab_index=-1),
            rx.el.div(rx.el.p(s.plan_hits, class_name="saycount"), rx.el.p(s.plan_free), class_name="effect"),
            rx.cond(
                s.moves.length() > 0,
                rx.el.ul(rx.foreach(s.moves, rx.el.li)),
                rx.fragment(),
            ),
            rx.el.div(
                rx.el.p(t("plan.nothing_yet"), class_name="endbar__say"),
                rx.el.div(
                    press_button(t, t("plan.discard"), ack_count=s.ack_count, on_click=s.discard, class_name="aslink"),
                    press_button(t, t("plan.apply"), ack_count=s.ack_count, on_click=s.apply, class_name="btn"),
                    class_name="endbar__acts",
                ),
                class_name="endbar",
            ),
            aria_labelledby=QUESTION,
        ),
    )


def _ahead(t: Texts) -> rx.Component:
    s = OwnAbsenceState
    heads = [t(f"absences.head.{name}") for name in ("when", "desks", "note", "acts")]
    return rx.cond(
        s.rows.length() > 0,
        rx.el.section(
            rx.el.h2(t("own_absence.ahead"), id="own-absences-ahead"),
            list_table(t("own_absence.ahead"), heads, rx.foreach(s.rows, lambda one: _row(t, one, heads))),
            aria_labelledby="own-absences-ahead",
            class_name="more-acts is-block",
        ),
        rx.fragment(),
    )


def _row(t: Texts, one: rx.Var[OwnAbsenceView], heads: list[str]) -> rx.Component:
    s = OwnAbsenceState
    return rx.el.tr(
        rx.el.th(one.when, scope="row"),
        cell(heads[1], one.desks),
        cell(heads[2], rx.el.span(one.note, custom_attrs={"lang": "el"})),
        cell(
            heads[3],
            press_button(
                t,
                t("absences.take_back"),
                rx.el.span(" ", one.when, class_name="govgr-visually-hidden"),
                ack_count=s.ack_count,
                on_click=s.take_back(one.thing),
                class_name="press is-due",
            ),
        ),
    )
