"""What all pages of officials know: whose they are, and for which municipality."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.errors import DomainError, NotFound
from dimoslive.domain.people.permissions import ALLOWED, Permission
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import Texts, texts_of
from dimoslive.services.desk.find_workplace import StaffFrame, Workplace, find_workplace, open_frame
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import NothingNamed, PageState, for_official
from dimoslive.urls import duties_path, localized, other_language

MAX_SLUG_LENGTH = 80


class StaffPageState(PageState, mixin=True):
    """The state of an official's page."""

    async def _workplace(self, official: Official, permission: Permission = Permission.VIEW_DESK) -> Workplace:
        """The municipality that the address names, checked with each event; raises `NotFound`."""
        slug = self._asked("m", MAX_SLUG_LENGTH)
        if not slug:
            # The frame, which loads first, leads on to an address that names one.
            raise NothingNamed()
        return await call(find_workplace, official, slug, permission)

    def _refuse(self, refusal: DomainError) -> None:
        """What is not found is said in words for officials, who have no bookings of their own to look at."""
        super()._refuse(refusal)
        if isinstance(refusal, NotFound):
            self.problem = texts_of(self._language())("staff.not_found")

    def _asked(self, name: str, max_length: int = 40) -> str:
        """What the address says under a name, cut to what it may be long."""
        return self.router.url.query_parameters.get(name, "")[:max_length]

    def _asker(self) -> Callable[[str], str]:
        """`_asked` for who asks often: the address is taken apart once."""
        words = self.router.url.query_parameters
        return lambda name: words.get(name, "")[:40]


@dataclass(frozen=True)
class WorkplaceChoice:
    """A municipality of the official, as an option or a button."""

    slug: str
    name: str
    role: str
    href: str


class StaffFrameState(StaffPageState, rx.State):
    """The header of officials' pages. Until a municipality is known, no page shows its content."""

    official_name: str = ""
    slug: str = ""
    municipality: str = ""
    choices: list[WorkplaceChoice] = []
    has_workplaces: bool = True
    calls: int = 0
    desk_name: str = ""
    is_platform: bool = False
    """Whether the official runs the installation."""
    has_settings: bool = False
    """Whether the official may set up anything of this municipality."""
    path: str = ""
    there: str = ""
    """This page, and the same in the other language with all that its address says."""
    is_missing: bool = False
    """The address names a municipality that is not the official's."""

    @for_official(Permission.MANAGE_OWN_ACCOUNT)
    async def load(self, official: Official) -> EventSpec | None:
        """Runs with every page; an address without a municipality gets the one used last."""
        url = self.router.url
        asked = self._asked("m", MAX_SLUG_LENGTH)
        self.official_name, self.path = official.full_name, url.path
        self.is_platform = official.is_platform_admin
        self.there = other_language(url.path) + (f"?{url.query}" if url.query else "")
        try:
            frame = await call(open_frame, official, asked)
        except NotFound:
            self.is_missing, self.is_loaded = True, True
            return None
        self._show(frame, texts_of(self._language()))
        if url.path == duties_path(self._language()):
            self.is_loaded = True
            return None
        if not frame.knows_duties:
            here = url.path + (f"?{url.query}" if url.query else "")
            return rx.redirect(duties_path(self._language(), here), replace=True)
        if not frame.workplaces and not self._is_for_all(url.path):
            # Whoever has a right in no municipality has the own account alone, and perhaps the platform.
            home = "/platform" if official.is_platform_admin else "/desk/me"
            return rx.redirect(localized(home, self._language()))
        if frame.chosen and not asked and not self._is_of_platform(url.path):
            return rx.redirect(
                f"{url.path}?{urlencode(dict(url.query_parameters) | {'m': frame.chosen.slug})}", replace=True
            )
        self.is_loaded = True
        return None

    def _is_for_all(self, path: str) -> bool:
        """Whether the page is no municipality's."""
        return path.endswith("/desk/me") or self._is_of_platform(path)

    def _is_of_platform(self, path: str) -> bool:
        return path.removeprefix("/en").startswith("/platform")

    def _show(self, frame: StaffFrame, t: Texts) -> None:
        chosen, path = frame.chosen, self.router.url.path
        self.is_missing = False
        self.slug = chosen.slug if chosen else ""
        self.municipality = chosen.name[t.language] if chosen else ""
        self.choices = [
            WorkplaceChoice(
                place.slug, place.name[t.language], t(f"staff.role.{place.right.role}"), f"{path}?m={place.slug}"
            )
            for place in frame.workplaces
        ]
        self.has_workplaces, self.calls = bool(frame.workplaces), frame.calls
        self.has_settings = chosen is not None and chosen.right.role in ALLOWED[Permission.VIEW_SETTINGS]
        self.desk_name = frame.desk_name[t.language] if frame.desk_name else ""
