"""What is around a page in a frame of another site: no header, no footer, nothing that depends on the window's height.

Its first script says ``hello`` to the page around it and tells its height; what it tells of the step stands here.
"""

import reflex as rx

from dimoslive.domain.booking.draft import STEPS, Step
from dimoslive.i18n import Texts
from dimoslive.ui.shared.components.feedback import connection_notice
from dimoslive.ui.shared.components.scripts import RouteFocus
from dimoslive.ui.shared.layout import stylesheet
from dimoslive.urls import municipality_path

FIRST_SCRIPT = "/embed-frame.js"


def embedded_page(t: Texts, step: Step, *content: rx.Component, accent: rx.Var | None = None) -> rx.Component:
    """A step in a frame."""
    theirs = {} if accent is None else {"class_name": "is-theirs", "style": {"--accent": accent}}
    at = {"data-step": step.value, "data-number": str(STEPS.index(step) + 1), "data-of": str(len(STEPS))}
    return rx.el.div(
        stylesheet("embed"),
        # Before the framework's modules: what is told to the page around does not wait for them.
        rx.el.script(
            src=FIRST_SCRIPT,
            custom_attrs={
                "data-sandboxed": t("frame.sandboxed"),
                "data-link": municipality_path("", t.language),
                "data-link-text": t("frame.on_the_site"),
            },
        ),
        connection_notice(t),
        rx.el.main(*content, id="main", tab_index=-1, **theirs),
        RouteFocus.create(),
        class_name="embedded",
        lang=t.language,
        custom_attrs=at,
    )
