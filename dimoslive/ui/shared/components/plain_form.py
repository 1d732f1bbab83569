"""A form that the browser itself sends; Reflex's own keeps every form from being sent."""

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML


class _PlainForm(BaseHTML):
    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]
    target: rx.Var[str]


def plain_form(*content: rx.Component, action: str, method: str, **props: str) -> rx.Component:
    """A form to an address of the API."""
    return _PlainForm.create(*content, action=action, method=method, **props)
