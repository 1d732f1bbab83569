"""Step 1: the municipality. Choosing leads to the second step's address, so nothing is stored by looking."""

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.booking.draft import Step
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Citizen
from dimoslive.i18n import Texts
from dimoslive.ui.citizen.booking.frame import step_page
from dimoslive.ui.citizen.booking.state import enter
from dimoslive.ui.shared.components.scripts import municipality_picker
from dimoslive.ui.shared.guard import PageState, for_citizen
from dimoslive.urls import step_path


class MunicipalityState(PageState, rx.State):
    """Nothing but the way in."""

    @for_citizen(Permission.BOOK)
    async def load(self, principal: Citizen) -> EventSpec | None:
        """The step is always open."""
        opened = await enter(self, principal, Step.MUNICIPALITY)
        self.is_loaded = True
        return opened if isinstance(opened, EventSpec) else None


def municipality_step(t: Texts) -> rx.Component:
    """The page."""
    return step_page(
        t,
        Step.MUNICIPALITY,
        MunicipalityState,
        municipality_picker(t, step_path(Step.MODE, t.language) + "?municipality={slug}"),
    )
