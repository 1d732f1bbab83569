"""The state of a form of the set-up: what it was opened with, what was wrong, and what somebody else changed."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from dimoslive.domain.errors import ChangedMeanwhile, InvalidDetails, InvalidInput, RemovedMeanwhile
from dimoslive.domain.scheduling.local_time import ATHENS
from dimoslive.domain.settings.history import HistoryLine
from dimoslive.domain.settings.three_way import Change, choose, leader_of, merge
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.desk_dates import desk_moment
from dimoslive.i18n.elot743 import to_latin
from dimoslive.services.settings.root_change import Opened, Saved
from dimoslive.ui.settings.frame_ids import CONFLICT_TITLE, REMOVED, SAVED
from dimoslive.ui.settings.state import SettingsPageState
from dimoslive.ui.shared.field_errors import say

T = TypeVar("T")
MAX_JSON_LENGTH = 100_000


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with a field, for the list at the form's top."""

    name: str
    text: str


@dataclass(frozen=True)
class ConflictRow:
    """A field that two people changed, in words."""

    field: str
    label: str
    opened: str
    theirs: str
    mine: str
    choice: str
    """What was chosen already: ``theirs``, ``mine`` or nothing."""


@dataclass(frozen=True)
class HistoryView:
    """A line of a thing's history, in words."""

    head: str
    changes: list[str]


class SettingsFormState(SettingsPageState, mixin=True):
    """A form whose fields are sent with what they were opened with, so that nobody writes over somebody else.

    A page's own state names its ``_topic``: the label of a field is the text ``<topic>.field.<name>``.
    """

    values: dict[str, str] = {}
    """What the fields show, by name."""
    opened_json: str = ""
    keep_as: str = ""
    """Under which name the browser keeps what is typed: the address, so that each thing has its own."""
    form_version: int = 0
    saved_count: int = 0
    errors: dict[str, str] = {}
    problems: list[FieldProblem] = []
    suggestions: dict[str, str] = {}
    saved: str = ""
    taken_over: list[str] = []
    removed: str = ""
    can_restore: bool = False
    conflicts: list[ConflictRow] = []
    conflict_lead: str = ""
    conflict_by: str = ""
    conflict_at: str = ""
    merged_json: str = ""
    mine_json: str = ""
    asked: str = ""
    """The fields in conflict, a blank between two."""
    settled: list[str] = []
    """What needed no choice, in words."""
    history: list[HistoryView] = []

    def _topic(self) -> str:
        raise NotImplementedError

    def _shown(self, field: str, value: object, t: Texts) -> str:  # noqa: ARG002  # those who know it better use it
        """A value as the conflict and the history say it; a page's own state knows its fields better."""
        if isinstance(value, bool):
            return t("settings.yes") if value else t("settings.no")
        return str(value) if value not in ("", None) else t("settings.nothing")

    def _as_fields(self, values: Mapping[str, object]) -> dict[str, str]:
        """Values as the fields have them; a list of ids is a tick ``<name>-<id>`` each."""
        ticks = {f"{name}-{id_}": "on" for name, ids in values.items() if isinstance(ids, list) for id_ in ids}
        return {name: _as_text(value) for name, value in values.items() if not isinstance(value, list)} | ticks

    def _open(self, opened: Opened) -> None:
        """Fill the form anew."""
        self.values = self._as_fields(opened.values)
        self.keep_as = self.router.url.path.removeprefix("/en")
        self.opened_json = _dump({"version": opened.version, "values": dict(opened.values)})
        self._clear()
        self.conflicts, self.suggestions, self.removed = [], {}, ""
        self.form_version += 1

    def _clear(self) -> None:
        self.errors, self.problems, self.saved, self.taken_over = {}, [], "", []

    def _suggest(self, field: str, greek: str) -> None:
        """English for what was typed in Greek."""
        if len(field) <= 40 and len(greek) <= 5000:
            self.suggestions = self.suggestions | {field: to_latin(greek.strip())}

    async def _submit(
        self, form_data: dict[str, Any], send: Callable[[Opened, Mapping[str, object]], Awaitable[T]]
    ) -> T | None:
        """Send a form, or the answers to its conflicts; nothing if that was refused, which the page then says."""
        self._clear()
        opened, raw = _read_opened(form_data), self._raw(form_data)
        if raw is None:
            return None
        try:
            return await send(opened, raw)
        except (InvalidInput, InvalidDetails) as refusal:
            self._say_wrong(refusal, raw)
        except ChangedMeanwhile as refusal:
            self._ask(refusal, opened)
        except RemovedMeanwhile as refusal:
            self._say_removed(refusal)
        return None

    def _say_saved(self, result: Saved | None = None) -> None:
        """It is saved; and what somebody else had changed meanwhile. Call it after the form was opened anew."""
        t = texts_of(self._language())
        self.saved, self.saved_count = t("settings.saved"), self.saved_count + 1
        if result:
            self.taken_over = [self._taken(change, result.by, t) for change in result.taken_over]
        self._focus(SAVED)

    def _show_history(self, lines: tuple[HistoryLine, ...]) -> None:
        t = texts_of(self._language())
        self.history = [
            HistoryView(
                t(
                    "settings.history_line",
                    what=t(f"settings.did.{line.action}"),
                    by=line.by or t("settings.by_itself"),
                    at=_moment(line.at),
                ),
                self._changes_of(line, t),
            )
            for line in lines
        ]

    def _changes_of(self, line: HistoryLine, t: Texts) -> list[str]:
        """What exactly; of what a plan made or took away, the values alone."""
        told = [change for change in line.changes if not leader_of(change.field)]
        if line.action.endswith(".changed") or (line.action.endswith(".planned") and _has_both(told)):
            return [self._changed(change, t) for change in told]
        values = [(one.field, one.before if one.after is None else one.after) for one in told]
        return [
            t("history.value", field=self._label(field, t), value=self._shown(field, value, t))
            for field, value in values
            if line.action.endswith(".planned") and value not in ("", None)
        ]

    def _raw(self, form_data: dict[str, Any]) -> Mapping[str, object] | None:
        """The fields as typed; after a conflict, what was merged with what was chosen. None if a choice is missing."""
        if "merged" not in form_data:
            return form_data
        merged, mine = _load(form_data.get("merged")), _load(form_data.get("mine"))
        # Sent along, for the server may have forgotten what it asked.
        asked = [field for field in merged if merged[field] != mine.get(field) and field in _asked(form_data)]
        chosen = {field: str(form_data.get(f"choose-{field}", "")) for field in asked}
        self.conflicts = [replace(row, choice=chosen.get(row.field, "")) for row in self.conflicts]
        t = texts_of(self._language())
        self.problems = [
            FieldProblem(f"choose-{field}", t("settings.choose_for", field=self._label(field, t)))
            for field in asked
            if chosen[field] not in {"theirs", "mine"}
        ]
        if self.problems:
            self._focus("error-summary")
            return None
        return choose(merged, mine, {field for field, choice in chosen.items() if choice == "mine"})

    def _say_wrong(self, refusal: InvalidInput | InvalidDetails, raw: Mapping[str, object]) -> None:
        t = texts_of(self._language())
        problems = refusal.problems if isinstance(refusal, InvalidDetails) else (refusal,)
        self.errors = {problem.field: say(problem, t) for problem in problems}
        self.problems = [
            FieldProblem(
                problem.field, t("settings.problem", field=self._label(problem.field, t), text=say(problem, t))
            )
            for problem in problems
        ]
        if self.conflicts:
            # What was chosen does not go together: back to the form, with all of it typed in.
            self.conflicts = []
            self.values = self._as_fields(raw)
            self.form_version, self.saved_count = self.form_version + 1, self.saved_count + 1
        self._focus("error-summary")

    def _ask(self, refusal: ChangedMeanwhile, opened: Opened) -> None:
        """Turn the form into a question about each field that both changed."""
        t, by = texts_of(self._language()), str(refusal.params["by"])
        found = merge(opened.values, refusal.theirs, refusal.mine)
        self.conflicts = [
            ConflictRow(
                one.field,
                self._label(one.field, t),
                self._shown(one.field, one.opened, t),
                self._shown(one.field, one.theirs, t),
                self._shown(one.field, one.mine, t),
                "",
            )
            for one in found.conflicts
        ]
        self.settled = [self._taken(change, by, t) for change in found.taken_over]
        self.settled += [t("settings.only_mine", change=self._changed(change, t)) for change in found.only_mine]
        self.conflict_by, self.conflict_at = by, _moment(refusal.at)
        self.conflict_lead = t.count("settings.conflict_lead", len(self.conflicts), by=by)
        self.opened_json = _dump({"version": refusal.version, "values": dict(refusal.theirs)})
        self.merged_json, self.mine_json = _dump(dict(refusal.merged)), _dump(dict(refusal.mine))
        self.asked = " ".join(row.field for row in self.conflicts)
        self._focus(CONFLICT_TITLE)

    def _say_removed(self, refusal: RemovedMeanwhile) -> None:
        t = texts_of(self._language())
        key = "settings.archived_by" if refusal.can_restore else "settings.deleted_by"
        self.removed = t(key, by=str(refusal.params["by"]), at=_moment(refusal.at))
        self.can_restore = refusal.can_restore
        self._focus(REMOVED)

    def _label(self, field: str, t: Texts) -> str:
        key = f"{self._topic()}.field.{field}"
        return t(key) if t.has(key) else field

    def _changed(self, change: Change, t: Texts) -> str:
        before, after = (self._shown(change.field, value, t) for value in (change.before, change.after))
        return t("settings.change", field=self._label(change.field, t), before=before, after=after)

    def _taken(self, change: Change, by: str, t: Texts) -> str:
        return t("settings.taken_over", by=by, change=self._changed(change, t))


def _has_both(changes: list[Change]) -> bool:
    return any(one.before is not None for one in changes) and any(one.after is not None for one in changes)


def _moment(at: datetime | None) -> str:
    return desk_moment(at, ATHENS) if at else ""


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None else str(value)


def _dump(values: object) -> str:
    return json.dumps(values, ensure_ascii=False)


def _load(text: object) -> dict[str, object]:
    """What a page of ours once sent along, or whatever a browser sends instead."""
    if not isinstance(text, str) or len(text) > MAX_JSON_LENGTH:
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _asked(form_data: dict[str, Any]) -> set[str]:
    return set(str(form_data.get("asked", ""))[:MAX_JSON_LENGTH].split())


def _read_opened(form_data: dict[str, Any]) -> Opened:
    sent = _load(form_data.get("opened"))
    version, values = sent.get("version"), sent.get("values")
    is_number = isinstance(version, int) and not isinstance(version, bool) and 0 <= version < 2**31
    return Opened(version if is_number else 0, values if isinstance(values, dict) else {})
