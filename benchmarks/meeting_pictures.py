"""The meeting's pictures between two browsers: how long after the press, a cut, a reload, and a change of network."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from time import time

from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright
from sqlalchemy import select
from sqlmodel import col

from benchmarks.page_weight import FLAGS
from benchmarks.report import Row, Times
from benchmarks.run import Run
from benchmarks.server import Server, Visitor
from benchmarks.town import HALF_HOUR
from dimoslive.cookies import staff_cookie_name
from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import DepartmentRow, ServiceRow
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n.texts import texts_of
from dimoslive.seeds.officials import enter_official
from dimoslive.services.booking.confirm_booking import confirm_booking
from dimoslive.services.catalogue.find_slots import find_slots
from dimoslive.services.draft.hold_slot import hold_slot
from dimoslive.services.identity.auth_realm import STAFF
from dimoslive.services.identity.sessions import open_session
from tests.browser.networks import Telephone, can_wire_networks, line_to_a_router, telephone
from tests.support.meeting import NIKOS
from tests.support.world import confirmation
from tools.chromium import chromium_on_path

HALF_SEE_WITHIN, NEARLY_ALL_SEE_WITHIN = 1500, 3000
BACK_WITHIN = 5000

_words = texts_of("el")
_FAKE_DEVICES = [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
]
# A picture that rests for longer than this has stopped.
_REST = 250
# Nobody presses sooner than this after the waiting citizen is announced.
_REACTION = 1000
# The wall clock is the one clock that both browsers share. Two frames of an element make a picture that moves.
_WATCH = """
window.pictures = [];
const watched = new WeakSet();
new MutationObserver(() => {
  for (const video of document.querySelectorAll("[data-testid=remote-video]")) {
    if (watched.has(video)) continue;
    watched.add(video);
    const frames = [];
    window.pictures.push(frames);
    const drawn = () => {
      frames.push(Date.now());
      video.requestVideoFrameCallback(drawn);
    };
    video.requestVideoFrameCallback(drawn);
  }
}).observe(document, { childList: true, subtree: true });

document.addEventListener("click", (event) => {
  window.pressedAt = Date.now() - (performance.now() - event.timeStamp);
}, true);

window.welcomes = 0;
window.WebSocket = class extends WebSocket {
  constructor(url, ...rest) {
    super(url, ...rest);
    if (!String(url).includes("/api/meetings/socket")) return;
    window.signalling = this;
    this.addEventListener("message", ({ data }) => { if (JSON.parse(data).type === "welcome") window.welcomes += 1; });
  }
};
"""
_CUT = """
(lost) => new Promise((back) => {
  const begun = performance.now(), before = window.welcomes;
  const look = () => {
    const saysLost = [...document.querySelectorAll("[role=status]")].some((one) => one.textContent.includes(lost));
    if (window.welcomes > before && !saysLost) back(performance.now() - begun);
    else requestAnimationFrame(look);
  };
  window.signalling.close();
  requestAnimationFrame(look);
})
"""
# When the picture went on after its longest rest since then; one that did not rest went on at once.
_GOES_ON = """
([since, rest]) => {
  const frames = window.pictures.flat().filter((at) => at >= since).sort((one, other) => one - other);
  const times = [since, ...frames, Date.now()];
  const rests = times.slice(1).map((at, index) => at - times[index]);
  const longest = Math.max(...rests);
  return longest < rest ? 0 : times[rests.indexOf(longest) + 1] - since;
}
"""
_FRAME = """
({ nth, after }) => window.pictures.filter((frames) => frames[0] > after).map((frames) => frames[nth]).find(Boolean)
"""


@dataclass
class _Found:
    """How long each waited, in milliseconds."""

    picture: list[float] = field(default_factory=list)
    cut: list[float] = field(default_factory=list)
    reload: list[float] = field(default_factory=list)
    network: list[float] = field(default_factory=list)


def meeting_pictures(run: Run) -> Iterator[Row]:
    """Meetings one after the other, each with another citizen; of some a socket is cut and a page is reloaded."""
    meetings, cuts = (5, 2) if run.quick else (30, 10)
    found = _Found()
    visitors = run.server.visitors(meetings + 1)
    references = _book(run.server, visitors)
    with sync_playwright() as playwright, _browser(playwright) as citizens, _browser(playwright) as officials:
        _sign_in(officials, run.server, staff_cookie_name(run.server.url), _staff_session(run.server))
        for number, (visitor, reference) in enumerate(zip(visitors[:-1], references[:-1], strict=True)):
            _sign_in(citizens, run.server, visitor.cookie_name, visitor.cookie_value)
            with _page(officials) as official, _page(citizens) as citizen:
                _join(official, f"{run.server.url}/desk/meeting?reference={reference}")
                _join(citizen, f"{run.server.url}/meeting?reference={reference}")
                found.picture.append(_picture_after_press(official, citizen))
                if number < cuts:
                    # Each side in its turn.
                    cut, other = (citizen, official) if number % 2 == 0 else (official, citizen)
                    found.cut.append(_back_after_cut(cut))
                    found.reload.append(_back_after_reload(cut, other))
        if can_wire_networks():
            with (
                line_to_a_router() as line,
                telephone(line, run.folder) as phone,
                _browser(playwright, phone) as on_the_way,
            ):
                phone.change_network(0)
                found.network = _changes(run, phone, on_the_way, officials, visitors[-1], references[-1])
    yield from _rows(found)


def _rows(found: _Found) -> Iterator[Row]:
    picture = Times(found.picture)
    yield Row(
        "From the press of admit to the first remote picture, on both sides",
        f"p50 {picture.p50:.0f}, p95 {picture.p95:.0f}, longest {max(picture.each):.0f} ms of {len(picture.each)}",
        f"p50 < {HALF_SEE_WITHIN:,} ms, p95 < {NEARLY_ALL_SEE_WITHIN:,} ms",
        picture.p50 < HALF_SEE_WITHIN and picture.p95 < NEARLY_ALL_SEE_WITHIN,
    )
    for what, each in (
        ("Connected again after a cut socket, in a meeting", found.cut),
        ("Pictures move again after a reload, on both sides", found.reload),
        ("Pictures move again after a change of network or address, on both sides", found.network),
    ):
        if not each:
            yield Row(what, "not measured: networks can be wired by root alone")
            continue
        yield Row(
            what,
            f"p50 {Times(each).p50:.0f}, longest {max(each):.0f} ms of {len(each)}",
            f"each < {BACK_WITHIN:,} ms",
            max(each) < BACK_WITHIN,
        )


def _changes(
    run: Run, phone: Telephone, citizens: BrowserContext, officials: BrowserContext, visitor: Visitor, reference: str
) -> list[float]:
    """One meeting on the way: to another network, to another address in it, and so on."""
    _sign_in(citizens, run.server, visitor.cookie_name, visitor.cookie_value)
    found = []
    with _page(officials) as official, _page(citizens) as citizen:
        _join(official, f"{run.server.url}/desk/meeting?reference={reference}")
        _join(citizen, f"{run.server.url}/meeting?reference={reference}")
        _picture_after_press(official, citizen)
        official.wait_for_timeout(_REACTION)
        for number in range(2 if run.quick else 10):
            turn, is_address = divmod(number, 2)
            since = time() * 1000
            if is_address:
                phone.change_address((turn + 1) % 2, 10 + turn)
            else:
                phone.change_network((turn + 1) % 2)
            citizen.wait_for_timeout(BACK_WITHIN + _REACTION)
            found.append(max(float(page.evaluate(_GOES_ON, [since, _REST])) for page in (official, citizen)))
    return found


def _book(server: Server, visitors: list[Visitor]) -> list[str]:
    """A teleconference for each, made the way people make one and then moved to a time when its door is open."""
    town = server.town
    context, slots = town.context, find_slots(town.context, town.service_id, Mode.VIDEO).slots
    references = []
    for visitor, slot in zip(visitors, slots, strict=False):
        hold = hold_slot(context, visitor.citizen, slot.starts_at)
        references.append(confirm_booking(context, visitor.citizen, confirmation(hold)).reference)
    soon = context.clock.now() + timedelta(minutes=2)
    with transaction(context.db) as tx:
        for row in tx.scalars(select(BookingRow).where(col(BookingRow.reference).in_(references))):
            row.starts_at, row.ends_at = soon, soon + HALF_HOUR
    return references


def _staff_session(server: Server) -> str:
    """The cookie of an official of the town."""
    town = server.town
    with transaction(town.context.db) as tx:
        query = select(col(DepartmentRow.municipality_id)).join(ServiceRow).where(col(ServiceRow.id) == town.service_id)
        enter_official(tx, town.context.seal, NIKOS, [tx.execute(query).scalar_one()])
    return open_session(town.context, STAFF, NIKOS, "")


def _picture_after_press(official: Page, citizen: Page) -> float:
    admit = official.get_by_role("button", name=_words("meeting.official.admit"), exact=True)
    admit.wait_for()
    official.wait_for_timeout(_REACTION)
    admit.click()
    shown = max(_frame(page, 0, after=0) for page in (official, citizen))
    return shown - float(official.evaluate("window.pressedAt"))


def _back_after_cut(page: Page) -> float:
    return float(page.evaluate(_CUT, _words("meeting.socket.lost_in_call")))


def _back_after_reload(page: Page, other: Page) -> float:
    begun = float(page.evaluate("Date.now()"))
    page.reload(wait_until="commit")
    return max(_frame(one, 1, after=begun) for one in (page, other)) - begun


def _frame(page: Page, nth: int, *, after: float) -> float:
    """When a picture that began after a time had its nth frame, by the wall clock; waits for it."""
    return float(page.wait_for_function(_FRAME, arg={"nth": nth, "after": after}).json_value())


def _sign_in(context: BrowserContext, server: Server, cookie_name: str, cookie_value: str) -> None:
    context.add_cookies([{"name": cookie_name, "value": cookie_value, "url": server.url}])


def _join(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_test_id("own-video").wait_for()
    page.get_by_role("button", name=_words("meeting.join_now")).click()


@contextmanager
def _browser(playwright: Playwright, phone: Telephone | None = None) -> Iterator[BrowserContext]:
    flags = [*FLAGS, *_FAKE_DEVICES, *(phone.flags if phone else [])]
    path = phone.browser if phone else chromium_on_path()
    browser = playwright.chromium.launch(executable_path=path, args=flags)
    try:
        context = browser.new_context(locale="el-GR", timezone_id="Europe/Athens", permissions=["camera", "microphone"])
        context.add_init_script(_WATCH)
        yield context
    finally:
        browser.close()


@contextmanager
def _page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    try:
        yield page
    finally:
        page.close()
