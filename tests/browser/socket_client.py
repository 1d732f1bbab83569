"""Speaks to the server as a page does, without the page: what anybody with a browser's console can send."""

from collections.abc import Sequence
from typing import Any

import reflex as rx
from playwright.sync_api import Page

from dimoslive.ui.shared.session import SessionState

Event = dict[str, Any]

# Socket.IO over a WebSocket of the page's own origin, so with its cookies. After the events, the header's own event is
# sent; its answer says that the server still serves this visitor.
_SEND = """async ([events, last, answeredBy]) => {
    const heard = [];
    const server = location.origin.replace("http", "ws");
    const socket = new WebSocket(`${server}/_event/?EIO=4&transport=websocket&token=${crypto.randomUUID()}`);
    const until = word => new Promise((resolve, reject) => {
        socket.onclose = () => reject(new Error("the server hung up"));
        socket.onmessage = ({data}) => {
            if (data === "2") socket.send("3");
            heard.push(data);
            if (data.startsWith("0") || data.includes(word)) resolve();
        };
    });
    await until("nothing");
    const connected = until("40/_event");
    socket.send("40/_event,{}");
    await connected;
    for (const event of events) {
        socket.send("42/_event," + JSON.stringify(["event", event]));
        const answered = until(answeredBy);
        socket.send("42/_event," + JSON.stringify(["event", last]));
        await answered;
    }
    socket.onclose = null;
    socket.close();
    return heard.join("\\n");
}"""


def event(
    state: type[rx.State], handler: str, path: str = "/", query: dict[str, str] | None = None, **payload: Any
) -> Event:
    """An event for a handler, said to come from a path."""
    return _event(f"{state.get_full_name()}.{handler}", path, query or {}, payload)


def send(page: Page, events: Sequence[Event]) -> str:
    """Send them one after the other with this visitor's cookies; all that the server said."""
    header = SessionState.get_full_name()
    last = _event(f"{header}.load", "/", {}, {})
    heard: str = page.evaluate(_SEND, [list(events), last, f'"{header}"'])
    return heard


def _event(name: str, path: str, query: dict[str, str], payload: dict[str, Any]) -> Event:
    asked = f"{path}?{'&'.join(f'{key}={value}' for key, value in query.items())}" if query else path
    return {"name": name, "payload": payload, "router_data": {"pathname": path, "asPath": asked, "query": query}}
