"""The page in a browser that has never seen it: bytes, requests, hosts, and when the first free time can be seen."""

import statistics
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, sync_playwright

from benchmarks.report import Row
from benchmarks.run import Run
from benchmarks.server import Server, Visitor
from benchmarks.tab import PAGE
from tools.chromium import chromium_on_path

MAX_BYTES = 260_000
MAX_WAIT_MS = 1200

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Looks once a frame; the time counts from the beginning of the navigation.
_WATCH = """
const look = () => {
  const time = document.querySelector(".tgrid button");
  const isDrawn = time && time.getBoundingClientRect().height > 0;
  requestAnimationFrame(isDrawn ? () => { window.shownAt = performance.now() } : look);
};
requestAnimationFrame(look);
"""


class Traffic:
    """What a page loads, as the browser's own network log has it."""

    def __init__(self, page: Page) -> None:
        self.bytes: Counter[str] = Counter()
        self.requests = 0
        self.hosts: set[str] = set()
        self._urls: dict[str, str] = {}
        log = page.context.new_cdp_session(page)
        log.on("Network.requestWillBeSent", self._asked)
        log.on("Network.loadingFinished", self._loaded)
        log.send("Network.enable")

    def _asked(self, event: dict[str, Any]) -> None:
        url = event["request"]["url"]
        if urlsplit(url).scheme in ("http", "https"):
            self.requests += 1
            self.hosts.add(urlsplit(url).netloc)
            self._urls[event["requestId"]] = urlsplit(url).path

    def _loaded(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self._urls:
            self.bytes[self._urls[event["requestId"]]] += int(event["encodedDataLength"])


def page_weight(run: Run) -> Iterator[Row]:
    """The front page, then the wizard's calendar for a citizen who has signed in."""
    server = run.server
    [visitor] = server.visitors(1)
    for name, path in (("Front page", "/"), ("The wizard's calendar", PAGE)):
        yield _weighed(run, server, visitor, name, path)
    waits = [_shown_after(server, visitor) for _ in range(2 if run.quick else 9)]
    wait = statistics.median(waits)
    yield Row(
        "First free time on the screen after a cold start, signed in",
        f"median {wait:.0f} ms of {len(waits)}, from {min(waits):.0f} to {max(waits):.0f}",
        f"≤ {MAX_WAIT_MS:,} ms",
        wait <= MAX_WAIT_MS,
    )


def _weighed(run: Run, server: Server, visitor: Visitor, name: str, path: str) -> Row:
    with new_browser(server, visitor.cookie_name, visitor.cookie_value) as context:
        page = context.new_page()
        traffic = Traffic(page)
        page.goto(server.url + path, wait_until="networkidle")
        # What the page fetches ahead, once it is idle, counts too.
        page.wait_for_timeout(2000)
    total = traffic.bytes.total()
    for url, size in traffic.bytes.most_common(8):
        run.say(f"{size:>8,} bytes {url}")
    return Row(
        f"{name}, cold, compressed, with fonts",
        f"{total / 1000:.0f} kB in {traffic.requests} requests to {len(traffic.hosts)} host",
        f"≤ {MAX_BYTES // 1000} kB, 1 host",
        total <= MAX_BYTES and len(traffic.hosts) == 1,
    )


def _shown_after(server: Server, visitor: Visitor) -> float:
    with new_browser(server, visitor.cookie_name, visitor.cookie_value) as context:
        page = context.new_page()
        page.add_init_script(_WATCH)
        page.goto(server.url + PAGE, wait_until="commit")
        page.locator(".tgrid button").first.wait_for()
        # The watcher needs two frames more.
        page.wait_for_timeout(200)
        return float(page.evaluate("window.shownAt"))


@contextmanager
def new_browser(server: Server, cookie_name: str, cookie_value: str) -> Iterator[BrowserContext]:
    """A browser that has seen nothing but the sign-in."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_on_path(), args=FLAGS)
        try:
            context = browser.new_context(locale="el-GR", timezone_id="Europe/Athens")
            context.add_cookies([{"name": cookie_name, "value": cookie_value, "url": server.url}])
            yield context
        finally:
            browser.close()
