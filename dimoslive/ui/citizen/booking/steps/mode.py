"""Step 2: what for, and how. Both are chosen on the page and stored by «Συνέχεια»."""

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.booking.draft import Step
from dimoslive.domain.errors import NotOffered
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Citizen
from dimoslive.i18n import Texts, texts_of
from dimoslive.services.catalogue.show_municipality import show_municipality
from dimoslive.services.draft.choose_service import choose_service
from dimoslive.services.draft.open_draft import OpenDraft, open_draft
from dimoslive.ui.citizen.booking.calendar.state import to_another_calendar
from dimoslive.ui.citizen.booking.frame import actions, step_page
from dimoslive.ui.citizen.booking.state import Summary, WizardState, arrive
from dimoslive.ui.citizen.booking.view_models import Mode, Service, show_services
from dimoslive.ui.citizen.booking.ways import ON_THE_SITE, Surface, services_link
from dimoslive.ui.citizen.town import pause_notice
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.components.feedback import notice
from dimoslive.ui.shared.components.scripts import press_button
from dimoslive.ui.shared.embedding import embedded_slug
from dimoslive.ui.shared.guard import PageState, for_citizen, visitor_zone
from dimoslive.urls import municipality_path, step_path


class ModeState(PageState, rx.State):
    """The services of the municipality, and the choice on the page."""

    services: list[Service] = []
    municipality_href: str = ""
    is_paused: bool = False
    """The municipality takes no new bookings; one that is made can be moved."""
    service: Service = Service(0, "", "", False, "", "", "", "")
    mode: str = ""
    version: int = 0
    """Another list with each arrival: a browser would keep the old one's choice."""
    _municipality: str = ""

    @for_citizen(Permission.BOOK)
    async def load(self, principal: Citizen) -> EventSpec | None:
        """The municipality is the address's (a deep link), else the draft's; service and mode may come the same way."""
        query = self.router.url.query_parameters
        opened = await call(open_draft, principal)
        wizard = await self.get_state(WizardState)
        wizard._pressed = None
        wizard._show(opened, visitor_zone(self))
        arrive(self, wizard, Step.MODE)
        of_draft = opened.municipality.slug if opened.municipality else ""
        slug = embedded_slug(self) or query.get("municipality", "") or of_draft
        if not slug:
            return rx.redirect(step_path(Step.MUNICIPALITY, self._language()), replace=True)
        t = texts_of(self._language())
        page = await call(show_municipality, slug)
        await wizard._show_town(slug)
        if not page.municipality.has_joined:
            raise NotOffered()
        offered = page.services
        draft = opened.draft
        if draft.moving:
            offered = tuple(service for service in offered if service.id == draft.service_id)
        self.is_paused = page.look.pause is not None and not draft.moving
        self.services = show_services(offered, t)
        self.municipality_href = municipality_path(page.municipality.slug, t.language)
        wanted = query.get("service", "")
        chosen = next((s.id for s in offered if s.answers_to(wanted)), draft.service_id if slug == of_draft else None)
        self._municipality = page.municipality.name[t.language]
        self._choose(chosen or (offered[0].id if len(offered) == 1 else 0))
        if draft.mode and slug == of_draft and chosen == draft.service_id:
            self.mode = draft.mode.value
        if (mode := query.get("mode", "")) in [offered.key for offered in self.service.modes]:
            self.mode = mode
        await self._show_choice(opened)
        self.version += 1
        self.is_loaded = True
        return None

    @for_citizen(Permission.BOOK)
    async def pick_service(self, principal: Citizen, service_id: str) -> None:
        """A service of the list."""
        self._choose(next((service.id for service in self.services if str(service.id) == service_id), 0))
        await self._show_choice(await call(open_draft, principal))

    @for_citizen(Permission.BOOK)
    async def pick_mode(self, principal: Citizen, mode: str) -> None:
        """One of the service's modes."""
        if mode in [offered.key for offered in self.service.modes]:
            self.mode = mode
            await self._show_choice(await call(open_draft, principal))

    @for_citizen(Permission.BOOK)
    async def go_on(self, principal: Citizen) -> EventSpec | None:
        """«Συνέχεια»."""
        t = texts_of(self._language())
        if not self.service.id:
            self.problem = t("mode.choose_service")
        elif not self.mode:
            self.problem = t("mode.choose_mode")
        else:
            await call(choose_service, principal, self.service.id, self.mode)
            return await to_another_calendar(self)
        return None

    def _choose(self, service_id: int) -> None:
        found = [service for service in self.services if service.id == service_id]
        self.service = found[0] if found else Service(0, "", "", False, "", "", "", "")
        keys = [mode.key for mode in self.service.modes]
        self.mode = keys[0] if len(keys) == 1 else self.mode if self.mode in keys else ""

    async def _show_choice(self, opened: OpenDraft) -> None:
        """The summary says what is pressed, before it is stored."""
        wizard = await self.get_state(WizardState)
        wizard._pressed_key = (self.service.id, self.mode)
        wizard._pressed = Summary(
            municipality=self._municipality,
            service=self.service.name,
            mode=texts_of(self._language())(f"mode.{self.mode}") if self.mode else "",
            duration=self.service.duration,
        )
        wizard._show(opened, visitor_zone(self))


def mode_step(t: Texts, surface: Surface = ON_THE_SITE) -> rx.Component:
    """The page."""
    s = ModeState
    return step_page(
        t,
        Step.MODE,
        ModeState,
        rx.cond(
            s.is_paused,
            pause_notice(t, WizardState.town.pause, WizardState.town.pause_until),
            rx.fragment(
                rx.cond(s.services.length() > 0, _services(t), _no_services(t)),
                rx.cond(s.service.id > 0, _service(t), rx.fragment()),
            ),
        ),
        surface=surface,
        heights=("1.5rem", "6rem", "9rem"),
        actions=actions(
            t,
            rx.cond(
                s.is_loaded & (s.is_paused | (s.services.length() == 0)),
                rx.fragment()
                if surface.is_embedded
                else rx.el.a(
                    t("mode.other_municipality"),
                    href=step_path(Step.MUNICIPALITY, t.language),
                    class_name="govgr-btn govgr-btn-primary",
                ),
                press_button(
                    t, t("continue"), ack_count=s.ack_count, on_click=s.go_on, class_name="govgr-btn govgr-btn-primary"
                ),
            ),
            back=services_link(t) if surface.is_embedded else step_path(Step.MUNICIPALITY, t.language),
        ),
    )


def _no_services(t: Texts) -> rx.Component:
    contact = rx.el.a(t("mode.contact_municipality"), href=ModeState.municipality_href, class_name="govgr-link")
    return notice(rx.el.p(t("municipality.no_services")), rx.el.p(contact))


def _services(t: Texts) -> rx.Component:
    s = ModeState

    def option(service: rx.Var) -> rx.Component:
        return rx.fragment(
            rx.cond(service.starts_department, rx.el.p(service.department, class_name="choices__head"), rx.fragment()),
            rx.el.label(
                rx.el.input(
                    type="radio",
                    name="service",
                    value=service.id.to_string(),
                    default_checked=s.service.id == service.id,
                    on_change=s.pick_service,
                ),
                rx.el.span(service.name, rx.el.small(service.duration)),
                class_name=rx.cond(s.service.id == service.id, "choice is-chosen", "choice"),
            ),
        )

    return rx.el.fieldset(
        rx.el.legend(t("mode.services"), class_name="govgr-heading-s"),
        rx.foreach(s.services, option),
        key=s.version,
        class_name="choices",
    )


def _service(t: Texts) -> rx.Component:
    s = ModeState
    return rx.fragment(
        pause_notice(t, s.service.pause, s.service.pause_until),
        rx.el.dl(
            _fact(t("mode.duration"), s.service.duration),
            _fact(t("mode.documents"), s.service.documents),
            _fact(t("mode.instructions"), s.service.instructions),
            class_name="facts",
        ),
        rx.cond(
            s.service.online_url != "",
            notice(
                rx.el.p(
                    t("mode.online"),
                    " ",
                    rx.el.a(t("mode.online_link"), href=s.service.online_url, class_name="govgr-link", rel="noopener"),
                )
            ),
            rx.fragment(),
        ),
        rx.el.fieldset(
            rx.el.legend(t("mode.how"), class_name="govgr-heading-s"),
            rx.el.div(rx.foreach(s.service.modes, lambda mode: _mode(t, mode)), class_name="modes"),
            class_name="choices",
        ),
    )


def _mode(t: Texts, mode: Mode) -> rx.Component:
    s = ModeState
    return rx.el.div(
        press_button(
            t,
            mode.label,
            ack_count=s.ack_count,
            on_click=s.pick_mode(mode.key),
            class_name=rx.cond(s.mode == mode.key, "mode is-chosen", "mode"),
            custom_attrs={"aria-pressed": s.mode == mode.key, "aria-describedby": f"mode-{mode.key}"},
        ),
        rx.el.p(mode.hint, id=f"mode-{mode.key}", class_name="mode__hint"),
    )


def _fact(label: str, value: rx.Var) -> rx.Component:
    return rx.cond(value != "", rx.el.div(rx.el.dt(label), rx.el.dd(value)), rx.fragment())
