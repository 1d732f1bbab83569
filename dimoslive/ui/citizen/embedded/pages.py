"""The pages in a frame: the steps of the wizard after the first page, which the server makes itself."""

from collections.abc import Callable
from dataclasses import dataclass

import reflex as rx

from dimoslive.domain.booking.draft import Step
from dimoslive.i18n import Texts
from dimoslive.ui.citizen.booking.calendar.page import calendar_step
from dimoslive.ui.citizen.booking.calendar.state import CalendarState
from dimoslive.ui.citizen.booking.steps.consent import ConsentState, consent_step
from dimoslive.ui.citizen.booking.steps.details import DetailsState, details_step
from dimoslive.ui.citizen.booking.steps.mode import ModeState, mode_step
from dimoslive.ui.citizen.booking.ways import IN_A_FRAME, Surface
from dimoslive.ui.citizen.embedded.confirmation import ConfirmedState, embedded_confirmation
from dimoslive.ui.citizen.embedded.layout import embedded_page
from dimoslive.ui.shared.components.feedback import skeleton
from dimoslive.ui.shared.components.scripts import NewDocument
from dimoslive.urls import embed_path


@dataclass(frozen=True)
class EmbeddedPage:
    """A page in a frame, by its Greek route, and what it loads."""

    route: str
    title_key: str
    view: Callable[[Texts], rx.Component]
    loads: tuple[object, ...] = ()


def _step(step: Step, view: Callable[[Texts, Surface], rx.Component], load: object) -> EmbeddedPage:
    return EmbeddedPage(embed_path(step, "el"), f"steps.{step}", lambda t: view(t, IN_A_FRAME), (load,))


def _services(t: Texts) -> rx.Component:
    """Where the router leads to the first page: it is asked for as the document that it is."""
    return embedded_page(
        t, Step.MUNICIPALITY, rx.el.h1(t("frame.title"), tab_index=-1), skeleton(t, "10rem"), NewDocument.create()
    )


EMBEDDED_PAGES = (
    EmbeddedPage(embed_path("services", "el"), "frame.title", _services),
    _step(Step.MODE, mode_step, ModeState.load),
    _step(Step.CALENDAR, calendar_step, CalendarState.load),
    _step(Step.DETAILS, details_step, DetailsState.load),
    _step(Step.CONSENT, consent_step, ConsentState.load),
    EmbeddedPage(
        embed_path(Step.CONFIRMATION, "el"), "steps.confirmation", embedded_confirmation, (ConfirmedState.load,)
    ),
)
