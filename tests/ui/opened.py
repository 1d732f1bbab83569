"""A page that a browser has open: its state, without the browser, and what the browser may press."""

from itertools import count
from typing import Any
from urllib.parse import quote

import reflex as rx
from reflex.istate.data import RouterData
from reflex.utils.format import json_dumps

from dimoslive.cookies import ZONE
from dimoslive.ui.shared import sockets
from dimoslive.ui.shared.sockets import Socket
from tests.support.world import Town

_numbers = count()


def a_page(
    state: type[rx.State],
    _town: Town,
    path: str = "/booking/calendar?a=1",
    *,
    token: str = "",
    staff: str = "",
    frame: str = "",
    zone: str = "",
    back: str = "",
) -> Any:
    """The state of a page at an address, for a browser with a citizen's or an official's cookie, in a time zone."""
    root = rx.State(_reflex_internal_init=True)  # type: ignore[call-arg]  # taken by its `__new__`
    sid = f"socket-{next(_numbers)}"
    sockets.opened(sid, Socket(session=token, staff=staff, frame=frame, back=back))
    headers = {"cookie": f"{ZONE}={quote(zone, safe='')}"}
    asked = {"pathname": path.partition("?")[0], "asPath": path, "query": {}, "headers": headers, "sid": sid}
    root.router = RouterData.from_router_data(asked)
    return root.get_substate(state.get_full_name().split("."))


async def press(page: Any, handler: str, *args: object) -> Any:
    """What the server does when a browser presses; a redirect, if there is one."""
    return await type(page).event_handlers[handler].fn(page, *args)


def known(page: Any) -> str:
    """All that the presses of a page have sent to its browser; what every page begins with names nobody."""
    while page.parent_state is not None:
        page = page.parent_state
    return json_dumps(page.get_delta(), ensure_ascii=False)
