"""The pages of an import: what is sent, how it is understood, what it would do. The address says which of them."""

import reflex as rx

from dimoslive.domain.errors import ImportGone
from dimoslive.domain.imports.kinds import ImportKind
from dimoslive.domain.imports.rows import MAX_BYTES
from dimoslive.domain.imports.verdicts import Verdict, count_verdicts
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.refusals import say
from dimoslive.services.imports.access_draft import kinds_for
from dimoslive.services.imports.choose_encoding import choose_encoding
from dimoslive.services.imports.import_rows import import_rows
from dimoslive.services.imports.judge_file import JudgedFile, judge_file
from dimoslive.services.imports.open_file import FileRead, open_file
from dimoslive.ui.settings.frame import TITLE
from dimoslive.ui.settings.imports.view_models import (
    JudgedRow,
    ReadRow,
    VerdictLink,
    show_first_rows,
    show_row,
)
from dimoslive.ui.settings.state import SettingsPageState
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import for_official
from dimoslive.ui.staff.parts import Choice, read_id

ROWS_A_PAGE = 100
_SEPARATORS = {";": "semicolon", ",": "comma", "\t": "tab"}
_SENT_PROBLEMS = {"file_is_empty": {}, "file_too_large": {"megabytes": MAX_BYTES // 1024 // 1024}}
"""Why a file that was sent was not kept: the address is anybody's to write, so only these are said."""


class ImportState(SettingsPageState, rx.State):
    """One file on its way."""

    step: str = "send"
    """``send``, ``read``, ``rows`` or ``done``."""
    kinds: list[Choice] = []
    may_import: list[str] = []
    """Their words."""
    kind: str = ""
    sent_problem: str = ""
    is_gone: bool = False
    draft: str = ""
    file_name: str = ""
    kind_text: str = ""
    number: str = ""
    encoding: str = ""
    separator: str = ""
    heads: list[str] = []
    first_rows: list[ReadRow] = []
    read_problem: str = ""
    rows: list[JudgedRow] = []
    links: list[VerdictLink] = []
    good: int = 0
    wrong: int = 0
    pages: list[VerdictLink] = []
    done: list[str] = []

    @for_official(Permission.IMPORT_SERVICES)
    async def load(self, official: Official) -> None:
        """What the address asks for; a file that is not kept any more begins anew, and that is said."""
        place = await self._enter(official, Permission.IMPORT_SERVICES)
        if place is None:
            return
        t, draft = texts_of(self._language()), read_id(self._asked("draft"))
        self.kinds = [Choice(kind.value, t(f"imports.kind.{kind}")) for kind in kinds_for(official, place)]
        self.may_import = [one.value for one in self.kinds]
        self.is_gone, self.step, self.draft, self.is_loaded = False, "send", str(draft or ""), True
        if draft is None:
            self._begin(t)
            return
        try:
            file = await call(open_file, official, place, draft)
            if self._asked("step") == "rows" and file.problem is None:
                self._show_rows(await call(judge_file, official, place, draft), t)
            else:
                # Of a file that cannot be read this page says why.
                self._show_read(file, t)
        except ImportGone:
            self.is_gone = True
            self._begin(t)

    @for_official(Permission.IMPORT_SERVICES)
    async def choose_encoding(self, official: Official, form: dict) -> None:
        """The file once more, in another encoding."""
        if place := await self._enter(official, Permission.IMPORT_SERVICES):
            draft, encoding = read_id(self.draft) or 0, str(form.get("encoding", ""))
            file = await call(choose_encoding, official, place, draft, encoding)
            self._show_read(file, texts_of(self._language()))
            self._focus("import-read")

    @for_official(Permission.IMPORT_SERVICES)
    async def import_all(self, official: Official) -> None:
        """All rows, if all are right."""
        await self._import(official, is_good_only=False)

    @for_official(Permission.IMPORT_SERVICES)
    async def import_good(self, official: Official) -> None:
        """The rows that are right."""
        await self._import(official, is_good_only=True)

    async def _import(self, official: Official, *, is_good_only: bool) -> None:
        place = await self._enter(official, Permission.IMPORT_SERVICES)
        if place is None:
            return
        draft = read_id(self.draft) or 0
        counts = await call(import_rows, official, place, draft, is_good_only=is_good_only)
        t = texts_of(self._language())
        self.done = [t.count(f"imports.done.{verdict}", number) for verdict, number in counts.items() if number]
        self.step, self.rows, self.links, self.pages = "done", [], [], []
        self._focus(TITLE)

    def _begin(self, t: Texts) -> None:
        asked, problem = self._asked("kind"), self._asked("problem")
        self.kind = asked if asked in self.may_import else self.may_import[0]
        params = _SENT_PROBLEMS.get(problem)
        self.sent_problem = "" if params is None else t(f"error.{problem}", **params)
        if self.sent_problem:
            self._focus("import-problem")

    def _show_file(self, kind: ImportKind, file_name: str, t: Texts) -> None:
        self.kind, self.kind_text = kind.value, t(f"imports.kind.{kind}")
        self.file_name = file_name or t("imports.nameless")

    def _show_read(self, file: FileRead, t: Texts) -> None:
        self._show_file(file.kind, file.file_name, t)
        self.step = "read"
        self.read_problem = say(file.problem, t) if file.problem else ""
        self.encoding = file.encoding.value if file.encoding else ""
        self.separator = t(f"imports.separator.{_SEPARATORS[file.separator]}") if file.separator else ""
        self.number = t.count("imports.rows", file.number)
        self.heads = [t(f"imports.column.{column}") for column in file.columns]
        self.first_rows = show_first_rows(file, t)

    def _show_rows(self, file: JudgedFile, t: Texts) -> None:
        self._show_file(file.kind, file.file_name, t)
        self.step = "rows"
        counts = count_verdicts(file.rows)
        self.good, self.wrong = counts[Verdict.NEW] + counts[Verdict.CHANGE], counts[Verdict.WRONG]
        asked = self._asked("verdict")
        chosen = [one for one in file.rows if asked in ("", one.verdict.value)]
        page = min(max(1, read_id(self._asked("page")) or 1), max(1, -(-len(chosen) // ROWS_A_PAGE)))
        self.links = [
            VerdictLink(t("imports.all_rows", n=len(file.rows)), self._query(), asked == ""),
            *(
                VerdictLink(f"{t(f'imports.verdict.{verdict}')} ({number})", self._query(verdict), asked == verdict)
                for verdict, number in counts.items()
            ),
        ]
        self.pages = [
            VerdictLink(str(number), f"{self._query(asked)}&page={number}", number == page)
            for number in range(1, 1 + -(-len(chosen) // ROWS_A_PAGE))
        ]
        shown = chosen[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
        self.rows = [show_row(one, file.places, t) for one in shown]

    def _query(self, verdict: str = "") -> str:
        known = verdict if verdict in set(Verdict) else ""
        return f"draft={self.draft}&step=rows" + (f"&verdict={known}" if known else "")
