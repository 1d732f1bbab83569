"""Labelled fields of the design system, with hint, error and the links between them."""

import reflex as rx

from dimoslive.i18n import Texts


def field(
    t: Texts,
    name: str,
    label: str,
    *,
    error: rx.Var,
    hint: str = "",
    lines: int = 0,
    **props: object,
) -> rx.Component:
    """An input, or a text area of some ``lines``; the error stands at the field and is tied to it."""
    described = [f"{name}-hint"] if hint else []
    with_error = " ".join([*described, f"{name}-error"])
    control = rx.el.textarea if lines else rx.el.input
    shape: dict[str, object] = {"rows": lines} if lines else {"type": props.pop("type", "text")}
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name="govgr-label"),
        rx.el.span(hint, id=f"{name}-hint", class_name="govgr-hint") if hint else rx.fragment(),
        rx.cond(
            error != "",
            rx.el.p(
                rx.el.span(t("field.error"), class_name="govgr-visually-hidden"),
                error,
                id=f"{name}-error",
                class_name="govgr-error-message",
            ),
            rx.fragment(),
        ),
        control(
            id=name,
            name=name,
            class_name=rx.cond(
                error != "",
                f"{'govgr-textarea' if lines else 'govgr-input'} govgr-error-input",
                "govgr-textarea" if lines else "govgr-input",
            ),
            aria_invalid=error != "",
            aria_describedby=rx.cond(error != "", with_error, " ".join(described)),
            **shape,
            **props,
        ),
        class_name=rx.cond(error != "", "govgr-field govgr-field__error", "govgr-field"),
    )


def error_summary(t: Texts, errors: rx.Var) -> rx.Component:
    """All problems of a form at its top, each a link to its field; takes the focus when it appears.

    Those that are mended leave it in silence: nothing that stays is said again.
    """
    return rx.cond(
        errors.length() > 0,
        rx.el.div(
            rx.el.h2(t("field.summary"), class_name="govgr-heading-m", id="error-summary-title"),
            rx.el.ul(
                rx.foreach(
                    errors,
                    # The browser's own way to a field moves the focus too; the router's only scrolls.
                    lambda one: rx.el.li(
                        rx.el.A.create(one.text, href=f"#{one.name}", class_name="govgr-link"), key=one.name
                    ),
                ),
                class_name="govgr-list",
            ),
            id="error-summary",
            class_name="govgr-error-summary",
            tab_index=-1,
            role="alert",
            aria_labelledby="error-summary-title",
            custom_attrs={"aria-atomic": "false"},
        ),
        rx.fragment(),
    )
