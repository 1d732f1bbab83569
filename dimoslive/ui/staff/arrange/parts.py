"""Fields, radio buttons and warnings, as the pages of arranging put them."""

from typing import Any

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.shared.frontend import frontend_module
from dimoslive.ui.staff.arrange.view_models import Choice


class _BookForm(rx.Component):
    library = frontend_module("components/book_form.tsx")
    tag = "BookForm"


class _PrintButton(rx.Component):
    library = frontend_module("components/print_button.tsx")
    tag = "PrintButton"


def book_form(*content: rx.Component) -> rx.Component:
    """Inside a form: Enter in a field submits nothing, Ctrl and Enter submit from every field."""
    return _BookForm.create(*content)


def print_button(*content: object, class_name: str) -> rx.Component:
    """Prints the page."""
    return _PrintButton.create(*content, class_name=class_name)


def typed_field(
    t: Texts,
    name: str,
    label: str,
    *,
    value: rx.Var,
    error_of: rx.Var,
    lines: int = 0,
    described_by: str = "",
    **props: object,
) -> rx.Component:
    """A labelled input, or a text area of some ``lines``, with its error."""
    error = error_of.get(name, "")
    control = rx.el.textarea if lines else rx.el.input
    shape: dict[str, object] = {"rows": lines} if lines else {"type": "text"}
    return rx.el.div(
        rx.el.label(label, html_for=name),
        field_error(t, name, error_of),
        control(
            id=name,
            name=name,
            default_value=value,
            class_name="input",
            aria_invalid=error != "",
            aria_describedby=f"{name}-error {described_by}".strip(),
            **shape,
            **props,
        ),
        class_name=rx.cond(error != "", "field is-wrong", "field"),
    )


def field_error(t: Texts, name: str, error_of: rx.Var) -> rx.Component:
    """What is wrong with a field; its place stands from the start, because others refer to it."""
    error = error_of.get(name, "")
    return rx.el.p(
        rx.cond(
            error != "",
            rx.fragment(rx.el.span(t("field.error"), class_name="govgr-visually-hidden"), error),
            rx.fragment(),
        ),
        id=f"{name}-error",
        class_name="wrong",
    )


def switch(
    legend: str,
    name: str,
    choices: rx.Var | list[Choice],
    *,
    chosen: rx.Var,
    on_change: object | None = None,
    class_name: str = "",
    hides_legend: bool = False,
) -> rx.Component:
    """Radio buttons side by side; with a handler the state says which one is chosen, else the browser does."""

    def radio(choice: Any) -> rx.Component:
        is_chosen = choice.value == chosen
        how = {"checked": is_chosen, "on_change": on_change} if on_change else {"default_checked": is_chosen}
        return rx.el.label(
            rx.el.input(type="radio", name=name, value=choice.value, **how), choice.text, key=choice.value
        )

    labels = [radio(one) for one in choices] if isinstance(choices, list) else [rx.foreach(choices, radio)]
    return rx.el.fieldset(
        rx.el.legend(legend, class_name="govgr-visually-hidden" if hides_legend else ""),
        rx.el.div(*labels, class_name="switch__set"),
        class_name=f"field switch is-tall {class_name}".strip(),
    )


def selection(name: str, label: str, choices: rx.Var, *, chosen: rx.Var, on_change: object) -> rx.Component:
    """A select whose choice the state knows."""
    return rx.el.div(
        rx.el.label(label, html_for=name),
        rx.el.select(
            rx.foreach(choices, lambda one: rx.el.option(one.text, value=one.value, key=one.value)),
            id=name,
            name=name,
            value=chosen,
            on_change=on_change,
            class_name="input",
        ),
        class_name="field",
    )


def warn_icon() -> rx.Component:
    """Beside the words of a warning."""
    svg = rx.el.svg
    return svg(
        svg.path(d="M10 2.5L18.5 17h-17z"),
        svg.path(d="M10 8v4.2M10 14.6v.1"),
        view_box="0 0 20 20",
        class_name="icon",
        aria_hidden=True,
    )


def warn_title(text: rx.Var | str, class_name: str = "") -> rx.Component:
    """The sentence of a warning."""
    return rx.el.p(warn_icon(), rx.el.span(text), class_name=f"warn__title {class_name}".strip())
