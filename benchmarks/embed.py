"""The booking inside another site: what it weighs, how soon it is there, and how far it moves the host."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from playwright.sync_api import Page, Route, sync_playwright
from sqlalchemy import select
from sqlmodel import col

from benchmarks.page_weight import FLAGS, Traffic, new_browser
from benchmarks.report import Row, Times
from benchmarks.run import Run
from benchmarks.server import Server
from dimoslive.db.engine import reading, transaction
from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow, ServiceRow
from dimoslive.db.tables.settings import FrameOriginRow
from dimoslive.i18n import texts_of
from tools.chromium import chromium_on_path

HOST = "http://www.town.test"
SIBLING = "http://localhost:1"
"""A host of the server's own site: under http, browsers keep cookies in no other's frame."""
MAX_SCRIPT_BYTES = 6_000
MAX_FIRST_PAGE_BYTES, MAX_WIZARD_BYTES = 70_000, 260_000
MAX_SHIFT = 0.05
MAX_STEP_MS = 700
MAX_TASK_MS = 50
SLOWER = 4
"""A telephone's processor, beside this one."""
_WATCH = """
window.shift = 0;
new PerformanceObserver(list => { for (const one of list.getEntries()) window.shift += one.value; })
    .observe({type: "layout-shift", buffered: true});
window.longest = 0;
new PerformanceObserver(list => {
    const own = list.getEntries().filter(one => one.name === "self");
    window.longest = Math.max(window.longest, ...own.map(one => one.duration));
}).observe({type: "longtask", buffered: true});
addEventListener("dimoslive:ready", () => { window.readyAt = performance.now(); });
"""


def embed(run: Run) -> Iterator[Row]:
    """The script, the first page, the wizard, and a host with the element in it."""
    server = run.server
    municipality = _let_in(server)
    script = httpx.get(f"{server.url}/embed.js", headers={"Accept-Encoding": "br"})
    size = int(script.headers["Content-Length"])
    yield Row("embed.js, compressed", f"{size:,} bytes", f"< {MAX_SCRIPT_BYTES:,} bytes", size < MAX_SCRIPT_BYTES)
    yield _weighed(
        run, server, "The frame's first page", f"/embed/services?m={municipality}", MAX_FIRST_PAGE_BYTES, may_talk=False
    )
    yield _weighed(
        run, server, "The wizard in a frame", f"/embed/mode?m={municipality}", MAX_WIZARD_BYTES, may_talk=True
    )
    visits = [_visit(server, municipality) for _ in range(2 if run.quick else 9)]
    ready, shifts = [visit[0] for visit in visits], [visit[1] for visit in visits]
    wait = statistics.median(ready)
    yield Row(
        "From the host's navigation to the element's `ready`, cold",
        f"median {wait:.0f} ms of {len(ready)}, from {min(ready):.0f} to {max(ready):.0f}",
        "< 1.2 s",
        wait < 1200,
    )
    often = 1 if run.quick else 9
    tasks = [_visit(server, municipality, slower=SLOWER)[2] for _ in range(often)]
    alone = [_longest_alone(server) for _ in range(often)]
    yield Row(
        f"Longest task of the host with the element, on a processor {SLOWER} times slower",
        f"{_task(tasks)}; without the element {_task(alone)}",
        f"none > {MAX_TASK_MS} ms",
        max(tasks) <= MAX_TASK_MS,
    )
    steps = Times([_sign_in(server, municipality) for _ in range(2 if run.quick else 9)])
    yield Row(
        "From the window's closing to the next step in the frame",
        str(steps),
        f"p50 < {MAX_STEP_MS} ms",
        steps.p50 < MAX_STEP_MS,
    )
    yield Row("Layout shift of the host", f"{max(shifts):.3f} at most", f"< {MAX_SHIFT}", max(shifts) < MAX_SHIFT)


def _let_in(server: Server) -> str:
    """The host may frame the town's pages; the town's word in addresses."""
    query = (
        select(col(MunicipalityRow.id), col(MunicipalityRow.slug))
        .join(DepartmentRow, col(DepartmentRow.municipality_id) == col(MunicipalityRow.id))
        .join(ServiceRow, col(ServiceRow.department_id) == col(DepartmentRow.id))
        .where(col(ServiceRow.id) == server.town.service_id)
    )
    with reading(server.town.context.db) as tx:
        id_, slug = tx.execute(query).one()
    with transaction(server.town.context.db) as tx:
        for host in (HOST, SIBLING):
            tx.merge(FrameOriginRow(municipality_id=id_, origin=host))
    return str(slug)


def _weighed(run: Run, server: Server, name: str, path: str, most: int, *, may_talk: bool) -> Row:
    [visitor] = server.visitors(1)
    with new_browser(server, visitor.cookie_name, visitor.cookie_value) as context:
        page = context.new_page()
        traffic = Traffic(page)
        sockets: list[str] = []
        page.on("websocket", lambda socket: sockets.append(socket.url))
        page.goto(server.url + path, wait_until="networkidle")
        page.wait_for_timeout(1000)
    total = traffic.bytes.total()
    for url, weight in traffic.bytes.most_common(8):
        run.say(f"{weight:>8,} bytes {url}")
    return Row(
        f"{name}, cold, compressed, with fonts",
        f"{total / 1000:.0f} kB in {traffic.requests} requests to {len(traffic.hosts)} host, {len(sockets)} sockets",
        f"≤ {most // 1000} kB, 1 host" + ("" if may_talk else ", no socket"),
        total <= most and len(traffic.hosts) == 1 and (may_talk or not sockets),
    )


def _visit(server: Server, municipality: str, *, slower: int = 1) -> tuple[float, float, float]:
    """Milliseconds until the element is ready, by how much the host moved, and its longest task of 50 ms or more."""
    with _host(server, municipality) as page:
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
        page.goto(f"{HOST}/")
        page.wait_for_function("window.readyAt > 0")
        page.wait_for_timeout(500)
        ready, shift, longest = page.evaluate("[window.readyAt, window.shift, window.longest]")
    return float(ready), float(shift), float(longest)


def _longest_alone(server: Server) -> float:
    """The same of a host that has neither script nor element."""
    with _host(server, "") as page:
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(f"{HOST}/")
        page.wait_for_timeout(1500)
        return float(page.evaluate("window.longest"))


def _task(longest: list[float]) -> str:
    over = [one for one in longest if one]
    return f"{max(over):.0f} ms, one in {len(over)} of {len(longest)} visits" if over else f"none of {MAX_TASK_MS} ms"


def _sign_in(server: Server, municipality: str) -> float:
    """Milliseconds from the closing of the window of a sign-in to the heading of the next step."""
    t = texts_of("el")
    with _host(server, municipality, SIBLING) as page:
        page.goto(f"{SIBLING}/", wait_until="networkidle")
        frame = page.frame_locator("iframe")
        with page.expect_popup() as opened:
            frame.get_by_role("link", name=t("frame.sign_in.press")).click()
        closed: list[float] = []
        opened.value.on("close", lambda _: closed.append(time.perf_counter()))
        opened.value.get_by_role("radio").first.check(force=True)
        opened.value.get_by_role("button", name=t("simulator.sign_in")).click()
        frame.get_by_role("heading", name=t("mode.title")).wait_for()
        seen = time.perf_counter()
    return 1000 * (seen - closed[0])


@contextmanager
def _host(server: Server, municipality: str, origin: str = HOST) -> Iterator[Page]:
    """A page of another site, with what a webmaster pastes, unless no municipality is named."""
    element = f"""<script async src="{server.url}/embed.js"></script>
        <my-dimoslive municipality="{municipality}" loading="eager"></my-dimoslive>"""
    body = f"""<!doctype html><html lang="el"><meta charset="utf-8"><title>Δήμος</title><h1>Δήμος</h1>
        {element if municipality else ""}<p>Τέλος</p></html>"""

    def answer(route: Route) -> None:
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_on_path(),
            # The host stands for a site of the net, which browsers keep from servers of one's own machine.
            args=[*FLAGS, "--disable-features=LocalNetworkAccessChecks"],
        )
        try:
            page = browser.new_page(locale="el-GR", viewport={"width": 1280, "height": 900})
            page.add_init_script(_WATCH)
            page.route(f"{origin}/**", answer)
            yield page
        finally:
            browser.close()
