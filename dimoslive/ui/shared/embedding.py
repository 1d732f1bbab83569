"""Whether a page stands in a frame of a municipality's own site, and of which municipality."""

import reflex as rx

from dimoslive.urls import embedded_page

_MAX_SLUG_LENGTH = 80


def is_embedded(state: rx.State) -> bool:
    """Whether the page of this state is one of a frame."""
    return embedded_page(state.router.url.path) != ""


def embedded_slug(state: rx.State) -> str:
    """The municipality that a frame's address asks for; empty on the site itself. It is a wish, never a right."""
    return state.router.url.query_parameters.get("m", "")[:_MAX_SLUG_LENGTH] if is_embedded(state) else ""
