"""Addresses as operators write them: of senders, sites, servers and relays. Read once; what cannot be used is refused.

The sentences of a `ValueError` repeat nothing of the value: it may hold a password.
"""

import re
from email.errors import MessageError
from email.headerregistry import Address
from ipaddress import ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

import idna
from email_validator import EmailNotValidError, validate_email
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from dimoslive.integrations.mail.headers import as_one_address

_UNREADABLE = "is no address: a port is a number, and / ? # @ in a password are written %2F %3F %23 %40"
MAX_ISSUER_LENGTH = 300
_USUAL_PORT = {"http": 80, "https": 443}
_HOST = re.compile(
    r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|[0-9a-f:.]*:[0-9a-f:.]*"
)
_RELAY = re.compile(
    r"turns?:([\w.-]+|\[[0-9a-f:.]+\])(:(?P<port>\d{1,5}))?(\?transport=(udp|tcp))?", re.ASCII | re.IGNORECASE
)


def mail_address(text: str) -> str:
    """A mail address and nothing beside it; raises `ValueError`."""
    text = text.strip()
    local, _, domain = text.rpartition("@")
    # A machine's own mail needs no domain; the library knows none without a dot.
    asked = f"{local}@localhost.test" if domain == "localhost" else text
    try:
        checked = validate_email(asked, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise ValueError("must be one mail address") from None
    if checked.ascii_email is None:
        raise ValueError("must be a mail address that all servers take: Latin letters before the @")
    return text if domain == "localhost" else checked.ascii_email


def sender(text: str) -> str:
    """``Name <address>`` or an address, with the name quoted where it must be; raises `ValueError`."""
    found = re.fullmatch(r'(?:"(?P<quoted>(?:[^"\\]|\\.)*)"\s*|(?P<name>[^<>]*))<(?P<address>[^<>]*)>', text.strip())
    if found is None:
        return mail_address(text)
    name = re.sub(r"\\(.)", r"\1", found["quoted"]) if found["quoted"] is not None else found["name"].strip()
    if not name.isprintable() or "=?" in name:
        raise ValueError("must be one name and one mail address, on one line: Name <address>")
    return as_one_address(name, mail_address(found["address"]))


def is_one_address(text: str) -> bool:
    """Whether a mail header takes the text as one address."""
    try:
        return bool(Address(addr_spec=text).domain)
    except (ValueError, IndexError, MessageError):
        return False


def site(text: str, *, has_path: bool = True) -> str:
    """Where a site is, as browsers write it, without a slash at the end; raises `ValueError`."""
    parts = _split(text)
    if parts.scheme not in _USUAL_PORT:
        raise ValueError("must begin with http:// or https://")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("must be an address without user, ? and #")
    path = parts.path.rstrip("/")
    if path and not has_path:
        raise ValueError("must be an address without a path: the site stands at the root of its host")
    host = _host(parts)
    port = "" if parts.port in (None, _USUAL_PORT[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}{path}"


def issuer(text: str) -> str:
    """An OpenID Connect issuer, letter for letter as its own documents write it; raises `ValueError`."""
    site(text)
    if len(text) > MAX_ISSUER_LENGTH:
        raise ValueError(f"must have {MAX_ISSUER_LENGTH} characters at most")
    return text


def database(text: str) -> str:
    """A SQLite file or a PostgreSQL database; raises `ValueError`."""
    if not text.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("must begin with sqlite:/// or postgresql+psycopg://")
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise ValueError(_UNREADABLE) from None
    if not url.database or url.database == ":memory:":
        raise ValueError("must name a file" if text.startswith("sqlite") else "must name a database")
    if "@" in (url.host or ""):
        raise ValueError(_UNREADABLE)
    return text


def redis(text: str) -> str:
    """A Redis server, or its socket; raises `ValueError`."""
    parts = _split(text)
    if parts.scheme == "unix" and parts.path:
        return text
    if parts.scheme not in ("redis", "rediss"):
        raise ValueError("must begin with redis://, rediss:// or unix://")
    _host(parts)
    if not re.fullmatch(r"(/\d*)?", parts.path):
        raise ValueError("must end with the number of a database, or without any")
    return text


def smtp(text: str) -> str:
    """A mail server; raises `ValueError`."""
    parts = _split(text)
    if parts.scheme not in ("smtp", "smtps"):
        raise ValueError("must begin with smtp:// or smtps://")
    _host(parts)
    if parts.query not in ("", "starttls=0", "starttls=1") or parts.path.strip("/") or parts.fragment:
        raise ValueError("must be smtp://user:password@host:port, with ?starttls=1 or nothing after it")
    return text


def relay(text: str) -> str:
    """A TURN server as browsers take it (RFC 7065); raises `ValueError`."""
    found = _RELAY.fullmatch(text)
    if found is None or int(found["port"] or 1) not in range(1, 65536):
        raise ValueError(
            "must begin with turn: or turns:, each turn:host:port or turn:host:port?transport=tcp, by commas"
        )
    return text


def port(text: str) -> str:
    """The number of a port; raises `ValueError`."""
    if not (text.isascii() and text.isdecimal()) or int(text) not in range(1, 65536):
        raise ValueError("must be numbers from 1 to 65535, by commas")
    return str(int(text))


def network(text: str) -> str:
    """A network inside, such as ``10.1.2.0/24``; raises `ValueError`."""
    try:
        found = ip_network(text)
    except ValueError:
        raise ValueError("must be networks such as 10.1.2.0/24, by commas") from None
    if found.is_loopback or found.is_link_local:
        raise ValueError("must not name the machine itself, nor a link-local network")
    return str(found)


def _split(text: str) -> SplitResult:
    """Its parts, the port among them a number."""
    if not text.isprintable() or " " in text:
        raise ValueError("must not hold blanks")
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise ValueError(_UNREADABLE) from None
    if "@" in parts.path + parts.query + parts.fragment:
        raise ValueError(_UNREADABLE)
    return parts


def _host(parts: SplitResult) -> str:
    try:
        host = parts.hostname or ""
        host = host if host.isascii() else idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        host = ""
    if not _HOST.fullmatch(host):
        raise ValueError("must name a host")
    return host


def is_this_machine(host: str) -> bool:
    """Whether a host's name means the machine that asks."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        found = ip_address(host)
    except ValueError:
        return False
    return found.is_loopback or found.is_unspecified
