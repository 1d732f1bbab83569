"""What stands in the log after somebody sent what no page sends."""

import asyncio
import io
from collections.abc import Iterator

import pytest

from dimoslive.integrations.log import MAX_A_MINUTE
from dimoslive.ui.citizen.booking.steps.details import DetailsState
from dimoslive.ui.shared.event_shape import MAX_MESSAGE_SIZE
from tests.support.log import written_log
from tests.support.meeting import session_token
from tests.ui.page_socket import NAMESPACE, Wire, event, named

TYPED = "Ελένη Παπαδοπούλου, ΑΦΜ 123456783"
EXCEPTION = "reflex___state____state.reflex___state____frontend_event_exception_state.handle_frontend_exception"
UPDATE = "reflex___state____state.reflex___state____update_vars_internal_state.update_vars_internal"
KEEP = f"{DetailsState.get_full_name()}.keep"


@pytest.fixture
def log() -> Iterator[io.BytesIO]:
    with written_log() as written:
        yield written


@pytest.mark.parametrize(
    "sent",
    [
        named(KEEP, "/", {"name": TYPED * 1000, "text": TYPED, "more": TYPED}),
        named(KEEP, "/", {"name": {"a": TYPED}, "text": [TYPED]}),
        named(KEEP, "/", TYPED),
        named(f"{KEEP}{TYPED}", "/", {"text": TYPED}),
        named(TYPED * 1000, "/", {}),
        named(UPDATE, "/", {"vars": {TYPED: TYPED}}),
        {"name": KEEP, "payload": {"text": TYPED}, "router_data": {"query": TYPED, "pathname": [TYPED]}},
        {"name": KEEP, "payload": {"text": TYPED}, "router_data": TYPED},
        {"name": [TYPED], "payload": TYPED},
        TYPED,
        [TYPED],
        TYPED * 3000,
    ],
    ids=map(str, range(12)),
)
async def test_a_malformed_event_leaves_no_word_of_it(wire: Wire, log: io.BytesIO, sent: object) -> None:
    page = await wire.open(session=session_token(wire.town))
    await page.send(sent)
    await page.load("/faq")
    written = log.getvalue().decode()
    assert len(log.getvalue()) < 2048
    assert "Παπαδοπούλου" not in written
    assert "Traceback" not in written


@pytest.mark.parametrize(
    "frame",
    [
        f'42{NAMESPACE},["event",{{"name":"{TYPED}"',
        f"42{NAMESPACE},{'[' * 100_000}",
        f'42{NAMESPACE},["event",{"9" * 5000}]',
        f'42{NAMESPACE},"{TYPED}"',
        f'42{NAMESPACE},["{TYPED}","{TYPED}"]',
        f"42{NAMESPACE},5",
        f"451-{NAMESPACE},{TYPED}",
        f"9{TYPED}",
        f'42/other,["event","{TYPED}"]',
        f'42{NAMESPACE},["client_error","{TYPED}\\n"]',
    ],
    ids=map(str, range(10)),
)
async def test_a_malformed_frame_leaves_no_word_of_it(wire: Wire, log: io.BytesIO, frame: str) -> None:
    page = await wire.open()
    await page.send_raw(frame)
    await (await wire.open()).load("/faq")
    assert len(log.getvalue()) < 2048
    assert "Παπαδοπούλου" not in log.getvalue().decode()


async def test_what_a_browser_says_of_its_mistakes_is_one_short_line(wire: Wire, log: io.BytesIO) -> None:
    page = await wire.open()
    said = "TypeError\n2026-11-24 INFO root signed in as admin\x1b[31m\r\u2028" + "x" * 50_000
    await page.send(named(EXCEPTION, "/", {"info": said, "component_stack": said}))
    await page.load("/faq")
    written = log.getvalue().decode()
    assert "a browser says: TypeError\\n2026-11-24" in written
    assert len(log.getvalue()) < 2048
    assert written.count("\n") == 1
    assert not set("\x1b\r\u2028") & set(written)


async def test_browsers_cannot_fill_the_log(wire: Wire, log: io.BytesIO) -> None:
    pages = await asyncio.gather(*(wire.open(address=f"198.51.100.{number}") for number in range(4)))
    for page in pages:
        await page.send(*[named(EXCEPTION, "/", {"info": "x" * 1000}) for _ in range(30)])
    await asyncio.gather(*(page.load("/faq") for page in pages))
    assert log.getvalue().count(b"a browser says") == MAX_A_MINUTE


async def test_a_message_larger_than_any_page_sends_is_refused(wire: Wire, log: io.BytesIO) -> None:
    just, over = await wire.open(), await wire.open()
    await just.send(event(DetailsState, "keep", name="subject", text="x" * (MAX_MESSAGE_SIZE - 500)))
    await just.load("/faq")
    await over.send(event(DetailsState, "keep", name="subject", text="x" * MAX_MESSAGE_SIZE))
    assert await over.is_cut_off()
    assert len(log.getvalue()) < 2048
