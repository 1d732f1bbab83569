"""A form that the browser itself sends; Reflex's own keeps every form from being sent."""

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML


class _PlainForm(BaseHTML):
    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]
    target: rx.Var[str]
    enc_type: rx.Var[str]


def plain_form(
    *content: rx.Component, action: str | rx.Var, method: str, has_file: bool = False, **props: str
) -> rx.Component:
    """A form to an address of the API; one with a file is sent in another way."""
    way = {"enc_type": "multipart/form-data"} if has_file else {}
    return _PlainForm.create(*content, action=action, method=method, **way, **props)
