"""What differs between the kinds of files: how a row is read, what there is already, and how it is written."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from dimoslive.domain.imports.places import KnownPlaces
from dimoslive.domain.imports.rows import Row
from dimoslive.domain.imports.verdicts import Judged, Line, Stands, judge_rows

L = TypeVar("L", bound=Line)


class Importer(Protocol[L]):
    """Works within one transaction, for one official and one municipality."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Those of a line that are compared with what there is."""

    @property
    def places(self) -> KnownPlaces:
        """What a row may name."""

    def parse(self, row: Row) -> L:
        """The row's line; raises `InvalidDetails`."""

    def look_up(self, lines: Sequence[L]) -> None:
        """Read at once what all of them are about."""

    def find(self, line: L) -> Stands[L] | None:
        """What there is of the line's thing; raises `InvalidInput` if it cannot be imported as it stands."""

    def write(self, judged: Sequence[Judged[L]]) -> None:
        """Write new lines, and those that change something, in few statements: all others wait meanwhile."""


def judge(importer: Importer[L], rows: Iterable[Row]) -> tuple[Judged[L], ...]:
    """The verdicts of all rows."""
    return judge_rows(rows, importer.parse, importer.look_up, importer.find, importer.fields)
