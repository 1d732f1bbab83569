"""What was measured, as a table."""

import os
import platform
import sqlite3
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """A line of the table; without a target there is nothing to meet."""

    what: str
    measured: str
    target: str = ""
    is_met: bool | None = None

    def as_line(self) -> str:
        """The line in Markdown."""
        met = {True: "yes", False: "**no**", None: ""}[self.is_met]
        return f"| {self.what} | {self.target} | {self.measured} | {met} |"


@dataclass(frozen=True)
class Times:
    """How long something took, each time it was done, in milliseconds."""

    each: list[float]

    @property
    def p50(self) -> float:
        """Half of the times are shorter."""
        return self._at(0.5)

    @property
    def p95(self) -> float:
        """One in twenty is longer."""
        return self._at(0.95)

    def __str__(self) -> str:
        return f"p50 {self.p50:.1f} ms, p95 {self.p95:.1f} ms"

    def _at(self, share: float) -> float:
        return sorted(self.each)[min(int(share * len(self.each)), len(self.each) - 1)]


def milliseconds(work: Callable[[], object]) -> float:
    """How long the work takes."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def table(rows: Iterable[Row], versions: Iterable[str]) -> str:
    """The whole report in Markdown."""
    heads = ["| What | Target | Measured | Met |", "|---|---|---|---|"]
    return "\n".join([*heads, *(row.as_line() for row in rows), "", ", ".join([*_machine(), *versions]) + "."])


def _machine() -> list[str]:
    load, _, _ = os.getloadavg()
    return [
        f"{_processor()}, {os.cpu_count()} cores, load {load:.1f} at the end",
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
    ]


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
