"""What an OpenID Connect provider publishes of itself: where it answers, and the keys that it signs with."""

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from urllib.parse import urlsplit

import httpx2
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, Key, KeySet, OKPKey, RSAKey

from dimoslive.domain.errors import SignInUnavailable
from dimoslive.integrations.identity.answers import json_object
from dimoslive.integrations.tls import tls_context
from dimoslive.ports import Clock

KNOWN_FOR = timedelta(hours=1)
MAX_DOCUMENT_LENGTH = 256 * 1024
_NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_OPTIONAL = ("userinfo_endpoint", "end_session_endpoint")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The provider's addresses; an optional one is empty if it has none."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str
    end_session_endpoint: str
    takes_secret_in_header: bool


class PublishedDocuments:
    """Read when they are needed for the first time, and again after an hour. Asked in threads."""

    def __init__(
        self, issuer: str, clock: Clock, *, timeout: float, transport: httpx2.BaseTransport | None = None
    ) -> None:
        self._issuer = issuer
        self._clock = clock
        self._timeout = timeout
        self._transport = transport
        self._tls = tls_context()
        self._lock = Lock()
        self._endpoints: tuple[datetime, Endpoints] | None = None
        self._keys: tuple[datetime, KeySet] | None = None

    def endpoints(self) -> Endpoints:
        """The addresses of the discovery document; raises `SignInUnavailable`."""
        with self._lock:
            return self._fresh_endpoints()

    def keys(self, *, again: bool = False) -> KeySet:
        """The keys; ``again`` reads them anew, because the provider may have changed them. `SignInUnavailable`."""
        with self._lock:
            now = self._clock.now()
            if again or self._keys is None or not self._is_fresh(self._keys[0], now):
                self._keys = now, _read_keys(self._fetch(self._fresh_endpoints().jwks_uri))
            return self._keys[1]

    def _fresh_endpoints(self) -> Endpoints:
        now = self._clock.now()
        if self._endpoints is None or not self._is_fresh(self._endpoints[0], now):
            address = f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"
            self._endpoints = now, self._read_endpoints(self._fetch(address))
        return self._endpoints[1]

    def _is_fresh(self, read_at: datetime, now: datetime) -> bool:
        return timedelta(0) <= now - read_at < KNOWN_FOR

    def _read_endpoints(self, document: dict[str, object]) -> Endpoints:
        if document.get("issuer") != self._issuer:
            raise _unusable("the document is another issuer's")
        addresses = {name: str(document.get(name) or "") for name in (*_NEEDED, *_OPTIONAL)}
        for name, address in addresses.items():
            if (address or name in _NEEDED) and not self._is_safe(address):
                raise _unusable(f"{name} is missing or not safe")
        if not self._is_own(addresses["authorization_endpoint"]):
            raise _unusable("authorization_endpoint is on another host than the issuer")
        if not self._is_own(addresses["end_session_endpoint"]):
            addresses["end_session_endpoint"] = ""
        methods = document.get("token_endpoint_auth_methods_supported")
        # What the standard takes for said where nothing is.
        takes_secret_in_header = not isinstance(methods, list) or "client_secret_basic" in methods
        return Endpoints(**addresses, takes_secret_in_header=takes_secret_in_header)

    def _is_safe(self, address: str) -> bool:
        """Over TLS, but for a provider that is itself without, which settings allow for development alone."""
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.scheme in ("https", urlsplit(self._issuer).scheme)

    def _is_own(self, address: str) -> bool:
        """Where browsers may be sent: our pages name the issuer's host, and browsers follow to no other."""
        return urlsplit(address)[:2] == urlsplit(self._issuer)[:2]

    def _fetch(self, address: str) -> dict[str, object]:
        try:
            with (
                httpx2.Client(verify=self._tls, timeout=self._timeout, transport=self._transport) as client,
                client.stream("GET", address, headers={"Accept-Encoding": "identity"}) as answer,
            ):
                if answer.status_code != 200:
                    raise _unusable(f"status {answer.status_code}")
                body = b""
                for chunk in answer.iter_bytes():
                    body += chunk
                    if len(body) > MAX_DOCUMENT_LENGTH:
                        raise _unusable("a document is longer than any")
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise _unusable(type(error).__name__) from None
        document = json_object(body)
        if document is None:
            raise _unusable("a document is no JSON object")
        return document


def _read_keys(document: dict[str, object]) -> KeySet:
    """Those that sign; what is of a kind that we do not know, or for something else, is passed over."""
    found: list[Key] = []
    published = document.get("keys")
    for one in published if isinstance(published, list) else []:
        if isinstance(one, dict) and one.get("use", "sig") == "sig":
            with suppress(JoseError, ValueError, TypeError):
                key = JWKRegistry.import_key(one)
                # A shared secret is never published: whoever reads it could sign.
                if isinstance(key, (RSAKey, ECKey, OKPKey)):
                    found.append(key)
    if not found:
        raise _unusable("it publishes no key")
    return KeySet(found)


def _unusable(reason: str) -> SignInUnavailable:
    _log.warning("OpenID Connect provider cannot be used: %s", reason)
    return SignInUnavailable()
