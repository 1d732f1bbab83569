"""All pages of the set-up."""

from collections.abc import Callable
from dataclasses import dataclass

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.absences.list_page import absences
from dimoslive.ui.settings.absences.list_state import AbsencesState
from dimoslive.ui.settings.absences.page import absence
from dimoslive.ui.settings.absences.state import AbsenceState
from dimoslive.ui.settings.closures.list_page import closures
from dimoslive.ui.settings.closures.list_state import ClosuresState
from dimoslive.ui.settings.closures.page import closure
from dimoslive.ui.settings.closures.state import ClosureState
from dimoslive.ui.settings.declarations.page import declarations
from dimoslive.ui.settings.declarations.state import DeclarationsState
from dimoslive.ui.settings.departments.list_page import departments
from dimoslive.ui.settings.departments.list_state import DepartmentsState
from dimoslive.ui.settings.departments.page import department
from dimoslive.ui.settings.departments.state import DepartmentState
from dimoslive.ui.settings.desks.feeds_state import PlaceFeedsState
from dimoslive.ui.settings.desks.list_page import desks
from dimoslive.ui.settings.desks.list_state import DesksState
from dimoslive.ui.settings.desks.page import desk_form
from dimoslive.ui.settings.desks.state import DeskFormState
from dimoslive.ui.settings.embedding.page import embedding
from dimoslive.ui.settings.embedding.state import EmbeddingState
from dimoslive.ui.settings.history.page import set_up_history
from dimoslive.ui.settings.history.state import SetUpHistoryState
from dimoslive.ui.settings.hours.dates_page import hours_dates
from dimoslive.ui.settings.hours.dates_state import HoursDatesState
from dimoslive.ui.settings.hours.list_page import hours_list
from dimoslive.ui.settings.hours.list_state import HoursListState
from dimoslive.ui.settings.hours.week_page import hours_week
from dimoslive.ui.settings.hours.week_state import HoursWeekState
from dimoslive.ui.settings.keys.list_page import keys
from dimoslive.ui.settings.keys.list_state import KeysState
from dimoslive.ui.settings.keys.page import key
from dimoslive.ui.settings.keys.state import KeyState
from dimoslive.ui.settings.municipality.page import municipality
from dimoslive.ui.settings.municipality.state import MunicipalityState
from dimoslive.ui.settings.officials.list_page import officials
from dimoslive.ui.settings.officials.list_state import OfficialsState
from dimoslive.ui.settings.officials.page import official
from dimoslive.ui.settings.officials.state import OfficialState
from dimoslive.ui.settings.overview.page import overview
from dimoslive.ui.settings.overview.state import OverviewState
from dimoslive.ui.settings.plan.notice_state import OpenPlansState
from dimoslive.ui.settings.plan.page import plan
from dimoslive.ui.settings.plan.state import PlanPageState
from dimoslive.ui.settings.services.list_page import services
from dimoslive.ui.settings.services.list_state import ServicesState
from dimoslive.ui.settings.services.page import service
from dimoslive.ui.settings.services.pause_page import service_pause
from dimoslive.ui.settings.services.pause_state import ServicePauseState
from dimoslive.ui.settings.services.state import ServiceState
from dimoslive.ui.settings.setup.contact import SetUpContactState, set_up_contact
from dimoslive.ui.settings.setup.desks_and_hours import SetUpDesksState, SetUpHoursState, set_up_desks, set_up_hours
from dimoslive.ui.settings.setup.preview_state import PreviewState
from dimoslive.ui.settings.setup.publish_page import set_up_publish
from dimoslive.ui.settings.setup.publish_state import PublishState
from dimoslive.ui.settings.setup.usual import (
    SetUpDepartmentsState,
    SetUpServicesState,
    set_up_departments,
    set_up_services,
)
from dimoslive.ui.settings.webhooks.list_page import webhooks
from dimoslive.ui.settings.webhooks.list_state import WebhooksState
from dimoslive.ui.settings.webhooks.log_page import webhook_log
from dimoslive.ui.settings.webhooks.log_state import WebhookLogState
from dimoslive.ui.settings.webhooks.page import webhook
from dimoslive.ui.settings.webhooks.state import WebhookState


@dataclass(frozen=True)
class SettingsPage:
    """A page; ``route`` is the Greek one, ``title_key`` a text, ``name`` what each address has of its own."""

    route: str
    title_key: str
    view: Callable[[Texts], rx.Component]
    load: object
    name: rx.Var | None = None
    also: tuple[object, ...] = ()
    """What else is loaded with it."""


_PLANS = (OpenPlansState.load,)
SETTINGS_PAGES = (
    SettingsPage("/admin", "settings.nav.overview", overview, OverviewState.load),
    SettingsPage("/admin/setup/municipality", "tasks.name.municipality", set_up_contact, SetUpContactState.load),
    SettingsPage("/admin/setup/departments", "tasks.name.departments", set_up_departments, SetUpDepartmentsState.load),
    SettingsPage("/admin/setup/services", "tasks.name.services", set_up_services, SetUpServicesState.load),
    SettingsPage("/admin/setup/desks", "tasks.name.desks", set_up_desks, SetUpDesksState.load),
    SettingsPage("/admin/setup/hours", "tasks.name.hours", set_up_hours, SetUpHoursState.load),
    SettingsPage(
        "/admin/setup/publish", "tasks.name.publish", set_up_publish, PublishState.load, also=(PreviewState.load,)
    ),
    SettingsPage("/admin/departments", "settings.nav.departments", departments, DepartmentsState.load),
    SettingsPage(
        "/admin/departments/[thing]", "departments.one", department, DepartmentState.load, name=DepartmentState.title
    ),
    SettingsPage("/admin/services", "settings.nav.services", services, ServicesState.load, also=_PLANS),
    SettingsPage("/admin/services/[thing]", "services.one", service, ServiceState.load, name=ServiceState.title),
    SettingsPage(
        "/admin/services/pause/[thing]",
        "services.pause",
        service_pause,
        ServicePauseState.load,
        name=ServicePauseState.title,
    ),
    SettingsPage("/admin/desks", "settings.nav.desks", desks, DesksState.load, also=(*_PLANS, PlaceFeedsState.load)),
    SettingsPage("/admin/desks/[thing]", "desks.one", desk_form, DeskFormState.load, name=DeskFormState.title),
    SettingsPage("/admin/closures", "settings.nav.closures", closures, ClosuresState.load, also=_PLANS),
    SettingsPage("/admin/closures/[thing]", "closures.one", closure, ClosureState.load, name=ClosureState.title),
    SettingsPage("/admin/absences", "settings.nav.absences", absences, AbsencesState.load, also=_PLANS),
    SettingsPage("/admin/absences/[thing]", "absences.one", absence, AbsenceState.load, name=AbsenceState.title),
    SettingsPage("/admin/plan/[thing]", "plan.one", plan, PlanPageState.load, name=PlanPageState.title),
    SettingsPage("/admin/hours", "settings.nav.hours", hours_list, HoursListState.load),
    SettingsPage("/admin/hours/[thing]", "hours.title", hours_week, HoursWeekState.load, name=HoursWeekState.title),
    SettingsPage(
        "/admin/hours/[thing]/dates", "hours.title", hours_dates, HoursDatesState.load, name=HoursDatesState.title
    ),
    SettingsPage("/admin/municipality", "settings.nav.municipality", municipality, MunicipalityState.load),
    SettingsPage("/admin/declarations", "settings.nav.declarations", declarations, DeclarationsState.load),
    SettingsPage("/admin/embed", "settings.nav.embedding", embedding, EmbeddingState.load),
    SettingsPage("/admin/keys", "settings.nav.keys", keys, KeysState.load),
    SettingsPage("/admin/keys/[thing]", "keys.one", key, KeyState.load, name=KeyState.title),
    SettingsPage("/admin/officials", "settings.nav.officials", officials, OfficialsState.load),
    SettingsPage("/admin/officials/[thing]", "officials.one", official, OfficialState.load, name=OfficialState.title),
    SettingsPage("/admin/webhooks", "settings.nav.webhooks", webhooks, WebhooksState.load),
    SettingsPage("/admin/webhooks/[thing]", "webhooks.one", webhook, WebhookState.load, name=WebhookState.title),
    SettingsPage(
        "/admin/webhooks/[thing]/log", "webhooks.log", webhook_log, WebhookLogState.load, name=WebhookLogState.title
    ),
    SettingsPage("/admin/history", "settings.nav.history", set_up_history, SetUpHistoryState.load),
)
