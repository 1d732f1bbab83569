"""``python -m benchmarks.signalling <database> <port>``: the HTTP side alone, in one process, until it is ended."""

import asyncio
import sys

from granian.constants import Interfaces
from granian.server.embed import Server

from dimoslive.bootstrap import build
from dimoslive.http.app import make_api
from dimoslive.http.embed.known import FramesKnown
from dimoslive.http.middleware.request_size import RequestSizeMiddleware
from dimoslive.http.middleware.response_headers import ResponseHeadersMiddleware
from dimoslive.settings import Settings

BACKLOG = 1024
"""What the server has in production; the embedded one's own default would refuse part of the rush."""


def main() -> None:
    """Serve this database at this port."""
    settings = Settings(_env_file=None, database_url=sys.argv[1], port=int(sys.argv[2]))
    context = build(settings)
    frames = FramesKnown(context)
    app = ResponseHeadersMiddleware(RequestSizeMiddleware(make_api(context, settings, frames)), settings, frames)
    server = Server(app, "127.0.0.1", settings.port, interface=Interfaces.ASGINL, backlog=BACKLOG, log_enabled=False)
    asyncio.run(server.serve())


if __name__ == "__main__":
    main()
