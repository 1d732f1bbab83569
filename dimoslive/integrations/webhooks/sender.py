"""Sends one message to one receiver: no redirects, no proxy, no cookies, and bounds on time and size."""

import ssl
from collections.abc import Mapping, Sequence

import httpcore2

from dimoslive.domain.webhooks.addresses import Network, is_allowed
from dimoslive.domain.webhooks.attempts import MAX_ANSWER_LENGTH, Attempt, AttemptError
from dimoslive.integrations.tls import tls_context
from dimoslive.integrations.webhooks.network import AddressRefused, CheckedNetwork, NameNotFound
from dimoslive.ports import Clock, Resolver

USER_AGENT = "myDimosLive/1"
CONNECT_WITHIN, WHOLE_WITHIN = 5.0, 15.0
MAX_ANSWER_BYTES = 64 * 1024
_ANSWER_STARTS = 16 * 1024


class HttpWebhookSender:
    """Over HTTPS, each attempt by a connection of its own."""

    def __init__(
        self,
        clock: Clock,
        resolver: Resolver,
        *,
        admitted: Sequence[Network] = (),
        below: httpcore2.AsyncNetworkBackend | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._clock, self._resolver, self._admitted, self._tls = clock, resolver, tuple(admitted), tls
        self._network = CheckedNetwork(resolver, admitted, below)

    async def is_refused(self, host: str) -> bool:
        """Whether the name leads, as far as is known now, to an address that is never called."""
        found = await self._resolver.resolve(host)
        return not all(is_allowed(address, self._admitted) for address in found)

    async def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Attempt:
        """Make one attempt; whatever happens is in what comes back."""
        began = self._clock.monotonic()
        try:
            async with self._clock.timeout(WHOLE_WITHIN):
                status, answer, retry_after, error = await self._post(url, headers, body)
        except Exception as problem:  # noqa: BLE001  # a receiver may break any rule; none of them is ours to fail by
            status, answer, retry_after, error = None, "", "", _error_of(problem)
        took = round((self._clock.monotonic() - began) * 1000)
        return Attempt(status, error, answer, retry_after, duration_ms=took)

    async def _post(
        self, url: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, str, str, AttemptError | None]:
        timeout = {"connect": CONNECT_WITHIN, "read": WHOLE_WITHIN, "write": WHOLE_WITHIN, "pool": WHOLE_WITHIN}
        sent: dict[bytes | str, bytes | str] = {
            **dict(headers.items()),
            "Content-Type": "application/json",
            "User-Agent": USER_AGENT,
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        async with (
            httpcore2.AsyncConnectionPool(
                ssl_context=self._tls or tls_context(), max_keepalive_connections=0, network_backend=self._network
            ) as pool,
            pool.stream("POST", url, headers=sent, content=body, extensions={"timeout": timeout}) as response,
        ):
            start, size = b"", 0
            async for chunk in response.aiter_stream():
                start, size = (start + chunk)[:_ANSWER_STARTS], size + len(chunk)
                if size > MAX_ANSWER_BYTES:
                    break
        retry_after = next((value for name, value in response.headers if name.lower() == b"retry-after"), b"")
        error = AttemptError.TOO_LARGE if size > MAX_ANSWER_BYTES else None
        if not 200 <= response.status < 300:
            error = AttemptError.STATUS
        return response.status, _as_text(start), retry_after.decode("latin-1"), error


def _error_of(problem: Exception) -> AttemptError:
    match problem:
        case NameNotFound():
            return AttemptError.DNS
        case AddressRefused():
            return AttemptError.REFUSED_ADDRESS
        case TimeoutError() | httpcore2.TimeoutException():
            return AttemptError.TIMEOUT
    causes: list[BaseException] = [problem]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) is not None and cause not in causes:
        causes.append(cause)
    return AttemptError.TLS if any(isinstance(one, ssl.SSLError) for one in causes) else AttemptError.CONNECT


def _as_text(answer: bytes) -> str:
    """How it began, in signs that can be stored and shown."""
    text = answer.decode("utf-8", "replace")[: MAX_ANSWER_LENGTH * 2]
    return "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)[:MAX_ANSWER_LENGTH]
