"""The dialogs of a booking's page. What is refused stays in its fields, with the reason beside it."""

import reflex as rx

from dimoslive.domain.desk.presses import CORRECTED_TO, NotServedReason
from dimoslive.domain.meeting.meeting import IdentityDocument
from dimoslive.i18n import Texts
from dimoslive.ui.shared.components.field import field
from dimoslive.ui.shared.components.scripts import left_fields, marked, modal, press_button
from dimoslive.ui.staff.booking.dialog_state import BookingDialogState
from dimoslive.ui.staff.booking.forms import BEFORE

TITLE = "dialog-title"


def dialogs(t: Texts) -> rx.Component:
    """Whichever is open."""
    d = BookingDialogState
    content = rx.match(
        d.dialog,
        ("note", _note(t)),
        ("details", _details(t)),
        ("identity", _identity(t)),
        ("not_served", _not_served(t)),
        ("referred", _referred(t)),
        ("correct", _correct(t)),
        ("cancel", _cancel(t)),
        rx.fragment(),
    )
    keep_as = d.booking.reference + " " + d.dialog + " " + d.seen_version.to_string()
    return rx.cond(
        d.dialog != "",
        modal(content, labelled_by=TITLE, on_leave=d.leave, keep_as=keep_as),
        rx.fragment(),
    )


def _dialog(
    t: Texts,
    title: str,
    submit: object,
    *content: rx.Component,
    yes: str = "",
    no: str = "",
    button: str = "btn",
) -> rx.Component:
    """A form with its heading, what changed meanwhile, what was refused, and the two ways out."""
    d, b = BookingDialogState, BookingDialogState.booking
    changed = rx.el.p(
        rx.el.b(t("desk_booking.changed_meanwhile")),
        rx.el.span(*_around(t, "desk_booking.changed_now", "status", b.status_word)),
        class_name="warn",
    )
    return rx.el.form(
        rx.el.h2(t(f"desk_booking.{title}.title"), ": ", marked(t, b.title), ", ", b.time, id=TITLE, tab_index=-1),
        rx.el.div(
            rx.cond(d.seen_version != b.version, changed, rx.fragment()),
            rx.cond(d.problem != "", rx.el.p(d.problem, class_name="wrong"), rx.fragment()),
            role="status",
        ),
        *content,
        rx.el.div(
            press_button(t, yes or t("desk_booking.save"), ack_count=d.ack_count, type="submit", class_name=button),
            press_button(
                t, no or t("desk_booking.close"), ack_count=d.ack_count, on_click=d.leave, class_name="aslink"
            ),
            class_name="dialog__acts",
        ),
        on_submit=submit,
        no_validate=True,
    )


def _around(t: Texts, key: str, place: str, value: rx.Var) -> tuple[object, ...]:
    """A sentence with a value of the page in it."""
    before, _, after = t(key, **{place: "\n"}).partition("\n")
    return before, value, after


def _note(t: Texts) -> rx.Component:
    d = BookingDialogState
    return _dialog(
        t,
        "note",
        d.note,
        field(
            t,
            "note",
            t("desk_booking.note.label"),
            error=d.errors["note"],
            hint=t("desk_booking.note.hint"),
            lines=4,
        ),
    )


def _details(t: Texts) -> rx.Component:
    d, b = BookingDialogState, BookingDialogState.booking
    return _dialog(
        t,
        "details",
        d.change,
        rx.cond(
            b.is_business,
            rx.fragment(),
            field(t, "last_name", t("desk_names.last_name"), error=d.errors["last_name"], default_value=b.last_name),
        ),
        field(
            t,
            "person_name",
            rx.cond(b.is_business, t("desk_names.business"), t("desk_booking.details.name")),
            error=d.errors["person_name"],
            default_value=b.first_name,
        ),
        field(
            t,
            "phone",
            t("desk_booking.details.phone"),
            error=d.errors["phone"],
            type="tel",
            default_value=b.phone,
        ),
        left_fields(
            field(
                t,
                "email",
                t("desk_booking.details.email"),
                error=d.errors["email"],
                type="email",
                default_value=b.email,
            ),
            on_left=d.email_left,
        ),
        field(
            t,
            "subject",
            t("desk_booking.details.subject"),
            error=d.errors["subject"],
            lines=2,
            default_value=b.subject,
        ),
        field(t, "help_needed", t("desk_booking.details.help"), error=d.errors["help_needed"], default_value=b.help),
        _tick(
            "tells",
            t("desk_booking.details.tell"),
            hint=t("desk_booking.details.tell_hint"),
            default_checked=d.tells,
            key=d.tells.to_string(),
        ),
    )


def _identity(t: Texts) -> rx.Component:
    d = BookingDialogState
    kinds = [(kind.value, t(f"meeting.identity.{kind}")) for kind in IdentityDocument]
    return _dialog(
        t,
        "identity",
        d.identity,
        _choice(
            "document",
            t("desk_booking.identity.label"),
            kinds,
            error=d.errors["document"],
            hint=t("desk_booking.identity.hint"),
        ),
    )


def _not_served(t: Texts) -> rx.Component:
    return _dialog(t, "not_served", BookingDialogState.settle, *_why(t, "not_served.label"))


def _why(t: Texts, legend: str) -> list[rx.Component]:
    d = BookingDialogState
    reasons = [(reason.value, t(f"desk_booking.outcome.{reason}")) for reason in NotServedReason]
    return [
        _choice("reason", t(f"desk_booking.{legend}"), reasons, error=d.errors["reason"]),
        field(t, "outcome_note", t("desk_booking.not_served.note"), error=d.errors["outcome_note"]),
    ]


def _referred(t: Texts) -> rx.Component:
    d = BookingDialogState
    return _dialog(
        t,
        "referred",
        d.settle,
        field(t, "outcome_note", t("desk_booking.referred.label"), error=d.errors["outcome_note"]),
        _tick("and_new", t("desk_booking.referred.and_new")),
    )


def _correct(t: Texts) -> rx.Component:
    d, b = BookingDialogState, BookingDialogState.booking
    before = _radio("outcome", BEFORE, t("desk_booking.correct.before"))
    return _dialog(
        t,
        "correct",
        d.correct,
        rx.el.fieldset(
            rx.el.legend(t("desk_booking.correct.label"), class_name="govgr-label"),
            _error("outcome", d.errors["outcome"]),
            rx.cond(b.can_put_back, before, rx.fragment()),
            *[_radio("outcome", status.value, t(f"status.{status}")) for status in CORRECTED_TO],
            class_name="field",
        ),
        *_why(t, "correct.why_not_served"),
        rx.cond(
            b.is_late,
            field(
                t,
                "correction_reason",
                t("desk_booking.correct.reason"),
                error=d.errors["correction_reason"],
                lines=2,
            ),
            rx.fragment(),
        ),
        rx.el.p(t("desk_booking.correct.no_mail"), class_name="soft"),
    )


def _cancel(t: Texts) -> rx.Component:
    d, b = BookingDialogState, BookingDialogState.booking
    return _dialog(
        t,
        "cancel",
        d.cancel,
        rx.el.div(
            rx.el.label(t("desk_booking.cancel.ready"), html_for="ready", class_name="govgr-label"),
            rx.el.select(
                rx.el.option(t("desk_booking.cancel.choose"), value=""),
                rx.foreach(b.reasons, lambda text, at: rx.el.option(text, value=(at + 1).to_string())),
                id="ready",
                on_change=d.pick_reason,
                class_name="field-inline",
            ),
            class_name="field",
        ),
        rx.el.div(
            field(
                t,
                "cancel_reason",
                t("desk_booking.cancel.reason"),
                error=d.errors["cancel_reason"],
                lines=3,
                default_value=d.cancel_text,
            ),
            # A sentence that is picked takes the place of what is written.
            key=d.picks.to_string(),
        ),
        rx.el.fieldset(
            rx.el.legend(t("desk_booking.cancel.who"), class_name="govgr-label"),
            _radio(
                "who",
                "municipality",
                t("desk_booking.cancel.by_municipality"),
                default_checked=True,
                on_change=d.say_wish("municipality"),
            ),
            _radio("who", "citizen", t("desk_booking.cancel.by_citizen"), on_change=d.say_wish("citizen")),
            class_name="field",
        ),
        rx.el.p(
            rx.cond(
                b.email != "",
                rx.fragment(*_around(t, "desk_booking.cancel.will_mail", "address", b.email_masked)),
                rx.cond(d.is_wish, t("desk_booking.cancel.knows"), t("desk_booking.cancel.will_call")),
            ),
            role="status",
        ),
        rx.el.p(t("desk_booking.cancel.undo_hint"), class_name="soft small"),
        yes=t("desk_booking.cancel.yes"),
        no=t("desk_booking.cancel.no"),
        button="btn is-stop",
    )


def _choice(name: str, legend: str, options: list[tuple[str, str]], *, error: rx.Var, hint: str = "") -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(legend, class_name="govgr-label"),
        rx.el.p(hint, class_name="hint") if hint else rx.fragment(),
        _error(name, error),
        *[_radio(name, value, label) for value, label in options],
        class_name="field",
        # Where the focus goes when nothing was chosen.
        id=name,
        custom_attrs={"tabIndex": -1},
    )


def _error(name: str, error: rx.Var) -> rx.Component:
    return rx.cond(error != "", rx.el.p(error, id=f"{name}-error", class_name="wrong"), rx.fragment())


def _radio(name: str, value: str, label: str, **props: object) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name=name, value=value, **props), rx.el.span(label), class_name="tickbox"
    )


def _tick(name: str, label: str, hint: str = "", **props: object) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, value="on", **props),
        rx.el.span(label, rx.el.span(" ", hint, class_name="soft small") if hint else ""),
        class_name="tickbox",
    )
