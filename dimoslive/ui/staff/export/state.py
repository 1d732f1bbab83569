"""The page of an export: what can be chosen, what is chosen, and why there was no file."""

import reflex as rx

from dimoslive.domain.booking.statuses import NEVER_BOOKED, BookingStatus
from dimoslive.domain.desk.typed_days import read_typed_day
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.desk_dates import desk_date
from dimoslive.services.desk.export_bookings import MAX_DAYS, MAX_ROWS
from dimoslive.services.desk.list_choices import Named, list_choices
from dimoslive.ui.shared.call import call, context
from dimoslive.ui.shared.guard import for_official
from dimoslive.ui.staff.parts import Choice
from dimoslive.ui.staff.state import StaffPageState

_PROBLEMS = {"ends_before_start", "too_many_days", "own_day_only", "own_desk_only"}


class ExportState(StaffPageState, rx.State):
    """The form, filled in as the address says."""

    is_all: bool = False
    since: str = ""
    until: str = ""
    department: str = ""
    service: str = ""
    desk: str = ""
    mode: str = ""
    status: str = ""
    departments: list[Choice] = []
    services: list[Choice] = []
    desks: list[Choice] = []
    modes: list[Choice] = []
    statuses: list[Choice] = []
    refusal: str = ""
    """Why there was no file; ``wrong`` is the field at which it stands."""
    wrong: str = ""
    version: int = 0
    """Another form with each arrival: a browser would keep its fields as they were."""

    @for_official(Permission.EXPORT_OWN_DAY)
    async def load(self, official: Official) -> None:
        """What this official may choose."""
        t, place = texts_of(self._language()), await self._workplace(official, Permission.EXPORT_OWN_DAY)
        choices = await call(list_choices, official, place)
        self.is_all = choices.is_all
        self.departments, self.services, self.desks = (
            _named(of_kind, t) for of_kind in (choices.departments, choices.services, choices.desks)
        )
        self.modes = [Choice(mode.value, t(f"mode.{mode}")) for mode in Mode]
        self.statuses = [Choice(one.value, t(f"desk.status.{one}")) for one in BookingStatus if one not in NEVER_BOOKED]
        day = read_typed_day(self._asked("date")) or local_day(context().clock.now(), place.zone)
        self.since, self.until = (self._asked(name, 80) or desk_date(day) for name in ("from", "until"))
        for name in ("department", "service", "desk", "mode", "status"):
            setattr(self, name, self._asked(name, 80))
        self._say_refusal(t)
        self.version += 1
        self.is_loaded = True

    def _say_refusal(self, t: Texts) -> None:
        """Only known problems are said: the address is anybody's to write."""
        problem, found = self._asked("problem"), self._asked("found", 10)
        self.wrong, self.refusal = self._asked("field", 10), ""
        if problem == "not_a_date":
            self.refusal = t("export.not_a_date")
        elif problem == "too_many_rows" and found.isdecimal():
            self.refusal = t("error.too_many_rows", found=found, limit=MAX_ROWS)
        elif problem == "too_many_days":
            self.refusal = t("error.too_many_days", limit=MAX_DAYS)
        elif problem in _PROBLEMS:
            self.refusal = t(f"error.{problem}")
        if self.refusal:
            self._focus("export-problem")


def _named(found: tuple[Named, ...], t: Texts) -> list[Choice]:
    return [Choice(str(one.id), one.name[t.language]) for one in found]
