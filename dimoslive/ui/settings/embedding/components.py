"""The parts of the maker that answer before the server does."""

import reflex as rx

from dimoslive.ui.shared.frontend import frontend_module


class _TabList(rx.Component):
    library = frontend_module("components/tab_list.tsx")
    tag = "TabList"

    labels: rx.Var[list[str]]
    label: rx.Var[str]


def tab_list(labels: list[str], *panels: rx.Component, label: str) -> rx.Component:
    """Panels of which one is shown; ``label`` is the name of their tabs together."""
    return _TabList.create(*[rx.el.div(panel) for panel in panels], labels=labels, label=label)


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
