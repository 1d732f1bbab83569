"""What an import gives back as a file: its report, and a file with the headings alone."""

from collections.abc import Iterator

from dimoslive.domain.imports.kinds import COLUMNS, ImportKind
from dimoslive.domain.imports.verdicts import Judged, Line
from dimoslive.i18n import LANGUAGES, Texts
from dimoslive.i18n.refusals import say
from dimoslive.integrations.files.table import Cell, Table
from dimoslive.services.imports.judge_file import JudgedFile

_REPORT = ("row", "verdict", "column", "value", "reason")


def report_table(judged: JudgedFile, t: Texts) -> Table:
    """A line for each row, for a wrong one as many as it has mistakes."""
    heads = [t(f"imports.report.{name}") for name in _REPORT]
    return Table(t("imports.report.sheet"), t.language, heads, [line for one in judged.rows for line in _lines(one, t)])


def _lines(one: Judged[Line], t: Texts) -> Iterator[list[Cell]]:
    head: list[Cell] = [one.row.number, t(f"imports.verdict.{one.verdict}")]
    for problem in one.problems:
        value = one.row.cells.get(problem.field, "")
        yield [*head, t(f"imports.column.{problem.field}"), value, say(problem, t)]
    if not one.problems:
        yield [*head, ", ".join(t(f"imports.column.{name}") for name in one.changes), "", ""]


def template_table(kind: ImportKind, t: Texts) -> Table:
    """The headings in the page's language, where a column has one in each."""
    place = LANGUAGES.index(t.language)
    heads = [column.headings[min(place, len(column.headings) - 1)] for column in COLUMNS[kind]]
    return Table(t(f"imports.kind.{kind}"), t.language, heads, [])
