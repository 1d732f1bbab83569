"""The clock of the stories: that of the server with its jobs, and that of the pages."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from dimoslive.integrations.clock import ShiftedClock, SystemClock
from tests.builders import at

STORY_BEGINS = at("2035-11-13 09:00")
"""A working Tuesday with a week of them before and behind it; offices have just opened.

Far ahead, because the relay compares with the machine's clock until when it may be used.
"""

# Time goes on for the page, too, when the clock is moved: what counts down by `performance.now()` goes with it.
# Timers stay as they are, for a call and its pictures live by them.
_PAGE_CLOCK = """(() => {
    const machine = Date.now.bind(Date), running = performance.now.bind(performance);
    let ahead = %(ahead)d, moved = 0;
    Date.now = () => machine() + ahead;
    performance.now = () => running() + moved;
    window.moveClock = to => { moved += Math.max(0, to - ahead); ahead = to; };
    window.Date = new Proxy(Date, {
        construct: (date, given, made) => Reflect.construct(date, given.length ? given : [Date.now()], made),
        apply: () => new window.Date().toString(),
    });
})();"""


class StoryClock:
    """Goes on from the instant that a story sets."""

    def __init__(self, file: Path) -> None:
        self._file, self._machine, self._clock = file, SystemClock(), ShiftedClock(file)
        self._watchers: list[Callable[[], None]] = []
        self.set(STORY_BEGINS)

    def now(self) -> datetime:
        """The present of the story."""
        return self._clock.now()

    def set(self, now: datetime) -> None:
        """Go to an instant, for the server and every open page."""
        written = self._file.with_suffix(".new")
        written.write_text(str((now - self._machine.now()).total_seconds()))
        written.replace(self._file)
        for watcher in self._watchers:
            watcher()

    def advance(self, **by: float) -> None:
        """Let time pass: ``clock.advance(minutes=10)``."""
        self.set(self.now() + timedelta(**by))

    def watch(self, watcher: Callable[[], None]) -> None:
        """Tell of each move."""
        self._watchers.append(watcher)

    def unwatch(self, watcher: Callable[[], None]) -> None:
        """It is gone."""
        self._watchers.remove(watcher)

    @property
    def ahead_ms(self) -> int:
        """How far the machine's clock is behind."""
        return round(1000 * float(self._file.read_text()))

    def page_script(self) -> str:
        """What makes a page tell the story's time, before anything of its own runs."""
        return _PAGE_CLOCK % {"ahead": self.ahead_ms}
