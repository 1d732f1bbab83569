"""The parts of the maker that answer before the server does."""

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.shared.frontend import frontend_module


class _TabList(rx.Component):
    library = frontend_module("components/tab_list.tsx")
    tag = "TabList"

    labels: rx.Var[list[str]]
    label: rx.Var[str]


def tab_list(labels: list[str], *panels: rx.Component, label: str) -> rx.Component:
    """Panels of which one is shown; ``label`` is the name of their tabs together."""
    return _TabList.create(*[rx.el.div(panel) for panel in panels], labels=labels, label=label)


class _CopyText(rx.Component):
    library = frontend_module("components/copy_text.tsx")
    tag = "CopyText"

    id: rx.Var[str]
    text: rx.Var[str]
    name: rx.Var[str]
    copy_label: rx.Var[str]
    copied: rx.Var[str]
    not_copied: rx.Var[str]


def copy_text(t: Texts, id_: str, text: rx.Var, *, name: str = "") -> rx.Component:
    """A text that is only read, and a button that copies it and says so."""
    return _CopyText.create(
        id=id_,
        text=text,
        name=name or t("embedding.text_to_copy"),
        copy_label=t("embedding.copy"),
        copied=t("embedding.copied"),
        not_copied=t("embedding.not_copied"),
    )


class _EmbedPreview(rx.Component):
    library = frontend_module("components/embed_preview.tsx")
    tag = "EmbedPreview"

    what: rx.Var[str]
    municipality: rx.Var[str]
    service: rx.Var[str]
    mode: rx.Var[str]
    lang: rx.Var[str]
    display: rx.Var[str]
    accent: rx.Var[str]
    label: rx.Var[str]
    widths: rx.Var[dict[str, str]]


def embed_preview(**props: object) -> rx.Component:
    """The element as other sites show it, out of reach of mouse and keys."""
    return _EmbedPreview.create(**props)
