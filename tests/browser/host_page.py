"""A page of another site that shows our elements: with a policy and styles of its own, and what it was told."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Route

from dimoslive.services.embed.make_script import make_script

HOST = "https://www.town.test"
BOOK = "https://book.dimos.test"
"""Our own site, where the stories only play it."""
HOSTILE = """
* { all: unset !important; box-sizing: content-box !important; font-size: 40px !important; direction: rtl !important }
iframe, dialog, slot, div { display: none !important }
"""
FRAME = """<!doctype html><html lang="el"><meta charset="utf-8"><title>Κράτηση</title>
<body style="margin: 0"><h1 tabindex="-1">Κράτηση ραντεβού</h1><button onclick="grow()">Επόμενο</button><div></div>
<script>
  const say = (message) => window.port.postMessage({ dimoslive: 1, ...message });
  addEventListener("message", ({ data, ports, source }) => {
    if (source !== parent || window.port || data.type !== "connect") return;
    window.port = ports[0];
    window.heard = [data];
    port.onmessage = (event) => heard.push(event.data);
    say({ type: "ready", title: "Κράτηση ραντεβού – Δήμος Καβάλας" });
    say({ type: "step", name: "services", number: 1, of: 6 });
    say({ type: "height", px: 300 });
  });
  function grow() {
    document.querySelector("div").style.height = "900px";
    say({ type: "step", name: "mode", number: 2, of: 6 });
    say({ type: "height", px: 1200 });
    say({ type: "reveal", y: 0 });
  }
  parent.postMessage({ dimoslive: 1, type: "hello" }, "*");
</script></body></html>"""
"""What a document of ours says, without the rest of it."""

_RECORDER = """() => {
    window.told = [];
    for (const name of ["ready", "step", "sign-in", "booked", "fallback", "failed"])
        addEventListener(`dimoslive:${name}`, (event) => told.push([name, event.detail]));
}"""


def policy_of(site: str) -> str:
    """As strict as a host's can be: the three lines that the administration shows, and its own styles."""
    lets_in = "; ".join(f"{rule} {site}" for rule in ("script-src", "frame-src", "connect-src"))
    return f"default-src 'none'; {lets_in}; style-src 'self'; require-trusted-types-for 'script'"


def open_host_page(context: BrowserContext, body: str, *, css: str = "", site: str = BOOK, host: str = HOST) -> Page:
    """The host's page; it has our script twice, and keeps what the elements tell it."""
    page = context.new_page()
    script = f'<script async src="{site}/embed.js"></script>'
    html = f"""<!doctype html><html lang="el"><meta charset="utf-8"><title>Δήμος Καβάλας</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <link rel="stylesheet" href="/style.css">{script}{script}<body><main>{body}</main></body></html>"""
    page.route(f"{host}/", _answer(html, "text/html", {"Content-Security-Policy": policy_of(site)}))
    page.route(f"{host}/style.css", _answer(css, "text/css"))
    page.add_init_script(f"({_RECORDER})()")
    page.goto(f"{host}/")
    return page


def play_site(context: BrowserContext, answers: dict[str, Any]) -> list[str]:
    """Our site as far as elements know it, by path; gives the paths that were asked for, as they come."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        asked.append(path)
        found = answers.get(path)
        if found is None:
            route.fulfill(status=404, json={"code": "not_found"}, headers={"Access-Control-Allow-Origin": "*"})
        elif isinstance(found, str):
            route.fulfill(body=found, content_type="text/html")
        else:
            route.fulfill(json=found, headers={"Access-Control-Allow-Origin": "*"})

    context.route(f"{BOOK}/**", answer)
    context.route(f"{BOOK}/embed.js", _answer(make_script(BOOK).bodies[""].decode(), "text/javascript"))
    return asked


def _answer(body: str, content_type: str, headers: dict[str, str] | None = None) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=body, content_type=content_type, headers=headers or {})
