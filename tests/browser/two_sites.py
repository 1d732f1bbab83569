"""A municipality's own site and ours, over TLS and under names of their own, as a browser tells sites apart.

Our site is the running one behind a door that speaks TLS. The hosts' pages are given to the browser by the story.
"""

import asyncio
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.sync_api import BrowserContext, FrameLocator, Page, Playwright, Route

from tests.browser.chromium import FLAGS
from tests.browser.site import Site, free_port, serve
from tools.apt import unshifted
from tools.chromium import chromium_on_path

BOOK, TOWN, EVIL = "book.dimos.test", "https://www.town.test", "https://www.evil.test"
SIBLING = "https://www.dimos.test"
"""A host of the same site as ours: there browsers let our own cookies into a frame."""


@contextmanager
def serve_over_tls(folder: Path, say: Callable[[str], None], **wishes: Any) -> Iterator[Site]:
    """A site of its own at https://book.dimos.test, with a port."""
    port, door = free_port(), free_port()
    with (
        serve(folder, say, port=port, public_url=f"https://{BOOK}:{door}", **wishes) as site,
        _tls_door(folder, door, port),
    ):
        yield site


@contextmanager
def _tls_door(folder: Path, door: int, port: int) -> Iterator[None]:
    """Passes on what comes over TLS, byte by byte."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(_certificate(folder))
    opened = _Door(door, port, tls)
    opened.start()
    opened.is_open.wait()
    try:
        yield
    finally:
        opened.shut()


class _Door(threading.Thread):
    """In a thread of its own, since the browser's driver has this one's event loop."""

    def __init__(self, door: int, port: int, tls: ssl.SSLContext) -> None:
        super().__init__(daemon=True)
        self._door, self._port, self._tls = door, port, tls
        self.is_open = threading.Event()

    def run(self) -> None:
        asyncio.run(self._serve())

    def shut(self) -> None:
        """Until here."""
        self._loop.call_soon_threadsafe(self._is_over.set)
        self.join(timeout=5)

    async def _serve(self) -> None:
        self._loop, self._is_over = asyncio.get_running_loop(), asyncio.Event()
        async with await asyncio.start_server(self._pass_on, "127.0.0.1", self._door, ssl=self._tls):
            self.is_open.set()
            await self._is_over.wait()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, here = await asyncio.open_connection("127.0.0.1", self._port)
            await asyncio.gather(_copy(reader, here), _copy(there, writer))
        except OSError:
            writer.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while some := await reader.read(65536):
            writer.write(some)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


def _certificate(folder: Path) -> Path:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, BOOK)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(BOOK)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "door.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


# What crosses the border to the host, by whichever way: messages of its window, and those of the ports it makes.
_RECORDER = """
window.crossed = [];
addEventListener('message', ({ data }) => crossed.push(data));
window.MessageChannel = class extends MessageChannel {
  constructor() {
    super();
    this.port1.addEventListener('message', ({ data }) => crossed.push(data));
  }
};
"""


@dataclass
class Host:
    """A browser profile at the page of a host, with our frame in it."""

    page: Page
    errors: list[str] = field(default_factory=list)

    @property
    def frame(self) -> FrameLocator:
        """What stands in the frame."""
        return self.page.frame_locator("iframe")

    def crossed(self) -> list[dict[str, Any]]:
        """All messages that came over the border."""
        found: list[dict[str, Any]] = self.page.evaluate("window.crossed")
        return found

    def height(self) -> int:
        """Of the frame, as the host has set it."""
        return int(self.page.locator("iframe").evaluate("frame => frame.offsetHeight"))


@contextmanager
def browser_profile(
    playwright: Playwright, folder: Path, *, blocks_cookies: bool, blocks_all: bool = False
) -> Iterator[BrowserContext]:
    """A profile that blocks cookies of third parties, or all of them, or none; never what the build happens to do."""
    preferences: dict[str, Any] = {"profile": {"cookie_controls_mode": 1 if blocks_cookies else 0}}
    if blocks_all:
        preferences["profile"]["default_content_setting_values"] = {"cookies": 2}
    (folder / "Default").mkdir(parents=True)
    (folder / "Default" / "Preferences").write_text(json.dumps(preferences))
    context = playwright.chromium.launch_persistent_context(
        folder,
        executable_path=chromium_on_path(),
        args=[
            *FLAGS,
            f"--host-resolver-rules=MAP {BOOK} 127.0.0.1",
            "--ignore-certificate-errors",
            # The hosts' pages come from nowhere, and ours from this machine.
            "--disable-features=LocalNetworkAccessChecks",
        ],
        env={**unshifted()},
        locale="el-GR",
        timezone_id="Europe/Athens",
        viewport={"width": 1280, "height": 900},
        ignore_https_errors=True,
        # What is pressed must not be on its way still.
        reduced_motion="reduce",
    )
    context.set_default_timeout(10_000)
    try:
        yield context
    finally:
        context.close()


def plain_frame(src: str, more: str = "") -> str:
    """What is pasted where scripts are dropped."""
    return f'<iframe src="{src}" title="Κράτηση ραντεβού" style="width:100%;height:480px;border:0" {more}></iframe>'


def element(site: str, attributes: str) -> str:
    """What is pasted elsewhere."""
    link = f'<a href="{site}/m/kavala">Κλείστε ραντεβού</a>'
    return f'<script async src="{site}/embed.js"></script><my-dimoslive {attributes}>{link}</my-dimoslive>'


def open_host(
    context: BrowserContext, pasted: str, *, origin: str = TOWN, width: str = "100%", around: str = ""
) -> Host:
    """A page of a host with what was pasted; ``around`` is the origin of a page that frames this one in turn."""
    page = context.new_page()
    host = Host(page)
    page.on("pageerror", lambda error: host.errors.append(str(error)))
    text = '<h1>Δήμος</h1><p style="height:30rem">Κείμενο</p><input>'
    body = f'<script>{_RECORDER}</script>{text}<div style="width:{width}">{pasted}</div><p>Τέλος</p>'
    documents = {origin: f'<!doctype html><html lang="el"><title>Δήμος</title><body style="margin:0">{body}'}
    if around:
        documents[around] = f'<!doctype html><title>Ξένη σελίδα</title><iframe src="{origin}/" width=900 height=900>'

    def answer(route: Route) -> None:
        where = "/".join(route.request.url.split("/")[:3])
        route.fulfill(body=documents.get(where, ""), content_type="text/html; charset=utf-8")

    for where in documents:
        page.route(f"{where}/**", answer)
    page.goto(f"{around or origin}/")
    return host
