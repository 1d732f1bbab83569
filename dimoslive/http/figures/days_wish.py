"""What of the days to the next free time is to be shown, as the page's address says it."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from dimoslive.domain.scheduling.mode import Mode

MAX_OPEN, MAX_WORDS = 20, 80


class Sort(StrEnum):
    """By what, and with a minus the longest first."""

    DAYS = "days"
    DAYS_DOWN = "-days"
    MEDIAN = "median"
    MEDIAN_DOWN = "-median"
    NAME = "name"
    NAME_DOWN = "-name"

    @property
    def is_down(self) -> bool:
        """Whether the longest comes first."""
        return self.value.startswith("-")

    @property
    def column(self) -> str:
        """What it is by."""
        return self.value.removeprefix("-")


@dataclass(frozen=True, slots=True)
class DaysWish:
    """What is not said is the usual; what makes no sense is as if it were not said."""

    region: str = ""
    words: str = ""
    mode: Mode | None = None
    sort: Sort = Sort.DAYS
    opened: tuple[str, ...] = ()
    """Slugs of municipalities whose services are shown."""

    @classmethod
    def read(cls, query: QueryParams) -> Self:
        """From an address, which is anybody's to write."""
        mode, sort = query.get("mode", ""), query.get("sort", "")
        return cls(
            region=query.get("region", "")[:MAX_WORDS],
            words=" ".join(query.get("q", "")[:MAX_WORDS].split()),
            mode=Mode(mode) if mode in set(Mode) else None,
            sort=Sort(sort) if sort in set(Sort) else Sort.DAYS,
            opened=tuple(dict.fromkeys(slug[:MAX_WORDS] for slug in query.getlist("open")[:MAX_OPEN])),
        )

    def address(self, path: str) -> str:
        """Where it is shown."""
        said = [
            ("region", self.region),
            ("q", self.words),
            ("mode", self.mode or ""),
            ("sort", "" if self.sort is Sort.DAYS else self.sort),
            *(("open", slug) for slug in self.opened),
        ]
        query = urlencode([(name, value) for name, value in said if value])
        return f"{path}?{query}" if query else path

    def sorted_by(self, column: str) -> Self:
        """The nearest first; whoever sees that already, the longest."""
        down = self.sort.column == column and not self.sort.is_down
        return replace(self, sort=Sort(f"-{column}" if down else column))

    def turned(self, slug: str) -> Self:
        """With a municipality's services shown, or no longer."""
        if slug in self.opened:
            return replace(self, opened=tuple(one for one in self.opened if one != slug))
        return replace(self, opened=(*self.opened, slug)[-MAX_OPEN:])
