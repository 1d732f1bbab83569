"""Names of hosts to addresses, by the machine's own resolver."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor


class SystemResolver:
    """Asks in threads of its own: a slow name server holds up nobody but those who wait for it."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(8, thread_name_prefix="resolver")

    async def resolve(self, host: str) -> list[str]:
        """All addresses of a host, each once; none where there is no such name."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, _ask, host)
        except (OSError, UnicodeError):
            return []


def _ask(host: str) -> list[str]:
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[4][0]) for address in found))
