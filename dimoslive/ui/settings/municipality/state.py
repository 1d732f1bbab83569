"""«Ο δήμος»: what it says of itself, how it takes bookings, its crest, and its pause."""

from collections.abc import Mapping

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.catalogue.accent_color import Color
from dimoslive.domain.catalogue.pause import Pause
from dimoslive.domain.errors import InvalidDetails, InvalidInput
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import to_local
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.desk_dates import desk_moment
from dimoslive.i18n.refusals import say
from dimoslive.services.settings.municipality.change_crest import remove_crest
from dimoslive.services.settings.municipality.open_municipality import OpenMunicipality, open_municipality
from dimoslive.services.settings.municipality.pause_municipality import pause_municipality, reopen_municipality
from dimoslive.services.settings.municipality.save_municipality import CONFIRMS_ERASING, save_municipality
from dimoslive.services.settings.municipality.weigh_retention import weigh_retention
from dimoslive.services.settings.root_change import Opened, Saved
from dimoslive.ui.settings.form_state import FieldProblem, SettingsFormState
from dimoslive.ui.settings.frame_ids import SAVED
from dimoslive.ui.settings.municipality.crest_answers import crest_answer
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.ui.staff.parts import Choice
from dimoslive.urls import crest_path, settings_path

NAME = "municipality"
_PAUSE_FIELDS = ("message_el", "message_en", "until_day", "until_time")


class MunicipalityState(SettingsFormState, rx.State):
    """The municipality that the address names."""

    providers: list[Choice] = []
    erasing: str = ""
    """What a shorter term would erase tonight, which needs a tick; empty for a term that is no shorter."""
    nearest_color: str = ""
    """The nearest colour that can be read, where the one that was typed cannot."""
    crest_href: str = ""
    crest_problem: str = ""
    dialog: str = ""
    is_paused: bool = False
    pause_line: str = ""
    """Since when, and until when if that is known."""
    stays: str = ""
    pause_version: int = 0
    _pause_shown: tuple[str, ...] = ()
    pause_problems: list[FieldProblem] = []

    def _topic(self) -> str:
        return NAME

    def _shown(self, field: str, value: object, t: Texts) -> str:
        if field == "feed_persons":
            return t(f"municipality.feed_persons.{value}")
        if field == "video_provider":
            return _provider_word(str(value or ""), t)
        return super()._shown(field, value, t)

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def load(self, official: Official) -> None:
        """As it is now; the address may have what became of a picture that was sent."""
        self.is_loaded, self.dialog = False, ""
        if await self._read(official):
            t, code = texts_of(self._language()), self._asked("crest")
            self.crest_problem = crest_answer(code, self._asked("width"), self._asked("height"), t)
            if code in {"kept", "removed"}:
                self._say(t(f"municipality.crest_{code}"))
            elif self.crest_problem:
                self._focus("crest-problem")

    @for_official(Permission.MANAGE_MUNICIPALITY)
    @background
    async def suggest(self, _official: Official, field: str, greek: str) -> None:
        """English for a Greek field that was left."""
        self._suggest(field, greek)

    @for_official(Permission.MANAGE_MUNICIPALITY)
    @background
    async def weigh(self, official: Official, days: str) -> None:
        """The term was left: what a shorter one erases tonight is said before it is saved."""
        if place := await self._enter(official, Permission.MANAGE_MUNICIPALITY):
            number = int(days.strip()) if days.strip().isascii() and days.strip().isdecimal() and len(days) < 5 else 0
            losing = await call(weigh_retention, official, place.municipality_id, number)
            self.erasing = "" if losing is None else texts_of(self._language()).count("municipality.erasing", losing)

    @for_official(Permission.MANAGE_MUNICIPALITY)
    @background
    async def try_color(self, _official: Official, text: str) -> None:
        """The colour was left: one that cannot be read is answered with the nearest that can."""
        try:
            color = Color.parse(text[:20])
        except InvalidInput:
            self.nearest_color = ""
        else:
            nearest = color.nearest_readable
            self.nearest_color = nearest.text if nearest != color else ""

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def submit(self, official: Official, form_data: dict) -> None:
        """«Αποθήκευση», of the form or of the answers to what somebody else changed meanwhile."""
        place = await self._workplace(official, Permission.MANAGE_MUNICIPALITY)

        async def send(opened: Opened, raw: Mapping[str, object]) -> Saved:
            try:
                return await call(save_municipality, official, place.municipality_id, opened, raw)
            except InvalidDetails as refusal:
                self._offer(refusal)
                raise

        self.pause_problems = []
        result = await self._submit(form_data, send)
        if result is not None and await self._read(official):
            self._say_saved(result)

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def ask(self, _official: Official, dialog: str) -> None:
        """Open or leave a question."""
        self.dialog = dialog if dialog in {"", "crest"} else ""

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def take_crest_away(self, official: Official) -> EventSpec:
        """«Αφαίρεση του εμβλήματος»."""
        self.dialog = ""
        place = await self._workplace(official, Permission.MANAGE_MUNICIPALITY)
        await call(remove_crest, official, place.municipality_id)
        # The same page anew, with what its address says of the picture.
        return rx.redirect(settings_path(NAME, place.slug, self._language(), crest="removed"), replace=True)

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def pause(self, official: Official, form_data: dict) -> None:
        """«Παύση», or another message and another end of the one that holds."""
        place = await self._workplace(official, Permission.MANAGE_MUNICIPALITY)
        t, self.pause_problems = texts_of(self._language()), []
        self._clear()
        try:
            await call(pause_municipality, official, place.municipality_id, form_data)
        except InvalidDetails as refusal:
            self.errors = {problem.field: say(problem, t) for problem in refusal.problems}
            self.pause_problems = [
                FieldProblem(field, t("settings.problem", field=t(f"municipality.field.{field}"), text=text))
                for field, text in self.errors.items()
            ]
            self._focus("error-summary")
            return
        await self._told(official, "municipality.paused_now")

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def reopen(self, official: Official) -> None:
        """«Άνοιγμα ξανά»."""
        place = await self._workplace(official, Permission.MANAGE_MUNICIPALITY)
        await call(reopen_municipality, official, place.municipality_id)
        await self._told(official, "municipality.reopened_now")

    async def _told(self, official: Official, key: str) -> None:
        if await self._read(official):
            self._say(texts_of(self._language())(key))

    def _say(self, text: str) -> None:
        self.saved = text
        self._focus(SAVED)

    def _offer(self, refusal: InvalidDetails) -> None:
        """What a refusal asks for beside the words at the fields: a tick, or another colour."""
        for problem in refusal.problems:
            if problem.field == CONFIRMS_ERASING:
                number = int(problem.params["number"])
                self.erasing = texts_of(self._language()).count("municipality.erasing", number)
            elif problem.code == "too_pale":
                self.nearest_color = str(problem.params["nearest"])

    async def _read(self, official: Official) -> bool:
        place = await self._enter(official, Permission.MANAGE_MUNICIPALITY)
        if place is None:
            return False
        t, found = texts_of(self._language()), await call(open_municipality, official, place.municipality_id)
        self.providers = [Choice("", _default_word(found.default_provider, t))]
        self.providers += [Choice(name, _provider_word(name, t)) for name in found.providers]
        self._open(found.opened)
        self.values = self.values | {CONFIRMS_ERASING: ""}
        self.erasing, self.nearest_color, self.crest_problem = "", "", ""
        self.crest_href = crest_path(place.slug, found.crest) if found.crest else ""
        self._show_pause(found, place.zone, t)
        self._show_history(found.history)
        self.is_loaded = True
        return True

    def _show_pause(self, found: OpenMunicipality, zone: str, t: Texts) -> None:
        pause, self.pause_problems = found.pause, []
        self.is_paused, self.pause_line = pause is not None, ""
        self.stays = t.count("municipality.stays", found.bookings_ahead) if found.bookings_ahead else ""
        shown = _pause_as_fields(pause, zone)
        self.values = self.values | dict(zip(_PAUSE_FIELDS, shown, strict=True))
        # Only other values make the form anew: what is typed into it before the page has answered stays.
        self.pause_version += shown != self._pause_shown
        self._pause_shown = shown
        if pause is None or pause.since is None:
            return
        key = "municipality.paused_until" if pause.until else "municipality.paused_since"
        moments = {"since": desk_moment(pause.since, zone)}
        if pause.until is not None:
            moments["until"] = desk_moment(pause.until, zone)
        self.pause_line = t(key, **moments)


def _pause_as_fields(pause: Pause | None, zone: str) -> tuple[str, ...]:
    """What the form of the pause shows, in the order of its fields."""
    if pause is None or pause.since is None:
        return ("",) * len(_PAUSE_FIELDS)
    until = to_local(pause.until, zone) if pause.until else None
    when = (until.date().isoformat(), f"{until:%H:%M}") if until else ("", "")
    return (pause.message["el"], pause.message["en"], *when)


def _provider_word(name: str, t: Texts) -> str:
    return t(f"municipality.provider.{name}") if name else t("municipality.provider.none")


def _default_word(name: str, t: Texts) -> str:
    return t("municipality.provider.default", name=_provider_word(name, t))
