"""The officials' page: who waits for a teleconference, and the press that admits."""

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import texts_of
from dimoslive.services.desk.list_waiting import list_waiting
from dimoslive.services.meeting.admit_citizen import admit_citizen
from dimoslive.ui.shared.call import call, context
from dimoslive.ui.shared.guard import PageState, background, for_official
from dimoslive.ui.staff.day.view_models import DeskLine, show_line
from dimoslive.urls import meeting_path


class DeskState(PageState, rx.State):
    """The teleconferences of the day."""

    official_name: str = ""
    waiting: list[DeskLine] = []
    others: list[DeskLine] = []

    @for_official(Permission.VIEW_DESK)
    async def load(self, official: Official) -> None:
        """Those who wait first."""
        await self._refresh(official)

    @for_official(Permission.VIEW_DESK)
    @background
    async def refresh(self, official: Official) -> None:
        """Again, every few seconds."""
        await self._refresh(official)

    @for_official(Permission.ADMIT)
    async def admit(self, official: Official, reference: str) -> EventSpec:
        """One press: the citizen is admitted, and the official is in the meeting."""
        await admit_citizen(context(), official, reference[:20])
        return rx.redirect(meeting_path(self._language(), f"reference={reference[:20]}&now=1", for_staff=True))

    async def _refresh(self, official: Official) -> None:
        t, now = texts_of(self._language()), context().clock.now()
        lines = [show_line(line, now, t) for line in await call(list_waiting, official)]
        self.waiting = [line for line in lines if line.kind == "waiting"]
        self.others = [line for line in lines if line.kind != "waiting"]
        self.official_name = official.full_name
        self.is_loaded = True
