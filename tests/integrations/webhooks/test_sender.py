"""Messages go to the very address that was checked, and no receiver can keep us, fill us or lead us elsewhere."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from httpcore2 import AnyIOBackend, AsyncNetworkBackend, AsyncNetworkStream

from dimoslive.domain.webhooks.attempts import Attempt, AttemptError
from dimoslive.integrations.clock import SystemClock
from dimoslive.integrations.webhooks import sender as sending
from dimoslive.integrations.webhooks.resolver import SystemResolver
from dimoslive.integrations.webhooks.sender import MAX_ANSWER_BYTES, HttpWebhookSender
from tests.integrations.mail.certificate import self_signed

HOST = "hooks.dimos.test"
INSIDE = "10.9.9.9"
"""Where the receiver is said to be; a network that the operator admits."""
Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Names:
    """A resolver that gives one answer after the other, and then the last one."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers, self.asked = list(answers), 0

    async def resolve(self, host: str) -> list[str]:  # noqa: ARG002  # the protocol has it
        self.asked += 1
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class Wire(AsyncNetworkBackend):
    """Brings what is dialled to the receiver of the test, and notes which address that was."""

    def __init__(self, port: int) -> None:
        self.port, self.dialled = port, []  # type: tuple[int, list[tuple[str, int]]]

    async def connect_tcp(self, host: str, port: int, *rest: Any, **more: Any) -> AsyncNetworkStream:
        self.dialled.append((host, port))
        return await AnyIOBackend().connect_tcp("127.0.0.1", self.port, *rest, **more)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return self_signed(tmp_path_factory.mktemp("receiver"), HOST)


@pytest.fixture
def trusted(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


@asynccontextmanager
async def receiver(certificate: Path, handle: Handler) -> AsyncIterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await handle(reader, writer)
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    async with server:
        yield server.sockets[0].getsockname()[1]


def answers(status: str, body: bytes = b"", *headers: str, seen: list[bytes] | None = None) -> Handler:
    """Reads a whole message, keeps it, and answers."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        if seen is not None:
            seen.append(head + await reader.readexactly(length))
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        await writer.drain()

    return handle


async def send(
    certificate: Path,
    trusted: ssl.SSLContext | None,
    handle: Handler,
    names: Names | None = None,
    url: str = f"https://{HOST}/hook?a=b",
) -> tuple[Attempt, list[tuple[str, int]]]:
    async with receiver(certificate, handle) as port:
        wire = Wire(port)
        admitted = [ip_network("10.9.0.0/16")]
        sender = HttpWebhookSender(SystemClock(), names or Names([INSIDE]), admitted=admitted, below=wire, tls=trusted)
        return await sender.send(url, {"webhook-id": "evt_1_2"}, b"{}"), wire.dialled


async def test_the_message_arrives_under_the_host_s_name_at_the_address_that_was_checked(
    certificate: Path, trusted: ssl.SSLContext
) -> None:
    seen: list[bytes] = []
    attempt, dialled = await send(certificate, trusted, answers("204 No Content", seen=seen))
    assert (attempt.status, attempt.error, attempt.has_arrived) == (204, None, True)
    assert dialled == [(INSIDE, 443)]
    head = seen[0].decode().lower()
    assert head.startswith("post /hook?a=b http/1.1\r\n")
    assert f"host: {HOST}\r\n" in head
    assert "content-type: application/json\r\n" in head
    assert "user-agent: mydimoslive/1\r\n" in head
    assert "webhook-id: evt_1_2\r\n" in head
    assert head.endswith("\r\n\r\n{}")
    assert "cookie" not in head


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
async def test_a_redirect_is_a_failure_and_not_followed(
    certificate: Path, trusted: ssl.SSLContext, status: str
) -> None:
    away = answers(status, b"", "Location: https://127.0.0.1/")
    attempt, dialled = await send(certificate, trusted, away)
    assert (attempt.error, len(dialled)) == (AttemptError.STATUS, 1)


async def test_what_a_busy_receiver_asks_for_is_brought_back(certificate: Path, trusted: ssl.SSLContext) -> None:
    busy = answers("503 Busy", "Περιμένετε\x00".encode(), "Retry-After: 120")
    attempt, _ = await send(certificate, trusted, busy)
    assert (attempt.status, attempt.error, attempt.retry_after) == (503, AttemptError.STATUS, "120")
    assert attempt.answer == "Περιμένετε "


async def test_of_an_endless_answer_64_kilobytes_are_read_and_1000_signs_kept(
    certificate: Path, trusted: ssl.SSLContext
) -> None:
    written = 0

    async def flood(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal written
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 67108864\r\n\r\n")
        for _ in range(1024):
            writer.write(b"a" * 65536)
            await writer.drain()
            written += 65536

    attempt, _ = await send(certificate, trusted, flood)
    assert (attempt.error, attempt.answer) == (AttemptError.TOO_LARGE, "a" * 1000)
    assert MAX_ANSWER_BYTES <= written < 64 * 1024 * 1024


async def test_who_answers_too_slowly_is_left(
    certificate: Path, trusted: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "WHOLE_WITHIN", 0.3)

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        while True:
            # Something comes all the time: only the whole can be too long.
            writer.write(b"H")
            await writer.drain()
            await asyncio.sleep(0.02)

    attempt, _ = await send(certificate, trusted, drip)
    assert (attempt.status, attempt.error) == (None, AttemptError.TIMEOUT)


async def test_who_hangs_up_is_no_receiver(certificate: Path, trusted: ssl.SSLContext) -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.close()

    attempt, _ = await send(certificate, trusted, hang_up)
    assert attempt.error is AttemptError.CONNECT


async def test_a_certificate_that_nobody_vouches_for_or_of_another_name_is_refused(
    certificate: Path, trusted: ssl.SSLContext
) -> None:
    attempt, _ = await send(certificate, None, answers("200 OK"))
    assert attempt.error is AttemptError.TLS
    attempt, _ = await send(certificate, trusted, answers("200 OK"), url="https://other.dimos.test/")
    assert attempt.error is AttemptError.TLS


@pytest.mark.parametrize(
    ("found", "error"),
    [
        ([], AttemptError.DNS),
        (["127.0.0.1"], AttemptError.REFUSED_ADDRESS),
        (["10.8.0.1"], AttemptError.REFUSED_ADDRESS),
        ([INSIDE, "169.254.169.254"], AttemptError.REFUSED_ADDRESS),
        (["8.8.8.8", "::1"], AttemptError.REFUSED_ADDRESS),
    ],
)
async def test_one_bad_address_refuses_all_and_nothing_is_dialled(
    certificate: Path, trusted: ssl.SSLContext, found: list[str], error: AttemptError
) -> None:
    attempt, dialled = await send(certificate, trusted, answers("200 OK"), Names(found))
    assert (attempt.error, dialled) == (error, [])


async def test_a_name_that_leads_inside_only_after_it_was_checked_leads_nowhere(
    certificate: Path, trusted: ssl.SSLContext
) -> None:
    names = Names(["8.8.8.8"], ["127.0.0.1"])
    sender = HttpWebhookSender(SystemClock(), names)
    assert not await sender.is_refused(HOST)
    attempt, dialled = await send(certificate, trusted, answers("200 OK"), names)
    assert (attempt.error, dialled) == (AttemptError.REFUSED_ADDRESS, [])
    # One question an attempt: there is no second answer that could be another.
    assert names.asked == 2


async def test_no_proxy_of_the_environment_is_used(
    certificate: Path, trusted: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    attempt, dialled = await send(certificate, trusted, answers("200 OK"))
    assert (attempt.has_arrived, dialled) == (True, [(INSIDE, 443)])


async def test_the_machine_s_resolver_knows_the_machine_and_no_invented_name() -> None:
    resolver = SystemResolver()
    assert "127.0.0.1" in await resolver.resolve("localhost")
    assert await resolver.resolve("no-such-name.invalid") == []
    assert await resolver.resolve("a" * 300) == []
