"""One official: enter, change, end."""

from collections.abc import Mapping

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.errors import InvalidDetails, InvalidInput, NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.dates import desk_clock
from dimoslive.services.settings.officials.end_official import ABSENT, Ending, end_official, weigh_ending
from dimoslive.services.settings.officials.open_official import OpenOfficial, open_official
from dimoslive.services.settings.officials.save_official import add_official, save_official
from dimoslive.services.settings.root_change import Opened, Saved
from dimoslive.ui.settings.form_state import SettingsFormState
from dimoslive.ui.settings.officials.list_state import known_by
from dimoslive.ui.settings.officials.view_models import LeftDeskView, show_left
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.ui.staff.parts import Choice, read_id
from dimoslive.urls import settings_path

NAME = "officials"
LISTS = {"department_ids": "department", "desk_ids": "desk"}
"""Fields that hold several ids, and how the name of each one's tick begins."""


class OfficialState(SettingsFormState, rx.State):
    """The official whom the address names, or a new one."""

    title: str = ""
    is_new: bool = False
    is_self: bool = False
    known_by: str = ""
    roles: list[Choice] = []
    departments: list[Choice] = []
    desks: list[Choice] = []
    is_ending: bool = False
    left_alone: list[LeftDeskView] = []
    left_empty: str = ""
    """Names of desks that nobody works after the end, without bookings."""
    meeting: str = ""
    """That the person is with a citizen now, in words."""

    def _topic(self) -> str:
        return NAME

    def _shown(self, field: str, value: object, t: Texts) -> str:
        if field == "role" and isinstance(value, str):
            return t(f"officials.role.{value}") if t.has(f"officials.role.{value}") else value
        if field in LISTS and isinstance(value, list):
            options = self.departments if field == "department_ids" else self.desks
            names = {one.value: one.text for one in options}
            shown = [names.get(f"{LISTS[field]}_{id_}", t("officials.gone")) for id_ in value]
            return ", ".join(shown) or t(
                "officials.all_departments" if options is self.departments else "officials.no_desk"
            )
        return super()._shown(field, value, t)

    @for_official(Permission.MANAGE_OFFICIALS)
    async def load(self, official: Official) -> None:
        """As it is now."""
        self.is_loaded, self.is_ending = False, False
        if await self._read(official) and self._asked("done") == "added":
            self._say_saved()

    @for_official(Permission.MANAGE_OFFICIALS)
    @background
    async def suggest(self, _official: Official, field: str, greek: str) -> None:
        """Nothing here has two languages."""

    @for_official(Permission.MANAGE_OFFICIALS)
    async def submit(self, official: Official, form_data: dict) -> EventSpec | None:
        """«Αποθήκευση», of the form or of the answers to what somebody else changed meanwhile."""
        place, official_id = await self._workplace(official, Permission.MANAGE_OFFICIALS), self._asked_id()

        async def send(opened: Opened, raw: Mapping[str, object]) -> Saved | int:
            if official_id is None:
                return await call(add_official, official, place.municipality_id, raw)
            return await call(save_official, official, place.municipality_id, official_id, opened, raw)

        result = await self._submit(form_data, send)
        if isinstance(result, int):
            self.saved_count += 1
            return rx.redirect(settings_path(f"{NAME}/{result}", place.slug, self._language(), done="added"))
        if result is not None and await self._read(official):
            self._say_saved(result)
        return None

    @for_official(Permission.MANAGE_OFFICIALS)
    async def ask_end(self, official: Official) -> None:
        """«Τερματισμός…»: what it leaves behind is said first."""
        place = await self._workplace(official, Permission.MANAGE_OFFICIALS)
        self._show_ending(await call(weigh_ending, official, place.municipality_id, self._asked_id() or 0))

    @for_official(Permission.MANAGE_OFFICIALS)
    async def leave(self, _official: Official) -> None:
        """Nobody is ended."""
        self.is_ending = False

    @for_official(Permission.MANAGE_OFFICIALS)
    async def end(self, official: Official, form_data: dict) -> EventSpec:
        """«Τερματισμός», with who takes over each desk that would be left alone."""
        place = await self._workplace(official, Permission.MANAGE_OFFICIALS)
        self.is_ending = False
        after = {}
        for name, chosen in form_data.items():
            desk_id, taken_by = read_id(name.removeprefix("after-")), read_id(str(chosen))
            if desk_id and taken_by is not None and name.startswith("after-"):
                after[desk_id] = ABSENT if chosen == "absent" else taken_by or -1
        plan_id = await call(end_official, official, place.municipality_id, self._asked_id() or 0, after)
        self.saved_count += 1
        path = f"plan/{plan_id}" if plan_id else NAME
        return rx.redirect(settings_path(path, place.slug, self._language()))

    def _show_ending(self, ending: Ending) -> None:
        t = texts_of(self._language())
        self.left_alone = [show_left(desk, t) for desk in ending.desks if desk.bookings]
        names = [desk.name[t.language] for desk in ending.desks if not desk.bookings]
        self.left_empty = t("officials.end.left_empty", names=", ".join(names)) if names else ""
        hours = ", ".join(desk_clock(at, ending.zone) for at in ending.meetings)
        self.meeting = t("officials.end.meeting", at=hours) if hours else ""
        self.is_ending = True

    async def _read(self, official: Official) -> bool:
        """The official as it is now; False, and the missing page, if it is not there or not theirs."""
        place = await self._enter(official, Permission.MANAGE_OFFICIALS)
        if place is None:
            return False
        try:
            found = await call(open_official, official, place.municipality_id, self._asked_id())
        except NotFound:
            self.is_missing, self.is_loaded = True, True
            return False
        self._fill(found)
        self.is_loaded = True
        return True

    def _fill(self, found: OpenOfficial) -> None:
        t = texts_of(self._language())
        self.roles = [Choice(role.value, t(f"officials.role.{role}")) for role in found.givable.choices.roles]
        self.departments = [
            Choice(f"department_{id_}", name[t.language]) for id_, name in found.givable.departments.items()
        ]
        self.desks = [Choice(f"desk_{id_}", name[t.language]) for id_, name in found.givable.desks.items()]
        self._open(found.opened)
        self.is_new, self.is_self = self._asked_id() is None, found.is_self
        self.known_by = known_by(found.afm_last_digits, found.email, t)
        name = f"{self.values['last_name']} {self.values['first_name']}".strip()
        self.title = t("officials.new") if self.is_new else name
        self._show_history(found.history)

    def _open(self, opened: Opened) -> None:
        super()._open(opened)
        self._tick(opened.values)

    def _say_wrong(self, refusal: InvalidInput | InvalidDetails, raw: Mapping[str, object]) -> None:
        super()._say_wrong(refusal, raw)
        self._tick(raw)

    def _tick(self, values: Mapping[str, object]) -> None:
        """Lists of ids, as the ticks of the form show them."""
        for field, word in LISTS.items():
            listed = values.get(field)
            if isinstance(listed, list):
                options = self.departments if field == "department_ids" else self.desks
                ticks = {one.value: "on" if one.value in {f"{word}_{id_}" for id_ in listed} else "" for one in options}
                self.values = self.values | ticks
