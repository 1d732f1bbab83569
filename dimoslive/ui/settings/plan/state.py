"""One plan: see what changes, decide, apply, follow, undo."""

import re
from datetime import UTC, datetime
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.errors import InvalidInput, NotFound, SlotTaken
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.changes import ServiceChange
from dimoslive.domain.plans.plan import Plan
from dimoslive.domain.plans.proposals import Decision, Target
from dimoslive.domain.plans.statuses import BEFORE_APPLY, ItemState, PlanState
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.dates import desk_clock
from dimoslive.services.plans.apply_plan import apply_plan
from dimoslive.services.plans.decide_item import decide_all, decide_item
from dimoslive.services.plans.discard_plan import discard_plan
from dimoslive.services.plans.offer_targets import offer_targets
from dimoslive.services.plans.preview_change import preview_again
from dimoslive.services.plans.preview_mail import PreviewedMail, preview_mail
from dimoslive.services.plans.show_plan import show_plan
from dimoslive.services.plans.undo_plan import undo_plan
from dimoslive.services.plans.write_message import write_message
from dimoslive.ui.settings.plan.view_models import (
    PlanItemView,
    TargetChoice,
    show_item,
    show_targets,
    target_word,
)
from dimoslive.ui.settings.plan.words import about, decided_words, free_words, hit_words, title_of
from dimoslive.ui.settings.state import SettingsPageState
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.field_errors import say
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.ui.staff.parts import read_id
from dimoslive.urls import settings_path

_P = Permission.VIEW_SETTINGS
STATE_TITLE = "plan-state"
MAX_ID = 2**31
_TARGET = re.compile(r"([0-9]{1,11})\|([0-9]{1,10})\|([a-z_]+)")


class PlanPageState(SettingsPageState, rx.State):
    """The plan that the address names."""

    title: str = ""
    lead: str = ""
    back: str = "closures"
    hits: str = ""
    free: str = ""
    items: list[PlanItemView] = []
    sum: str = ""
    note: str = ""
    state_title: str = ""
    state_text: str = ""
    is_ready: bool = False
    is_stale: bool = False
    is_at_work: bool = False
    can_undo: bool = False
    can_decide: bool = False
    undo_until: str = ""
    done_share: int = 0
    message_el: str = ""
    message_en: str = ""
    message_version: int = 0
    errors: dict[str, str] = {}
    mail_to: str = ""
    mail_name: str = ""
    mail_subject: str = ""
    mail_text: str = ""
    mail_language: str = "el"
    page: int = 1
    pages: int = 1
    previous_href: str = ""
    next_href: str = ""
    picking: str = ""
    picking_name: str = ""
    picking_day: str = ""
    targets: list[TargetChoice] = []
    target: str = ""

    @for_official(_P)
    async def load(self, official: Official) -> None:
        """As it is now."""
        self.is_loaded, self.picking = False, ""
        await self._read(official, with_message=True)

    @for_official(_P)
    @background
    async def refresh(self, official: Official) -> None:
        """The job went on, or somebody phoned."""
        if self.is_loaded and not self.is_missing and self.is_at_work:
            await self._read(official)

    @for_official(_P)
    async def decide(self, official: Official, item: str, decision: str) -> None:
        """About one."""
        place = await self._workplace(official, _P)
        wanted = _decision(decision)
        if wanted is not None:
            await call(decide_item, official, place.municipality_id, self._id(), read_id(item) or 0, wanted)
        await self._read(official)

    @for_official(_P)
    async def decide_all(self, official: Official, decision: str) -> None:
        """«Για όλα…»: as proposed, kept, or cancelled."""
        place = await self._workplace(official, _P)
        if decision in ("proposed", Decision.KEEP.value, Decision.CANCEL.value):
            wanted = None if decision == "proposed" else Decision(decision)
            await call(decide_all, official, place.municipality_id, self._id(), wanted)
        await self._read(official)

    @for_official(_P)
    async def pick(self, official: Official, item: str) -> None:
        """«Άλλη ώρα»: the places of the day where it is to go."""
        self.picking = str(read_id(item) or "")
        self.picking_name = next((one.name for one in self.items if one.id == self.picking), "")
        await self._offer(official, "")

    @for_official(_P)
    @background
    async def pick_day(self, official: Official, day: str) -> None:
        """Those of another day."""
        await self._offer(official, day[:10])

    @for_official(_P)
    @background
    async def choose_target(self, _official: Official, target: str) -> None:
        """One of them."""
        self.target = target[:80]

    @for_official(_P)
    async def leave_picking(self, _official: Official) -> None:
        """Without another time."""
        self.picking = ""

    @for_official(_P)
    async def give_target(self, official: Official) -> None:
        """The chosen place is the booking's."""
        place, target = await self._workplace(official, _P), _target(self.target)
        if target is None:
            raise SlotTaken()
        await call(
            decide_item,
            official,
            place.municipality_id,
            self._id(),
            read_id(self.picking) or 0,
            Decision.MOVE,
            target,
        )
        self.picking = ""
        await self._read(official)

    @for_official(_P)
    @background
    async def write(self, official: Official, language: str, text: str) -> None:
        """The message, once its field is left."""
        words = {"el": self.message_el, "en": self.message_en} | ({language: text} if language in ("el", "en") else {})
        self.message_el, self.message_en = words["el"][:2000], words["en"][:2000]
        place = await self._workplace(official, _P)
        self.errors = {}
        try:
            await call(write_message, official, place.municipality_id, self._id(), words)
        except InvalidInput as refusal:
            self.errors = {refusal.field: say(refusal, texts_of(self._language()))}
            return
        await self._read(official)

    @for_official(_P)
    async def look_again(self, official: Official) -> None:
        """From what it is now."""
        place = await self._workplace(official, _P)
        await call(preview_again, official, place.municipality_id, self._id())
        await self._read(official)

    @for_official(_P)
    async def apply(self, official: Official) -> None:
        """«Εφαρμογή»."""
        if self.errors:
            self._focus(next(iter(self.errors)))
            return
        place = await self._workplace(official, _P)
        await call(apply_plan, official, place.municipality_id, self._id())
        await self._read(official)
        self._focus(STATE_TITLE)

    @for_official(_P)
    async def undo(self, official: Official) -> None:
        """«Αναίρεση όλων»."""
        place = await self._workplace(official, _P)
        await call(undo_plan, official, place.municipality_id, self._id())
        await self._read(official)
        self._focus(STATE_TITLE)

    @for_official(_P)
    async def discard(self, official: Official) -> EventSpec:
        """«Απόρριψη»."""
        place = await self._workplace(official, _P)
        await call(discard_plan, official, place.municipality_id, self._id())
        return rx.redirect(settings_path(self.back, place.slug, self._language()))

    async def _offer(self, official: Official, day: str) -> None:
        place = await self._workplace(official, _P)
        try:
            wanted = datetime.fromisoformat(day).date() if day else None
        except ValueError:
            wanted = None
        item_id = read_id(self.picking) or 0
        offered = await call(offer_targets, official, place.municipality_id, self._id(), item_id, wanted)
        plan = await call(show_plan, official, place.municipality_id, self._id(), self.page)
        self.picking_day = offered.day.isoformat()
        self.targets = show_targets(offered, plan, texts_of(self._language()))
        own = next((item.target for item in plan.items if item.id == item_id and item.target), None)
        words = [choice.value for choice in self.targets]
        self.target = target_word(own) if own and target_word(own) in words else (words[0] if words else "")

    async def _read(self, official: Official, *, with_message: bool = False) -> None:
        place = await self._enter(official, _P)
        if place is None:
            return
        page = read_id(self._asked("page", 6)) or 1
        try:
            plan = await call(show_plan, official, place.municipality_id, self._id(), page)
            mail = await call(preview_mail, official, place.municipality_id, self._id())
        except NotFound:
            self.is_missing, self.is_loaded = True, True
            return
        self._show(plan, texts_of(self._language()))
        self._show_mail(mail)
        self._show_pages(plan, place.slug)
        if with_message:
            self.message_el, self.message_en, self.errors = plan.message["el"], plan.message["en"], {}
            self.message_version += 1
        self.is_loaded = True

    def _show(self, plan: Plan, t: Texts) -> None:
        counts = plan.counts
        self.title, self.lead, self.back = title_of(plan, t), about(plan, t), _back(plan)
        self.hits, self.free, self.sum = hit_words(counts, t), free_words(plan, t), decided_words(counts, t)
        self.is_ready, self.is_stale = plan.state is PlanState.READY, plan.state is PlanState.STALE
        self.is_at_work = plan.state in (PlanState.APPLIED, PlanState.WORKING, PlanState.OPEN, PlanState.UNDONE)
        self.can_undo, self.undo_until = plan.can_undo, desk_clock(plan.mails_at, plan.zone) if plan.mails_at else ""
        days = {item.was_starts_at.date() for item in plan.items}
        self.items = [show_item(item, plan, t, has_days=len(days) > 1 or plan.pages > 1) for item in plan.items]
        self.can_decide = any(item.can_decide for item in self.items)
        self.note = _note(plan, t)
        settled = sum(counts.by_state.get(state, 0) for state in (ItemState.DONE, ItemState.SKIPPED, ItemState.UNDONE))
        self.done_share = 100 * settled // counts.hits if counts.hits else 100
        self.state_title = _state_title(plan, t)
        self.state_text = _state_text(plan, settled, t)

    def _show_mail(self, mail: PreviewedMail | None) -> None:
        self.mail_to, self.mail_name = (mail.to, mail.name) if mail else ("", "")
        self.mail_subject, self.mail_text = (mail.subject, mail.text) if mail else ("", "")
        self.mail_language = mail.language if mail else "el"

    def _show_pages(self, plan: Plan, slug: str) -> None:
        self.page, self.pages = plan.page, plan.pages
        path = self.router.url.path

        def href(page: int) -> str:
            return f"{path}?{urlencode({'m': slug, 'page': page})}" if 1 <= page <= plan.pages else ""

        self.previous_href, self.next_href = href(plan.page - 1), href(plan.page + 1)

    def _id(self) -> int:
        return self._asked_id() or 0


def _decision(word: str) -> Decision | None:
    return Decision(word) if word in set(Decision) else None


def _target(word: str) -> Target | None:
    """What a browser sends as a place; nothing for anything else."""
    found = _TARGET.fullmatch(word)
    if found is None or found[3] not in set(Mode) or int(found[2]) >= MAX_ID:
        return None
    return Target(datetime.fromtimestamp(int(found[1]), UTC), int(found[2]), Mode(found[3]))


def _back(plan: Plan) -> str:
    """The list of what it changes."""
    if isinstance(plan.change, ServiceChange) and (plan.change.weekly is not None or plan.change.dated is not None):
        return "hours"
    return f"{plan.change.kind}s"


def _note(plan: Plan, t: Texts) -> str:
    """When people are told, and until when all can be undone."""
    if plan.state not in BEFORE_APPLY:
        return ""
    calls = sum(plan.counts.by_contact.get(way, 0) for way in plan.counts.by_contact if way.value == "phone")
    said = t("plan.note.urgent") if plan.is_urgent else t("plan.note.waits")
    return f"{said} {t.count('plan.note.calls', calls)}" if calls else said


def _state_title(plan: Plan, t: Texts) -> str:
    if plan.state is PlanState.READY:
        return ""
    is_alone = not plan.counts.hits and plan.state in (PlanState.APPLIED, PlanState.WORKING)
    return t("plan.state_title.alone") if is_alone else t(f"plan.state_title.{plan.state.value}")


def _state_text(plan: Plan, settled: int, t: Texts) -> str:
    counts = plan.counts
    if not counts.hits and plan.state in (PlanState.APPLIED, PlanState.WORKING, PlanState.FINISHED):
        return ""
    if plan.state in (PlanState.APPLIED, PlanState.WORKING):
        return t("plan.progress", done=settled, total=counts.hits)
    if plan.state is PlanState.OPEN:
        undecided = counts.by_state.get(ItemState.UNDECIDED, 0)
        parts = [t.count("plan.sum.undecided", undecided)] if undecided else []
        parts += [t.count("plan.sum.calls", counts.calls_open)] if counts.calls_open else []
        return ", ".join(parts)
    if plan.state is PlanState.FINISHED:
        return decided_words(counts, t)
    return t("plan.stale_text") if plan.state is PlanState.STALE else ""
