"""Whom to phone: the list, its filters and its presses."""

from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.desk.calls import CallPress
from dimoslive.domain.errors import ChangedByOther, DomainError
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import texts_of
from dimoslive.services.desk.export_calls import may_export_calls
from dimoslive.services.desk.list_calls import list_calls
from dimoslive.services.desk.press_call import SeenCall, press_call, undo_call
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.ui.staff.calls.view_models import CallMade, CallView, show_call, show_made
from dimoslive.ui.staff.parts import ANSWER, Choice, id_word, read_id
from dimoslive.ui.staff.state import StaffFrameState, StaffPageState

_PRESSES = {press.value: press for press in CallPress}


class CallsState(StaffPageState, rx.State):
    """What is listed, and what the last press did."""

    to_make: list[CallView] = []
    made: list[CallMade] = []
    scope: str = ""
    departments: list[Choice] = []
    department: str = ""
    mine: bool = False
    answer: str = ""
    can_undo: bool = False
    can_export: bool = False
    _seen: dict[int, tuple[int, int | None]] = {}
    """Attempts, and who took it, as the page shows them."""
    _undo: tuple[int, str] = (0, "")

    @for_official(Permission.HANDLE_CALLS)
    async def load(self, official: Official) -> None:
        """The calls that the address's filters let."""
        self.answer, self.can_undo = "", False
        await self._read(official)

    @for_official(Permission.HANDLE_CALLS)
    @background
    async def refresh(self, official: Official) -> None:
        """Something changed, or a minute has passed."""
        await self._read(official)

    @for_official(Permission.HANDLE_CALLS)
    async def choose_department(self, _official: Official, department: str) -> EventSpec:
        """Another address of the same page."""
        return self._at(department=id_word(department), mine="1" if self.mine else "")

    @for_official(Permission.HANDLE_CALLS)
    async def choose_mine(self, _official: Official) -> EventSpec:
        """Only what the official took over, or all again."""
        return self._at(department=self.department, mine="" if self.mine else "1")

    @for_official(Permission.HANDLE_CALLS)
    async def press(self, official: Official, call_id: int, press: str) -> None:
        """One press on a call, as it was shown."""
        self.answer, self.can_undo = "", False
        if press not in _PRESSES:
            return
        place, name = await self._workplace(official, Permission.HANDLE_CALLS), self._name(call_id)
        attempts, taken_by = self._seen.get(call_id, (0, None))
        seen = SeenCall(call_id, attempts, taken_by)
        try:
            await call(press_call, official, place, _PRESSES[press], seen)
            self.answer = texts_of(self._language())(f"calls.did.{press}", name=name)
            self.can_undo, self._undo = True, (call_id, press)
        except ChangedByOther as refusal:
            key = "calls.changed_done" if refusal.params["at"] else "calls.changed_taken"
            self.problem = texts_of(self._language())(key, by=refusal.params["by"], at=refusal.params["at"])
        finally:
            # What was refused has changed, and is shown as it is now.
            await self._read(official)
        # The call stands elsewhere now.
        self._focus(ANSWER)

    @for_official(Permission.HANDLE_CALLS)
    async def undo(self, official: Official) -> None:
        """Take the last press back."""
        call_id, press = self._undo
        self.answer, self.can_undo = "", False
        if press not in _PRESSES:
            return
        place = await self._workplace(official, Permission.HANDLE_CALLS)
        try:
            await call(undo_call, official, place, _PRESSES[press], call_id)
        except DomainError:
            await self._read(official)
            raise
        await self._read(official)
        self.answer = texts_of(self._language())("calls.undone", name=self._name(call_id))
        self._focus(ANSWER)

    def _at(self, **filters: str) -> EventSpec:
        words = {"m": self._asked("m", 80)} | filters
        return rx.redirect(f"{self.router.url.path}?{urlencode({n: v for n, v in words.items() if v})}")

    def _name(self, call_id: int) -> str:
        return next((one.said_name for one in self.to_make if one.id == call_id), "")

    async def _read(self, official: Official) -> None:
        t, place = texts_of(self._language()), await self._workplace(official, Permission.HANDLE_CALLS)
        self.department, self.mine = id_word(self._asked("department", 20)), bool(self._asked("mine", 1))
        found = await call(list_calls, official, place, department_id=read_id(self.department), mine=self.mine)
        self.departments = [Choice(str(one.id), one.name[t.language]) for one in found.departments]
        names = ", ".join(one.text for one in self.departments) if place.right.department_ids else ""
        self.scope = t("lists.scope", names=names) if names else ""
        self.to_make = [show_call(one, official.id, place.slug, place.zone, t) for one in found.to_make]
        self.made = [show_made(one, place.zone, t) for one in found.made]
        self._seen = {one.id: (one.attempts, one.taken_by.id if one.taken_by else None) for one in found.to_make}
        self.can_export = may_export_calls(official, place)
        frame = await self.get_state(StaffFrameState)
        frame.calls = found.waiting
        self.is_loaded = True
