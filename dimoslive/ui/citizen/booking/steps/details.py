"""Step 4: who is served, how to reach them, what about. What is typed is kept at every field that is left."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.booking.details import (
    MAX_SUBJECT_LENGTH,
    MAX_TYPED_LENGTH,
    ServedPerson,
    TypedDetails,
    parse_details,
)
from dimoslive.domain.booking.draft import Step
from dimoslive.domain.errors import InvalidDetails, InvalidInput
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Citizen
from dimoslive.i18n import Texts, texts_of
from dimoslive.services.draft.give_details import give_details
from dimoslive.services.draft.keep_typed import keep_typed
from dimoslive.services.draft.open_draft import open_draft
from dimoslive.ui.citizen.booking.frame import step_page
from dimoslive.ui.citizen.booking.state import enter
from dimoslive.ui.citizen.booking.steps.consent import to_consent
from dimoslive.ui.citizen.booking.ways import ON_THE_SITE, Surface
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.components.field import error_summary, field
from dimoslive.ui.shared.components.scripts import left_fields, press_button
from dimoslive.ui.shared.field_errors import say
from dimoslive.ui.shared.guard import PageState, background, for_citizen, keeps_last_words

KEEP_AFTER_MS = 400
"""A pause in typing after which what stands there is kept."""

_NOT_GIVEN = (Step.MODE, Step.CALENDAR, Step.DETAILS)
_FIELDS = tuple(f.name for f in fields(TypedDetails) if f.name != "remember_contact")


@dataclass(frozen=True)
class FieldError:
    """A problem at a field."""

    name: str
    text: str


class DetailsState(PageState, rx.State):
    """The fields as typed, and what is wrong with them."""

    typed: TypedDetails = TypedDetails()
    citizen_name: str = ""
    errors: list[FieldError] = []
    error_of: dict[str, str] = {}
    form_version: int = 0
    """Another form for other words: a browser would keep the old one's fields as they were."""

    @for_citizen(Permission.BOOK)
    async def load(self, principal: Citizen) -> EventSpec | None:
        """The fields as they were left, else what the person asked us to remember."""
        is_shown, shown, self.is_loaded = self.is_loaded, self.typed, False
        opened = await enter(self, principal, Step.DETAILS)
        if isinstance(opened, EventSpec):
            return opened
        self.typed, self.citizen_name = opened.typed, principal.full_name
        self.errors, self.error_of = [], {}
        # Made anew under somebody whose connection returns, it would lose what was typed without one.
        if not is_shown or opened.typed != shown:
            self.form_version += 1
        self.is_loaded = True
        return None

    @for_citizen(Permission.BOOK)
    @background
    @keeps_last_words
    async def keep(self, principal: Citizen, name: str, text: str) -> None:
        """Nothing was typed in a field for a moment."""
        await self._keep(principal, name, text)

    @for_citizen(Permission.BOOK)
    @background
    @keeps_last_words
    async def leave(self, principal: Citizen, name: str, text: str) -> None:
        """A field was left, or who is served was chosen: what was wrong and is right now is told no longer."""
        await self._keep(principal, name, text)
        if self.errors:
            self._forget_mended(principal)

    @for_citizen(Permission.BOOK)
    @background
    async def keep_remember(self, principal: Citizen, is_agreed: bool) -> None:
        """The box on remembering the contact was pressed."""
        self.typed = replace(self.typed, remember_contact=is_agreed)
        await call(keep_typed, principal, self.typed)

    @for_citizen(Permission.BOOK)
    async def give(self, principal: Citizen, form_data: dict) -> EventSpec | None:
        """«Συνέχεια»: the form as it stands in the browser counts, not what was kept on the way."""
        opened = await call(open_draft, principal)
        if opened.draft.municipality_id is None:
            # It was booked, or given up, in another window: these words must not begin the next booking's draft.
            there = await enter(self, principal, Step.DETAILS)
            return there if isinstance(there, EventSpec) else None
        words = {name: str(form_data[name])[:MAX_TYPED_LENGTH] for name in _FIELDS if name in form_data}
        self.typed = replace(self.typed, **words, remember_contact=bool(form_data.get("remember_contact")))
        self.errors, self.error_of = [], {}
        try:
            await call(give_details, principal, self.typed)
        except InvalidDetails as refusal:
            self._show_errors(refusal.problems)
            self._focus("error-summary")
            return None
        return await to_consent(self)

    async def _keep_last_words(self, owner: Citizen, given: dict[str, Any]) -> None:
        typed = {given["name"]: given["text"]} if "text" in given else given.get("form_data", {})
        if self.is_loaded:
            for name, text in typed.items():
                await self._keep(owner, name, str(text))

    async def _keep(self, principal: Citizen, name: str, text: str) -> None:
        # Who goes back in the middle of a word is at an earlier step when it comes; after the form was given, one that
        # comes late must change nothing, nor begin the draft of the next booking.
        step = self.router.url.path.rstrip("/").rpartition("/")[2]
        if name not in _FIELDS or step not in _NOT_GIVEN:
            return
        opened = await call(open_draft, principal)
        # A page that was left as it loaded may not know the other fields.
        self.typed = replace(self.typed if self.is_loaded else opened.typed, **{name: text[:MAX_TYPED_LENGTH]})
        if opened.draft.municipality_id is not None:
            await call(keep_typed, principal, self.typed)

    def _forget_mended(self, principal: Citizen) -> None:
        """A field that was never called wrong is left in peace until «Συνέχεια»."""
        try:
            parse_details(self.typed, principal.full_name)
            self._show_errors(())
        except InvalidDetails as refusal:
            self._show_errors([problem for problem in refusal.problems if problem.field in self.error_of])

    def _show_errors(self, problems: Sequence[InvalidInput]) -> None:
        t = texts_of(self._language())
        self.errors = [FieldError(problem.field, say(problem, t)) for problem in problems]
        self.error_of = {error.name: error.text for error in self.errors}


def details_step(t: Texts, surface: Surface = ON_THE_SITE) -> rx.Component:
    """The page."""
    s = DetailsState
    return step_page(
        t,
        Step.DETAILS,
        DetailsState,
        error_summary(t, s.errors),
        left_fields(_form(t, surface), on_left=s.leave),
        surface=surface,
        heights=("7rem", "5rem", "5rem", "5rem", "9rem"),
    )


def _form(t: Texts, surface: Surface) -> rx.Component:
    s = DetailsState
    return rx.el.form(
        _served_person(t),
        _name(t),
        _text(t, "email", type="email", auto_complete="email", hint=t("details.email.hint")),
        _text(t, "phone", type="tel", auto_complete="tel", hint=t("details.phone.hint")),
        rx.el.label(
            rx.el.input(
                type="checkbox",
                name="remember_contact",
                default_checked=s.typed.remember_contact,
                on_change=s.keep_remember,
            ),
            rx.el.span(t("details.remember_contact")),
            class_name="tick",
        ),
        _text(t, "address", auto_complete="street-address"),
        _text(t, "subject", lines=4, hint=t("details.subject.hint", limit=MAX_SUBJECT_LENGTH)),
        _text(t, "help_needed", lines=2, hint=t("details.help_needed.hint")),
        rx.el.div(
            rx.el.a("‹ ", t("back"), href=surface.href(t, Step.CALENDAR), class_name="govgr-link back"),
            press_button(
                t, t("continue"), ack_count=s.ack_count, type="submit", class_name="govgr-btn govgr-btn-primary"
            ),
            class_name="acts",
        ),
        on_submit=s.give,
        key=s.form_version,
        no_validate=True,
        class_name="form",
    )


def _served_person(t: Texts) -> rx.Component:
    s = DetailsState
    return rx.el.fieldset(
        rx.el.legend(t("details.served_person"), class_name="govgr-label"),
        *[
            rx.el.label(
                rx.el.input(
                    type="radio",
                    name="served_person",
                    value=person.value,
                    default_checked=s.typed.served_person == person.value,
                    on_change=s.leave("served_person"),
                ),
                rx.el.span(t(f"details.served_person.{person}")),
                class_name=rx.cond(s.typed.served_person == person.value, "choice is-chosen", "choice"),
            )
            for person in ServedPerson
        ],
        class_name="choices",
    )


def _name(t: Texts) -> rx.Component:
    """From the sign-in and locked for oneself; typed for somebody else.

    Both stand on the page and the style sheet shows the one that goes with the pressed choice, at once: a field that
    came only with the server's answer would take the focus away from who is faster.
    """
    s = DetailsState
    locked = field(
        t,
        "citizen_name",
        t("details.person_name"),
        error=rx.Var.create(""),
        hint=t("details.person_name.locked"),
        value=s.citizen_name,
        read_only=True,
        lang="el",
    )
    typed = _text(t, "person_name", hint=t("details.person_name.hint"))
    is_self = s.typed.served_person == ServedPerson.SELF.value
    return rx.fragment(
        rx.el.div(locked, class_name=rx.cond(is_self, "name-locked", "name-locked is-off")),
        rx.el.div(typed, class_name=rx.cond(is_self, "name-typed is-off", "name-typed")),
    )


def _text(t: Texts, name: str, *, hint: str = "", lines: int = 0, **props: object) -> rx.Component:
    s = DetailsState
    return field(
        t,
        name,
        t(f"details.{name}"),
        error=_error(name),
        hint=hint,
        lines=lines,
        default_value=getattr(s.typed, name),
        on_change=s.keep(name).debounce(KEEP_AFTER_MS),
        **props,
    )


def _error(name: str) -> rx.Var:
    errors = DetailsState.error_of
    return rx.cond(errors.contains(name), errors[name], "").to(str)
