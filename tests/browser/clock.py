"""The clock of the stories: that of the server with its jobs, and that of the pages."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page

from dimoslive.integrations.clock import ShiftedClock, SystemClock
from tests.support.builders import at

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
    window.moveClock = by => { moved += Math.max(0, by); ahead += by; };
    window.Date = new Proxy(Date, {
        construct: (date, given, made) => Reflect.construct(date, given.length ? given : [Date.now()], made),
        apply: () => new window.Date().toString(),
    });
})();"""


class StoryClock:
    """Goes on from the instant that a story sets."""

    def __init__(self, file: Path) -> None:
        self._file, self._machine, self._clock = file, SystemClock(), ShiftedClock(file)
        self._watchers: list[Callable[[int], None]] = []
        file.write_text("0")
        self.set(STORY_BEGINS)

    def now(self) -> datetime:
        """The present of the story."""
        return self._clock.now()

    def set(self, now: datetime) -> None:
        """Go to an instant, for the server and every open page."""
        before = self.now()
        written = self._file.with_suffix(".new")
        written.write_text(str((now - self._machine.now()).total_seconds()))
        written.replace(self._file)
        for watcher in self._watchers:
            watcher(round(1000 * (now - before).total_seconds()))

    def advance(self, **by: float) -> None:
        """Let time pass: ``clock.advance(minutes=10)``."""
        self.set(self.now() + timedelta(**by))

    def watch(self, watcher: Callable[[int], None]) -> None:
        """Tell of each move, in milliseconds."""
        self._watchers.append(watcher)

    def unwatch(self, watcher: Callable[[int], None]) -> None:
        """It is gone."""
        self._watchers.remove(watcher)

    def page_script(self, page: Page) -> str:
        """What makes pages of a browser tell the story's time, before anything of their own runs.

        ``page`` still tells the browser's own, which is not this machine's where a whole run is shifted.
        """
        return _PAGE_CLOCK % {"ahead": round(1000 * self.now().timestamp() - page.evaluate("Date.now()"))}
