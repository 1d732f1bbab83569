"""Mail over SMTP."""

import re
import ssl
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

import aiosmtplib

from dimoslive.integrations.addresses import is_this_machine
from dimoslive.ports import MailDelayed, MailRefused


class SmtpMailer:
    """A `Mailer` that hands each message to one server, a connection a message.

    ``smtp://user:password@host:587?starttls=1`` or ``smtps://user:password@host:465``; only a server that asks for no
    password may be spoken to in plain text. Certificates are checked. ``timeout``: seconds for each step.
    """

    def __init__(self, url: str, *, timeout: float = 20) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("the address of the mail server begins with smtp:// or smtps:// and names a host")
        self._host = parts.hostname
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None
        self._tls = parts.scheme == "smtps"
        wanted = parse_qs(parts.query).get("starttls", ["1" if self._user else "0"])[-1]
        self._starttls = not self._tls and wanted != "0"
        if self._user and not (self._tls or self._starttls):
            raise ValueError("a password for the mail server travels encrypted only: use starttls=1 or smtps://")
        self._port = parts.port or (465 if self._tls else 587 if self._starttls else 25)
        self._timeout = timeout
        self._context = ssl.create_default_context()

    @property
    def is_private(self) -> bool:
        """Whether nobody between here and the server can read along."""
        return self._tls or self._starttls or is_this_machine(self._host)

    async def send(self, message: EmailMessage) -> None:
        """Deliver or raise `MailRefused` (final) or `MailDelayed` (try again)."""
        # `from None` below: the server's own words repeat the recipient's address, which belongs in no log.
        client = self._client()
        try:
            await client.connect()
        except (aiosmtplib.SMTPException, OSError) as error:
            # Even a 5xx here (wrong password, address not welcome) is about us, not about this message.
            raise MailDelayed(f"no session with the mail server: {_in_short(error)}") from None
        async with client:
            try:
                refused, _ = await client.send_message(message)
            except aiosmtplib.SMTPNotSupported as error:
                raise MailRefused(_in_short(error)) from None
            except (aiosmtplib.SMTPException, OSError) as error:
                raise (MailRefused if _is_final(error) else MailDelayed)(_in_short(error)) from None
        if refused:
            # Trying again would reach the other recipients twice.
            raise MailRefused("some recipients were refused")

    def _client(self) -> aiosmtplib.SMTP:
        return aiosmtplib.SMTP(
            hostname=self._host,
            port=self._port,
            username=self._user,
            password=self._password,
            use_tls=self._tls,
            start_tls=self._starttls,
            tls_context=self._context,
            timeout=self._timeout,
        )


def _codes(error: Exception) -> list[int]:
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return [recipient.code for recipient in error.recipients]
    return [error.code] if isinstance(error, aiosmtplib.SMTPResponseException) else []


def _is_final(error: Exception) -> bool:
    codes = _codes(error)
    return bool(codes) and all(500 <= code <= 599 for code in codes)


def _in_short(error: Exception) -> str:
    """The kind of error and the server's codes (RFC 5321, RFC 3463), without its sentence."""
    enhanced = re.findall(r"\b[245]\.\d{1,3}\.\d{1,3}\b", str(error))[:1]
    return " ".join([type(error).__name__, *map(str, _codes(error)), *enhanced])
