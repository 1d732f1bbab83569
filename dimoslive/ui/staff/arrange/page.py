"""«Νέα κράτηση»: what all times depend on across the top, then who, when, and the press."""

import reflex as rx

from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.people.personal_data import MAX_EMAIL_LENGTH
from dimoslive.i18n import LANGUAGES, Texts
from dimoslive.ui.shared.components.feedback import page_feedback, skeleton
from dimoslive.ui.shared.components.field import error_summary
from dimoslive.ui.shared.components.scripts import left_fields, press_button
from dimoslive.ui.staff.arrange.parts import (
    book_form,
    field_error,
    print_button,
    selection,
    switch,
    typed_field,
    warn_title,
)
from dimoslive.ui.staff.arrange.state import SOURCES, NewBookingState
from dimoslive.ui.staff.arrange.view_models import Choice, SameView
from dimoslive.ui.staff.arrange.when import when_section
from dimoslive.ui.staff.frame import staff_href, staff_page


def new_booking_page(t: Texts) -> rx.Component:
    """The page."""
    s = NewBookingState
    return staff_page(
        t,
        rx.el.p(rx.el.a("‹ ", t("arrange.back"), href=staff_href("/desk", t.language)), class_name="crumb"),
        rx.el.div(
            rx.cond(s.done.number != "", _done(t), _form_or_nothing(t)),
            on_unmount=s.leave_page,
        ),
        current="day",
        styles=("arrange",),
    )


def _form_or_nothing(t: Texts) -> rx.Component:
    s = NewBookingState
    return rx.fragment(
        rx.el.h1(t("arrange.title")),
        page_feedback(t, s),
        rx.cond(
            s.is_loaded,
            rx.cond(
                s.services.length() > 0,
                _form(t),
                rx.el.p(t("arrange.no_service"), class_name="empty"),
            ),
            rx.cond(s.problem == "", skeleton(t, "4rem", "20rem"), rx.fragment()),
        ),
    )


def _form(t: Texts) -> rx.Component:
    s = NewBookingState
    return rx.el.form(
        error_summary(t, s.errors),
        book_form(
            left_fields(
                _top(t),
                rx.el.div(_who(t), when_section(t, s), _sum(t), class_name="duo"),
                on_left=s.leave,
            )
        ),
        on_submit=s.book,
        key=s.form_version,
        no_validate=True,
        auto_complete="off",
    )


def _top(t: Texts) -> rx.Component:
    s = NewBookingState
    sources = [Choice(source.value, t(f"arrange.source.{source}")) for source in SOURCES]
    languages = [Choice(language, t(f"arrange.language.{language}")) for language in LANGUAGES]
    return rx.el.div(
        switch(t("arrange.source"), "source", sources, chosen=s.source),
        selection("service", t("arrange.service"), s.services, chosen=s.service, on_change=s.choose_service),
        switch(t("arrange.mode"), "mode", s.modes, chosen=s.mode, on_change=s.choose_mode),
        switch(t("arrange.language"), "language", languages, chosen=s.language),
        class_name="setline",
    )


def _who(t: Texts) -> rx.Component:
    s = NewBookingState

    def typed(name: str, key: str, value: rx.Var, *, label: str = "", **props: object) -> rx.Component:
        return typed_field(t, name, label or t(f"arrange.{key}"), value=value, error_of=s.error_of, **props)

    # Whose data stand here is not whose browser this is: nothing is filled in by it.
    off = {"auto_complete": "off"}
    for_whom = [Choice(one.value, t(f"desk_names.served.{one}")) for one in ServedPerson]
    return rx.el.section(
        rx.el.h2(t("arrange.who"), id="who"),
        switch(t("desk_names.for_whom"), "served", for_whom, chosen=s.served, on_change=s.choose_served),
        rx.cond(
            s.served == ServedPerson.BUSINESS.value,
            typed("name", "name", s.name, label=t("desk_names.business"), **off),
            rx.el.div(
                typed("last_name", "last_name", s.last_name, label=t("desk_names.last_name"), **off),
                typed("name", "name", s.name, **off),
                class_name="pair",
            ),
        ),
        rx.el.div(
            typed("phone", "phone", s.phone, input_mode="tel", described_by="same", **off),
            typed("email", "email", s.email, input_mode="email", max_length=MAX_EMAIL_LENGTH, **off),
            _same(t),
            class_name="pair",
        ),
        typed("subject", "subject", s.subject, lines=2),
        typed("help_needed", "help", s.help_needed, **off),
        _told(t),
        class_name="duo__who",
        aria_labelledby="who",
    )


def _told(t: Texts) -> rx.Component:
    """It is the person who is told: the tick stands with them, and the text to be read out beneath."""
    s = NewBookingState
    return rx.el.div(
        field_error(t, "told", s.error_of),
        rx.el.label(
            rx.el.input(
                type="checkbox",
                id="told",
                name="told",
                default_checked=s.is_told,
                aria_describedby="told-error",
            ),
            rx.el.span(t("arrange.told")),
            class_name="tickbox",
        ),
        rx.el.details(
            rx.el.summary(t("arrange.text")),
            rx.el.div(rx.html(s.declaration), class_name="arrange__text"),
        ),
        class_name="arrange__told",
    )


def _same(t: Texts) -> rx.Component:
    """Under the fields of which it speaks; its tick says that a second booking is meant."""
    s = NewBookingState
    tick = rx.el.label(
        rx.el.input(
            type="checkbox",
            id="again",
            name="again",
            default_checked=s.books_again,
            aria_describedby="again-error",
        ),
        rx.el.span(t("arrange.again")),
        class_name="tickbox",
    )
    return rx.el.div(
        rx.cond(
            s.same.length() > 0,
            rx.el.div(
                rx.foreach(s.same, lambda one: _one_same(t, one)),
                field_error(t, "again", s.error_of),
                tick,
                class_name="warn",
            ),
            rx.fragment(),
        ),
        id="same",
        role="status",
        class_name="pair__warn",
    )


def _one_same(t: Texts, one: SameView) -> rx.Component:
    return rx.el.div(
        warn_title(one.text),
        rx.el.p(one.same, " ", rx.el.span(one.who, lang="el"), class_name="small"),
        rx.el.p(
            rx.el.a(
                t("arrange.move_that"),
                rx.el.span(" ", one.text, class_name="govgr-visually-hidden"),
                href=one.move_href,
                class_name="press",
            )
        ),
        key=one.reference,
        class_name="warn__one",
    )


def _sum(t: Texts) -> rx.Component:
    """What will be booked and the press stand together, with each warning said again."""
    s = NewBookingState
    return rx.el.section(
        rx.el.p(
            rx.cond(s.summary != "", s.summary, t("arrange.no_time_yet")),
            class_name="sum__big",
            role="status",
        ),
        rx.foreach(s.same, lambda one: warn_title(one.text, "small")),
        rx.foreach(s.warnings, lambda warning: warn_title(warning.text, "small")),
        rx.el.div(
            press_button(t, t("arrange.book"), ack_count=s.ack_count, type="submit", class_name="btn"),
            rx.el.kbd("Ctrl + Enter"),
            rx.el.a(t("arrange.cancel"), href=staff_href("/desk", t.language)),
            rx.cond(s.email == "", rx.el.span(t("arrange.no_mail"), class_name="small soft"), rx.fragment()),
            class_name="sum__acts",
        ),
        class_name="sum duo__end",
        aria_label=t("arrange.to_be_booked"),
    )


def _done(t: Texts) -> rx.Component:
    s, d = NewBookingState, NewBookingState.done
    return rx.el.div(
        rx.el.h1(t("arrange.booked"), id="done-title", tab_index=-1),
        page_feedback(t, s),
        rx.el.p(t("arrange.to_read_out"), " ", rx.el.strong(d.number), class_name="arrange__number"),
        rx.el.p(d.place, class_name="sum__big"),
        rx.el.p(d.service, " · ", d.mode),
        rx.el.p(d.person, lang="el"),
        rx.el.p(d.told, class_name="soft arrange__no-print"),
        rx.el.div(
            press_button(t, t("arrange.title"), ack_count=s.ack_count, on_click=s.again, class_name="btn"),
            rx.el.a(t("arrange.back"), href=staff_href("/desk", t.language), class_name="press"),
            print_button(t("arrange.print"), class_name="press"),
            class_name="sum__acts arrange__no-print",
        ),
        class_name="arrange__done",
    )
