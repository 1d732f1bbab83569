"""The network below the HTTP client: it connects to the very address that it checked."""

from collections.abc import Iterable, Sequence
from typing import Any

from httpcore2 import AnyIOBackend, AsyncNetworkBackend, AsyncNetworkStream, ConnectError

from dimoslive.domain.webhooks.addresses import Network, is_allowed
from dimoslive.ports import Resolver


class NameNotFound(ConnectError):
    """No address has this name."""


class AddressRefused(ConnectError):
    """The name leads somewhere that is never called."""


class CheckedNetwork(AsyncNetworkBackend):
    """Resolves a name once. One bad address among all refuses them all; else a connection to one of them is opened.

    The layers above keep the name: for the certificate, and for the receiver to know which of its sites is meant.
    """

    def __init__(
        self, resolver: Resolver, admitted: Sequence[Network] = (), below: AsyncNetworkBackend | None = None
    ) -> None:
        self._resolver, self._admitted, self._below = resolver, tuple(admitted), below or AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # the protocol has it
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> AsyncNetworkStream:
        """Raises `NameNotFound`, `AddressRefused`, or whatever the last address raised."""
        addresses = await self._resolver.resolve(host)
        if not addresses:
            raise NameNotFound(host)
        if not all(is_allowed(address, self._admitted) for address in addresses):
            raise AddressRefused(host)
        *others, last = addresses[:4]
        for address in others:
            try:
                return await self._below.connect_tcp(address, port, timeout, local_address, socket_options)
            except ConnectError:
                continue
        return await self._below.connect_tcp(last, port, timeout, local_address, socket_options)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109  # the protocol has it
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002  # likewise
    ) -> AsyncNetworkStream:
        """Never."""
        raise AddressRefused(path)

    async def sleep(self, seconds: float) -> None:
        """Between tries of the layer above, of which there are none."""
        await self._below.sleep(seconds)
