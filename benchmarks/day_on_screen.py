"""An official's full day in a browser: how long from the page's socket to the rows that can be seen."""

import statistics
from collections.abc import Iterator

from benchmarks.desk_day import BOOKINGS, DESKS, full_day, official_of
from benchmarks.page_weight import new_browser
from benchmarks.report import Row
from benchmarks.run import Run
from benchmarks.server import Server
from dimoslive.cookies import staff_cookie_name
from dimoslive.urls import desk_path
from tests.support.meeting import staff_token

MAX_WAIT_MS = 200
_TOWN = 20
"""Its number, which no other part's town has."""
# The socket is up when it is let in, which the page hears first; then a look once a frame until the day's first row is
# drawn. The listener for changes is a socket of its own, which opens later.
_WATCH = """
window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", ({ data }) => {
      if (String(data).startsWith("40/")) window.letInAt ??= performance.now();
    });
  }
};
const look = () => {
  const row = document.querySelector("td.c-time");
  const isDrawn = row && row.getBoundingClientRect().height > 0;
  requestAnimationFrame(isDrawn ? () => { window.shownAt = performance.now() } : look);
};
requestAnimationFrame(look);
"""


def day_on_screen(run: Run) -> Iterator[Row]:
    """Opened anew each time, by somebody whose browser has nothing of it."""
    server = run.server
    assert server.town.service_id
    town, _ = full_day(server.database_url, 0, _TOWN)
    cookie = (staff_cookie_name(server.url), staff_token(town, official_of(_TOWN)))
    path = f"{desk_path('el')}?m={town.municipality.slug}"
    waits = [_shown_after(server, cookie, path) for _ in range(2 if run.quick else 15)]
    wait = statistics.median(waits)
    yield Row(
        f"A day with {BOOKINGS} bookings at {DESKS} desks on the screen, from when its socket is let in",
        f"median {wait:.0f} ms of {len(waits)}, from {min(waits):.0f} to {max(waits):.0f}",
        f"≤ {MAX_WAIT_MS} ms",
        wait <= MAX_WAIT_MS,
    )


def _shown_after(server: Server, cookie: tuple[str, str], path: str) -> float:
    with new_browser(server, *cookie) as context:
        page = context.new_page()
        page.add_init_script(_WATCH)
        page.goto(server.url + path, wait_until="commit")
        page.locator("td.c-time").first.wait_for()
        # The watcher needs two frames more.
        page.wait_for_timeout(200)
        return float(page.evaluate("window.shownAt - window.letInAt"))
