"""The ways from step to step, on the site itself and in a frame of another one, where each names the municipality."""

from dataclasses import dataclass
from typing import Protocol

import reflex as rx

from dimoslive.domain.booking.draft import Step
from dimoslive.i18n import Texts
from dimoslive.ui.citizen.embedded.state import EmbeddedState
from dimoslive.ui.shared.embedding import embedded_slug, is_embedded
from dimoslive.urls import embed_path, step_path


def way_to(state: rx.State, step: Step, language: str) -> str:
    """The address of a step from the page of this state."""
    if not is_embedded(state):
        return step_path(step, language)
    return embed_path(_embedded(step), language, m=embedded_slug(state))


class Surface(Protocol):
    """Where the wizard's pages stand."""

    @property
    def is_embedded(self) -> bool:
        """In a frame of another site."""

    def href(self, t: Texts, step: Step) -> str | rx.Var[str]:
        """A link to a step."""


@dataclass(frozen=True)
class _OnTheSite:
    is_embedded: bool = False

    def href(self, t: Texts, step: Step) -> str:
        return step_path(step, t.language)


@dataclass(frozen=True)
class _InAFrame:
    is_embedded: bool = True

    def href(self, t: Texts, step: Step) -> rx.Var[str]:
        return rx.Var.create(f"{embed_path(_embedded(step), t.language)}?m=").to(str) + EmbeddedState.slug


ON_THE_SITE: Surface = _OnTheSite()
IN_A_FRAME: Surface = _InAFrame()


def services_link(t: Texts) -> rx.Var[str]:
    """A frame's first page."""
    return rx.Var.create(f"{embed_path('services', t.language)}?m=").to(str) + EmbeddedState.slug


def _embedded(step: Step) -> str:
    """In a frame the municipality is given, and its place is taken by the page that lists the services."""
    return "mode" if step is Step.MUNICIPALITY else step.value
