"""A text to be copied, such as an address that is shown once."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.shared.frontend import frontend_module


class _CopyText(rx.Component):
    library = frontend_module("components/copy_text.tsx")
    tag = "CopyText"

    id: rx.Var[str]
    text: rx.Var[str]
    name: rx.Var[str]
    copy_label: rx.Var[str]
    copied: rx.Var[str]
    not_copied: rx.Var[str]


def copy_text(t: Texts, id_: str, name: str, text: rx.Var) -> rx.Component:
    """It can be selected, and copied by a press that says what it did; ``name`` is read aloud."""
    return _CopyText.create(
        id=id_,
        text=text,
        name=name,
        copy_label=t("copy.press"),
        copied=t("copy.done"),
        not_copied=t("copy.by_hand"),
    )
