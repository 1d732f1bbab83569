"""Files as officials send them, and what comes of them."""

from dataclasses import dataclass, replace
from typing import Any

from dimoslive.db.engine import transaction
from dimoslive.db.tables.official import OfficialRightRow
from dimoslive.domain.imports.kinds import ImportKind
from dimoslive.domain.imports.verdicts import Verdict
from dimoslive.domain.people.principals import Official, StaffRight, StaffRole
from dimoslive.services.desk.find_workplace import Workplace, find_workplace
from dimoslive.services.imports.import_rows import import_rows
from dimoslive.services.imports.judge_file import JudgedFile, judge_file
from dimoslive.services.imports.keep_file import keep_file
from tests.support.meeting import enter_official
from tests.support.world import Town

OFFICIALS_HEAD = "επώνυμο;όνομα;ΑΦΜ;email;ρόλος;τμήματα;θέσεις"
SERVICES_HEAD = "τμήμα;όνομα;slug;τρόποι;διάρκεια;βήμα;ημέρες;από;έως;θέσεις;name_en"


@dataclass(frozen=True)
class Importing:
    """Somebody who imports into the town."""

    town: Town
    official: Official
    kind: ImportKind = ImportKind.OFFICIALS

    @property
    def place(self) -> Workplace:
        """The municipality, by the right that is asked for."""
        return find_workplace(self.town.context, self.official, self.town.municipality.slug)

    def of(self, kind: ImportKind) -> "Importing":
        """The same person with another kind of file."""
        return replace(self, kind=kind)

    def send(self, *lines: str, encoding: str = "utf-8") -> int:
        """A file with its heading."""
        head = OFFICIALS_HEAD if self.kind is ImportKind.OFFICIALS else SERVICES_HEAD
        content = "\r\n".join([head, *lines]).encode(encoding)
        return keep_file(
            self.town.context, self.official, self.place, kind=self.kind, file_name="αρχείο.csv", content=content
        )

    def judge(self, *lines: str) -> JudgedFile:
        """What a file would do."""
        return judge_file(self.town.context, self.official, self.place, self.send(*lines))

    def verdicts(self, *lines: str) -> list[str]:
        """The verdict of each line."""
        return [one.verdict.value for one in self.judge(*lines).rows]

    def problems(self, *lines: str) -> list[tuple[str, str]]:
        """What is wrong with the lines: field and code."""
        return [(one.field, one.code) for row in self.judge(*lines).rows for one in row.problems]

    def do(self, *lines: str, is_good_only: bool = False) -> dict[str, int]:
        """Import a file; how many lines had each verdict, without the zeros."""
        counts = import_rows(self.town.context, self.official, self.place, self.send(*lines), is_good_only=is_good_only)
        return {verdict.value: number for verdict, number in counts.items() if number}


def importing(
    town: Town, role: StaffRole = StaffRole.ADMINISTRATOR, departments: frozenset[int] = frozenset(), **who: Any
) -> Importing:
    """Somebody with this right, who imports officials."""
    official = enter_official(town, **who)
    with transaction(town.context.db) as tx:
        tx.get_one(OfficialRightRow, (official.id, town.municipality.id)).role = role.value
    right = StaffRight(town.municipality.id, role, departments)
    return Importing(town, replace(official, rights=frozenset({right})))


__all__ = ["OFFICIALS_HEAD", "SERVICES_HEAD", "Importing", "Verdict", "importing"]
