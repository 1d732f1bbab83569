"""The open sockets: with which sessions each came, and from where. They stay here: no page's state holds a cookie."""

from dataclasses import dataclass

import reflex as rx

from dimoslive.domain.people.principals import Citizen


@dataclass
class Socket:
    """One page's line to the server."""

    session: str = ""
    """The citizen's cookie."""
    frame: str = ""
    """The same of a frame in another site."""
    staff: str = ""
    """The official's."""
    back: str = ""
    """The site that a frame led this browser away from, as the browser says."""
    citizen: Citizen | None = None
    """Who signed in when it was opened."""
    address: str = ""
    has_lost_rights: bool = False
    """The official's session lasts, but its rights were taken away."""
    is_over: bool = False
    """A session that it came with has ended: what was shown under it must go."""
    has_told_end: bool = False
    """Somebody was told that it has. A press that comes right after must not unsay it: its way is the one taken."""


_open: dict[str, Socket] = {}


def opened(sid: str, socket: Socket) -> None:
    """A socket is open from now on."""
    _open[sid] = socket


def closed(sid: str) -> None:
    """It is gone."""
    _open.pop(sid, None)


def socket_of(state: rx.State) -> Socket:
    """The socket that the event being handled came by; an empty one if it is gone."""
    return _open.get(state.router.session.session_id) or Socket()
