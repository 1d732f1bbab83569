"""The whole site in the test's own process: our HTTP side around stand-ins for the pages, and browsers to visit it."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from dimoslive.bootstrap import SIMULATOR_CLIENT
from dimoslive.cookies import SIGN_IN_STATE, session_cookie_name
from dimoslive.db.engine import transaction
from dimoslive.db.queries.limits import window_of
from dimoslive.db.tables.limit import AttemptsRow
from dimoslive.domain.people.principals import Citizen
from dimoslive.http.app import make_api
from dimoslive.http.embed.known import FramesKnown
from dimoslive.http.middleware.request_size import RequestSizeMiddleware
from dimoslive.http.middleware.response_headers import ResponseHeadersMiddleware
from dimoslive.http.public_v1.app import ApiFirst, make_public_api
from dimoslive.integrations.identity.gsis import GsisProvider
from dimoslive.ports import IdentityProvider
from dimoslive.services.access.limit_attempts import RateLimit
from dimoslive.services.identity.auth_realm import CITIZENS
from dimoslive.services.identity.sessions import find_principal
from dimoslive.settings import Settings
from tests.support.world import Town

HTTPS = "https://rendezvous.example"
VISITOR = "203.0.113.7"


def development(folder: Path, **changes: Any) -> Settings:
    """Settings as a developer has them, with the mailbox in a folder of the test."""
    return Settings(_env_file=None, mailbox_dir=folder / "mailbox", **changes)


def production(**changes: Any) -> Settings:
    """Settings as an operator has them."""
    usual: dict[str, Any] = {
        "env": "production",
        "public_url": HTTPS,
        "secret_key": "a secret of the tests, long enough for production",
        "identity": "gsis",
        "gsis_client_id": "dimos",
        "gsis_client_secret": "secret",
        "mail": "smtp",
        "operator_name": "Φορέας",
        "operator_name_en": "Operator",
        "operator_address": "Αθήνα",
        "operator_address_en": "Athens",
        "dpo_email": "dpo@dimos.example",
        "smtp_url": "smtps://mail.example",
        "gsis_base_url": "https://oauth2.gsis.gr",
        "mail_from": "Δήμος <noreply@dimos.example>",
        "support_email": "help@dimos.example",
    }
    return Settings(_env_file=None, **(usual | changes))


class Site:
    """A site with these settings. Its identity provider is its own simulator, reached over HTTP, unless given."""

    def __init__(self, town: Town, settings: Settings, identity: IdentityProvider | None = None) -> None:
        self.provider_is_down = False
        self.town = town
        self.context = town.context = replace(
            town.context, public_url=settings.public_url, identity=identity or self._simulated(settings.public_url)
        )
        self.frames = FramesKnown(self.context)
        api = make_api(self.context, settings, self.frames)
        api.mount("", _pages())  # as Reflex does with its own app
        site = ResponseHeadersMiddleware(RequestSizeMiddleware(api), settings, self.frames)
        self._app = ApiFirst(site, make_public_api(self.context, settings))

    def browser(self, address: str = VISITOR) -> httpx2.AsyncClient:
        """A browser with no cookies yet, which does not follow redirects by itself."""
        transport = httpx2.ASGITransport(self._app, raise_app_exceptions=False, client=(address, 50_000))
        return httpx2.AsyncClient(transport=transport, base_url=self.context.public_url)

    def citizen(self, browser: httpx2.AsyncClient) -> Citizen | None:
        """Whom the browser's session cookie names."""
        return find_principal(
            self.context, CITIZENS, browser.cookies.get(session_cookie_name(self.context.public_url)) or ""
        )

    def lose_database(self) -> None:
        """From now on there are no tables."""
        self.context.db.dispose()
        Path(self.context.db.url.database or "").unlink()

    def _simulated(self, public_url: str) -> GsisProvider:
        client_id, client_secret = SIMULATOR_CLIENT
        return GsisProvider(
            base_url=f"{public_url}/simulator",
            language_parameter="lang",
            realm="oauth2server",
            client_id=client_id,
            client_secret=client_secret,
            transport=httpx2.ASGITransport(self._back_channel),
        )

    async def _back_channel(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = PlainTextResponse("", 503) if self.provider_is_down else self._app
        await app(scope, receive, send)


async def sign_in(browser: httpx2.AsyncClient, return_to: str = "/", **form: str) -> httpx2.Response:
    """Go through the whole sign-in; the answer is the callback's."""
    return await browser.get(await way_back(browser, return_to, **form))


async def way_back(browser: httpx2.AsyncClient, return_to: str = "/", **form: str) -> str:
    """Where the provider sends the browser after the sign-in; by default Eleni's."""
    begun = await browser.get("/auth/sign-in", params={"next": return_to})
    assert begun.status_code == 303
    form = form or {"decision": "pick", "person": "eleni"}
    decided = await browser.post(begun.headers["Location"], data=form)
    assert decided.status_code == 303
    return str(decided.headers["Location"])


def problem(answer: httpx2.Response) -> dict[str, str]:
    """The page that a failed sign-in ends on, with what it is told."""
    assert answer.status_code == 303
    where = urlsplit(answer.headers["Location"])
    return {"page": where.path} | {name: values[0] for name, values in parse_qs(where.query).items()}


def cookie(answer: httpx2.Response, name: str) -> str:
    """The cookie of that name, or of a sign-in of that name, as the answer sets it."""
    [found] = [line for line in answer.headers.get_list("Set-Cookie") if re.match(rf"{name}(_[^=]+)?=", line)]
    return str(found)


def states(browser: httpx2.AsyncClient, name: str = SIGN_IN_STATE) -> dict[str, str]:
    """What the browser was given to bring back, one for each sign-in that it began."""
    return {found: value for found, value in browser.cookies.items() if found.startswith(f"{name}_")}


def use_up_attempts(town: Town, who: str, *, left: int = 0) -> None:
    """An address has asked to join meetings as often as it may, but for these."""
    limit = RateLimit.MEETING.value
    window = window_of(town.clock.now(), limit.window)
    with transaction(town.context.db) as tx:
        tx.add(AttemptsRow(rate_limit=limit.name, who=who, window=window, count=limit.attempts - left))


def _pages() -> Starlette:
    return Starlette(
        routes=[
            Route("/", lambda _: HTMLResponse("<p>Αρχική σελίδα</p>")),
            Route("/assets/entry-4f2a.js", lambda _: Response("", media_type="text/javascript")),
            Route("/fonts/roboto.woff2", lambda _: Response("", media_type="font/woff2")),
            Route("/css/site.css", lambda _: Response("", media_type="text/css")),
            *(Route(path, _unchanged) for path in ("/embed/mode", "/en/embed/mode", "/embed/mode/", "/embed/other")),
            Route("/own", lambda _: Response("", headers={"Cache-Control": "no-store", "Referrer-Policy": "origin"})),
            Route("/type", _length, methods=["POST"]),
        ]
    )


async def _unchanged(request: Any) -> Response:
    """A static page, which a browser may have already."""
    return Response(status_code=304) if "If-None-Match" in request.headers else HTMLResponse("<p>Τρόπος</p>")


async def _length(request: Any) -> Response:
    return PlainTextResponse(str(len(await request.body())))
