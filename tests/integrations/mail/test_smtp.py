"""Conversations with a real server on this machine."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from dimoslive.integrations.mail.booking_mail import booking_mail
from dimoslive.integrations.mail.smtp import SmtpMailer
from dimoslive.ports import MailDelayed, MailRefused
from dimoslive.urls import MailLinks
from tests.integrations.booked import a_booking
from tests.integrations.mail.certificate import self_signed
from tests.support.builders import at

LINKS = MailLinks(*(f"https://dimos.example/{page}" for page in ("b", "move", "cancel", "", "my-bookings", "advice")))


class Server:
    """Answers as told, and keeps what it takes."""

    def __init__(self, **answers: str) -> None:
        self.answers = answers
        self.taken: list[Envelope] = []
        self.users: list[bytes] = []
        self.port = 0

    async def handle_MAIL(self, _1: SMTP, _2: Session, envelope: Envelope, address: str, _3: list[str]) -> str:  # noqa: N802  # the library's name
        envelope.mail_from = address
        return self.answers.get("mail", "250 OK")

    async def handle_RCPT(self, _1: SMTP, _2: Session, envelope: Envelope, address: str, _3: list[str]) -> str:  # noqa: N802  # the library's name
        envelope.rcpt_tos.append(address)
        return self.answers.get("rcpt", "250 OK")

    async def handle_DATA(self, _1: SMTP, _2: Session, envelope: Envelope) -> str:  # noqa: N802  # the library's name
        answer = self.answers.get("data", "250 OK")
        if answer.startswith("250"):
            self.taken.append(envelope)
        return answer

    def authenticate(self, _1: SMTP, _2: Session, _3: Envelope, _4: str, login: LoginPassword) -> AuthResult:
        self.users.append(login.login)
        return AuthResult(success=login.password == b"p@ss/word", handled=False)


class _Conversation(SMTP):
    """Says when it is over, so that no test ends before its server."""

    def __init__(self, server: Server, begun: "list[_Conversation]", **settings: Any) -> None:
        super().__init__(server, hostname="mail.example", authenticator=server.authenticate, **settings)
        self.begun = begun
        self.over = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.begun.append(self)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self.over.set()


@asynccontextmanager
async def _listening(server: Server, *, starttls: Path | None = None, tls: Path | None = None) -> AsyncIterator[Server]:
    context = _server_context(starttls) if starttls else None

    begun: list[_Conversation] = []

    def speak() -> SMTP:
        required = {"require_starttls": context is not None, "auth_require_tls": tls is None}
        return _Conversation(server, begun, tls_context=context, **required)

    listener = await asyncio.get_running_loop().create_server(
        speak, "127.0.0.1", 0, ssl=_server_context(tls) if tls else None
    )
    server.port = listener.sockets[0].getsockname()[1]
    async with listener:
        yield server
        for conversation in begun:
            await conversation.over.wait()


def _server_context(folder: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context


def _mail() -> EmailMessage:
    return booking_mail(
        "booked",
        a_booking(),
        LINKS,
        mail_from="myDimosLive <noreply@dimos.example>",
        message_id="<1@dimos.example>",
        now=at("2026-11-01 11:30"),
    )


async def test_the_server_receives_the_mail_as_it_was_made() -> None:
    async with _listening(Server()) as server:
        await SmtpMailer(f"smtp://127.0.0.1:{server.port}").send(_mail())
    (envelope,) = server.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == ("noreply@dimos.example", ["maria@example.com"])
    assert isinstance(envelope.content, bytes)
    received, made = (message_from_bytes(raw, policy=policy.default) for raw in (envelope.content, bytes(_mail())))
    assert received["Subject"] == made["Subject"]
    assert received["Message-ID"] == "<1@dimos.example>"
    assert [part.get_content() for part in received.walk() if not part.is_multipart()] == [
        part.get_content() for part in made.walk() if not part.is_multipart()
    ]


@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
@pytest.mark.parametrize(
    "answer", ["421 4.3.2 Going down", "450 4.2.1 Greylisted", "451 4.3.0 Later", "452 4.2.2 Full"]
)
async def test_an_answer_of_the_400s_means_try_again(step: str, answer: str) -> None:
    async with _listening(Server(**{step: answer})) as server:
        with pytest.raises(MailDelayed, match=f"{answer[:3]} {answer[4:9]}"):
            await SmtpMailer(f"smtp://127.0.0.1:{server.port}").send(_mail())
    assert server.taken == []


@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
@pytest.mark.parametrize("answer", ["550 5.1.1 No such person", "552 5.3.4 Too big", "554 5.7.1 Looks like spam"])
async def test_an_answer_of_the_500s_is_final(step: str, answer: str) -> None:
    async with _listening(Server(**{step: answer})) as server:
        with pytest.raises(MailRefused, match=f"{answer[:3]} {answer[4:9]}"):
            await SmtpMailer(f"smtp://127.0.0.1:{server.port}").send(_mail())
    assert server.taken == []


async def test_the_reason_names_no_address() -> None:
    async with _listening(Server(rcpt="550 5.1.1 <maria@example.com> is unknown here")) as server:
        with pytest.raises(MailRefused) as caught:
            await SmtpMailer(f"smtp://127.0.0.1:{server.port}").send(_mail())
    assert "maria" not in str(caught.value)
    assert caught.value.__suppress_context__


async def test_nobody_listening_means_try_again() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(MailDelayed):
        await SmtpMailer(f"smtp://127.0.0.1:{port}").send(_mail())


@asynccontextmanager
async def _rude(greeting: str, *, hangs_up: bool) -> AsyncIterator[str]:
    """The address of a server that says one thing at most."""
    over = asyncio.Event()

    async def receive(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(greeting.encode())
        if not hangs_up:
            await reader.read()
        writer.close()
        await writer.wait_closed()
        over.set()

    async with await asyncio.start_server(receive, "127.0.0.1", 0) as listener:
        yield f"smtp://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
        await over.wait()


@pytest.mark.parametrize("greeting", ["554 We do not talk to you\r\n", "421 Too many connections\r\n", ""])
async def test_a_server_that_turns_us_away_at_once_means_try_again(greeting: str) -> None:
    async with _rude(greeting, hangs_up=True) as url:
        with pytest.raises(MailDelayed):
            await SmtpMailer(url).send(_mail())


async def test_a_server_that_says_nothing_means_try_again() -> None:
    async with _rude("", hangs_up=False) as url:
        with pytest.raises(MailDelayed):
            await SmtpMailer(url, timeout=0.1).send(_mail())


@pytest.mark.parametrize("way", ["starttls", "tls"])
async def test_a_password_travels_encrypted(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(self_signed(tmp_path)))
    scheme = "smtps" if way == "tls" else "smtp"
    async with _listening(Server(), **{way: tmp_path}) as server:
        await SmtpMailer(f"{scheme}://dimos:p%40ss%2Fword@127.0.0.1:{server.port}").send(_mail())
    assert server.users == [b"dimos"]
    assert len(server.taken) == 1


@pytest.mark.parametrize("way", ["starttls", "tls"])
async def test_a_server_with_a_foreign_certificate_gets_nothing(way: str, tmp_path: Path) -> None:
    self_signed(tmp_path)
    scheme = "smtps" if way == "tls" else "smtp"
    async with _listening(Server(), **{way: tmp_path}) as server:
        with pytest.raises(MailDelayed):
            await SmtpMailer(f"{scheme}://dimos:p%40ss%2Fword@127.0.0.1:{server.port}").send(_mail())
    assert (server.users, server.taken) == ([], [])


async def test_a_server_without_encryption_gets_no_password() -> None:
    async with _listening(Server()) as server:
        with pytest.raises(MailDelayed):
            await SmtpMailer(f"smtp://dimos:secret@127.0.0.1:{server.port}").send(_mail())
    assert (server.users, server.taken) == ([], [])


async def test_a_wrong_password_is_our_fault_not_the_mails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(self_signed(tmp_path)))
    async with _listening(Server(), starttls=tmp_path) as server:
        with pytest.raises(MailDelayed, match="535"):
            await SmtpMailer(f"smtp://dimos:wrong@127.0.0.1:{server.port}").send(_mail())


@pytest.mark.parametrize(
    "url",
    ["", "mail.example:25", "http://mail.example", "smtp://", "smtp://dimos:secret@mail.example?starttls=0"],
)
def test_an_address_that_cannot_work_or_gives_the_password_away_stops_the_start(url: str) -> None:
    with pytest.raises(ValueError, match="mail server") as caught:
        SmtpMailer(url)
    assert "secret" not in str(caught.value)
