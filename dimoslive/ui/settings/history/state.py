"""«Ιστορικό»: what was changed, by whom and when; the address says which lines."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

import reflex as rx

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.settings.history import HistoryEntry, ThingNames
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.dates import desk_clock
from dimoslive.i18n.desk_dates import desk_date
from dimoslive.i18n.set_up_history import actor_word, change_word, changes_of, did, kind_word
from dimoslive.services.desk.find_workplace import Workplace
from dimoslive.services.settings.history.list_history import MAX_PAGE, MAX_ROWS, PAGE, HistoryPage, list_history
from dimoslive.services.settings.history.read_wish import FIELDS, read_wish
from dimoslive.ui.settings.state import SettingsPageState
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.field_errors import say
from dimoslive.ui.shared.guard import for_official
from dimoslive.ui.staff.parts import Choice, read_id
from dimoslive.urls import settings_path

OWN_PAGES = {"department": "departments", "service": "services", "desk": "desks", "official": "officials"}


@dataclass(frozen=True)
class HistoryLineView:
    """A line in words; ``href`` leads to what it speaks of, where that is still there."""

    key: str
    day: str
    time: str
    by: str
    what: str
    subject: str
    href: str
    reason: str
    changes: list[str] = field(default_factory=list)


class SetUpHistoryState(SettingsPageState, rx.State):
    """Only read: what narrows the lines is in the address."""

    lines: list[HistoryLineView] = []
    people: list[Choice] = []
    kinds: list[Choice] = []
    who: str = ""
    kind: str = ""
    first: str = ""
    last: str = ""
    wrong: str = ""
    """The field at which the refusal stands."""
    refusal: str = ""
    found: str = ""
    newer: str = ""
    older: str = ""
    version: int = 0
    """Another form with each arrival: a browser would keep its fields as they were."""

    @for_official(Permission.VIEW_SETTINGS_HISTORY)
    async def load(self, official: Official) -> None:
        """The lines that the address asks for, newest first."""
        place = await self._enter(official, Permission.VIEW_SETTINGS_HISTORY)
        if place is None:
            return
        t, asked = texts_of(self._language()), {name: self._asked(name, 80) for name in FIELDS}
        self.who, self.kind, self.first, self.last = (asked[name] for name in FIELDS)
        self.wrong, self.refusal, page = "", "", min(read_id(self._asked("page")) or 1, MAX_PAGE)
        try:
            shown = await call(list_history, official, place, read_wish(asked), page)
        except InvalidInput as problem:
            self.wrong, self.refusal = problem.field, say(problem, t)
            asked = dict.fromkeys(FIELDS, "")
            shown, page = await call(list_history, official, place, read_wish(asked), 1), 1
        self._show(shown, place, t)
        self.newer = self._address(place, asked, page - 1) if page > 1 else ""
        self.older = self._address(place, asked, page + 1) if page * PAGE < shown.total else ""
        self._say_refusal(t)
        self.version += 1
        self.is_loaded = True

    def _show(self, shown: HistoryPage, place: Workplace, t: Texts) -> None:
        self.lines = [_view(entry, shown.names, place, t) for entry in shown.entries]
        self.people = [Choice(str(id_), name) for id_, name in shown.people.items()]
        words = {kind: kind_word(kind, t) for kind in shown.kinds}
        self.kinds = [Choice(kind, word) for kind, word in sorted(words.items(), key=lambda one: one[1])]
        self.found = t.count("history.found", shown.total)

    def _say_refusal(self, t: Texts) -> None:
        """Of the file, which came back here; only known problems are said: the address is anybody's to write."""
        found = self._asked("found", 10)
        if self._asked("problem") == "too_many_rows" and found.isdecimal() and not self.refusal:
            self.refusal = t("error.too_many_rows", found=found, limit=MAX_ROWS)
        if self.refusal:
            self._focus("history-problem")

    def _address(self, place: Workplace, asked: dict[str, str], page: int) -> str:
        words = {name: value for name, value in asked.items() if value}
        return f"{self.router.url.path}?{urlencode({'m': place.slug, **words, 'page': str(page)})}"


def _view(entry: HistoryEntry, names: ThingNames, place: Workplace, t: Texts) -> HistoryLineView:
    is_there = entry.subject_id in names.get(entry.kind, {}) and entry.line.action != "official.ended"
    path = f"{OWN_PAGES[entry.kind]}/{entry.subject_id}" if is_there and entry.kind in OWN_PAGES else ""
    return HistoryLineView(
        key=str(entry.id),
        day=desk_date(local_day(entry.line.at, place.zone)),
        time=desk_clock(entry.line.at, place.zone),
        by=actor_word(entry, t),
        what=did(entry, t),
        subject=entry.subject[t.language],
        href=settings_path(path, place.slug, t.language) if path else "",
        reason=entry.line.reason,
        changes=[change_word(entry, change, names, t) for change in changes_of(entry)],
    )
