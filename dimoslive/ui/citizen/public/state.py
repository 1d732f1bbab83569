"""States of the public pages."""

import re

import reflex as rx

from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.scheduling.local_time import ATHENS
from dimoslive.i18n import texts_of
from dimoslive.i18n.dates import full_time
from dimoslive.i18n.when import in_zone
from dimoslive.services.catalogue.list_municipalities import list_municipalities
from dimoslive.services.catalogue.show_municipality import PageWithTimes, show_municipality_with_times
from dimoslive.services.identity.auth_realm import STAFF
from dimoslive.services.identity.begin_sign_in import safe_path
from dimoslive.services.identity.sessions import find_principal
from dimoslive.services.settings.publishing.preview import preview_page
from dimoslive.ui.citizen.public.view_models import MunicipalityLine, OfferedLine, show_line, show_offers
from dimoslive.ui.shared.call import call, call_public
from dimoslive.ui.shared.guard import PageState, for_anyone, staff_token, visitor_zone
from dimoslive.ui.shared.sign_in_problems import SIGN_IN_PROBLEMS
from dimoslive.urls import my_bookings_path


class SignInState(PageState, rx.State):
    """Why the person is here, and where to go afterwards."""

    return_to: str = ""

    @for_anyone(Permission.SIGN_IN)
    async def load(self) -> None:
        """Only known problems are shown: the address is anybody's to write."""
        query, language = self.router.url.query_parameters, self._language()
        self.return_to = safe_path(query.get("next", "") or my_bookings_path(language))
        problem = query.get("problem", "")
        if problem in SIGN_IN_PROBLEMS:
            self.problem = texts_of(language)(f"sign_in.problem.{problem}")


class MunicipalitiesState(PageState, rx.State):
    """Those that have joined."""

    joined: list[MunicipalityLine] = []

    @for_anyone(Permission.VIEW_PUBLIC)
    async def load(self) -> None:
        """In Greek order."""
        t = texts_of(self._language())
        names = await call_public(list_municipalities)
        self.joined = [show_line(name, t) for name in names if name.has_joined]
        self.is_loaded = True


class MunicipalityPageState(PageState, rx.State):
    """One municipality, for anybody."""

    has_joined: bool = False
    is_preview: bool = False
    """It is shown as it will be, to somebody who works there."""
    name: str = ""
    unit: str = ""
    address: str = ""
    phone: str = ""
    phone_href: str = ""
    email: str = ""
    services: list[OfferedLine] = []

    @for_anyone(Permission.VIEW_PUBLIC)
    async def load(self) -> None:
        """By the slug in the address."""
        self.is_loaded, self.name = False, ""
        t = texts_of(self._language())
        slug = self.router.url.path.rstrip("/").rpartition("/")[2][:80]
        try:
            page, firsts = await call_public(show_municipality_with_times, slug)
        except NotFound:
            self.problem = t("municipality.unknown")
            return
        self.is_preview = False
        if not page.municipality.has_joined and (preview := await self._preview(slug)):
            page, firsts = preview
            self.is_preview = True
        own = visitor_zone(self)
        first_free = {
            service_id: in_zone(full_time(at, t.language), at, ATHENS, own, ATHENS, t)
            for service_id, at in firsts.items()
        }
        self.name, self.has_joined = page.municipality.name[t.language], page.municipality.has_joined
        self.unit = page.municipality.regional_unit[t.language]
        self.address, self.phone, self.email = page.address[t.language], page.phone, page.email
        self.phone_href = "tel:" + re.sub(r"[^+\d]", "", page.phone)
        self.services = show_offers(slug, page.services, first_free, t)
        self.is_loaded = True

    async def _preview(self, slug: str) -> PageWithTimes | None:
        """Before it is published, those who work there see it as it will be; nobody else does."""
        official = await call(find_principal, STAFF, staff_token(self))
        if official is None:
            return None
        try:
            return await call(preview_page, official, slug)
        except NotFound:
            return None
