"""All pages of the set-up."""

from collections.abc import Callable
from dataclasses import dataclass

import reflex as rx

from dimoslive.i18n import Texts
from dimoslive.ui.settings.declarations.page import declarations
from dimoslive.ui.settings.declarations.state import DeclarationsState
from dimoslive.ui.settings.departments.list_page import departments
from dimoslive.ui.settings.departments.list_state import DepartmentsState
from dimoslive.ui.settings.departments.page import department
from dimoslive.ui.settings.departments.state import DepartmentState
from dimoslive.ui.settings.municipality.page import municipality
from dimoslive.ui.settings.municipality.state import MunicipalityState
from dimoslive.ui.settings.overview.page import overview
from dimoslive.ui.settings.overview.state import OverviewState


@dataclass(frozen=True)
class SettingsPage:
    """A page; ``route`` is the Greek one, ``title_key`` a text, ``name`` what each address has of its own."""

    route: str
    title_key: str
    view: Callable[[Texts], rx.Component]
    load: object
    name: rx.Var | None = None


SETTINGS_PAGES = (
    SettingsPage("/admin", "settings.nav.overview", overview, OverviewState.load),
    SettingsPage("/admin/departments", "settings.nav.departments", departments, DepartmentsState.load),
    SettingsPage(
        "/admin/departments/[thing]", "departments.one", department, DepartmentState.load, name=DepartmentState.title
    ),
    SettingsPage("/admin/municipality", "settings.nav.municipality", municipality, MunicipalityState.load),
    SettingsPage("/admin/declarations", "settings.nav.declarations", declarations, DeclarationsState.load),
)
