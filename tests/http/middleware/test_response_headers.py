from pathlib import Path

import pytest

from tests.http.site import HTTPS, Site, development, production
from tests.support.world import Town

SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), display-capture=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize("address", ["/", "/api/health", "/api/nothing", "/auth/sign-in", "/auth/sign-out", "/missing"])
async def test_every_answer_carries_the_headers(site: Site, address: str) -> None:
    headers = (await site.browser().get(address)).headers
    assert {name: headers.get(name) for name in SAFE} == SAFE
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "Cache-Control" in headers


async def test_a_failure_carries_the_headers_too(site: Site) -> None:
    site.lose_database()
    answer = await site.browser().get("/api/municipalities")
    assert answer.status_code == 500
    assert {name: answer.headers.get(name) for name in SAFE} == SAFE


async def test_pages_may_load_only_what_is_ours(town: Town) -> None:
    headers = (await Site(town, production()).browser().get("/")).headers
    assert _policy(headers["Content-Security-Policy"]) == {
        "default-src": "'self'",
        "script-src": "'self' 'unsafe-inline'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        "connect-src": "'self' wss://rendezvous.example",
        "frame-ancestors": "'none'",
        "base-uri": "'self'",
        "form-action": "'self' https://oauth2.gsis.gr",
        "object-src": "'none'",
    }


async def test_in_development_sockets_and_forms_stay_on_the_same_host(site: Site) -> None:
    policy = _policy((await site.browser().get("/")).headers["Content-Security-Policy"])
    assert policy["connect-src"] == "'self' ws://localhost:3000"
    assert policy["form-action"] == "'self' http://localhost:3000"


async def test_forms_may_lead_to_the_officials_own_provider(town: Town) -> None:
    openid = {"oidc_issuer": "https://idp.example/realms/dimos", "oidc_client_id": "x", "oidc_client_secret": "y"}
    headers = (await Site(town, production(**openid)).browser().get("/")).headers
    policy = _policy(headers["Content-Security-Policy"])
    assert policy["form-action"] == "'self' https://oauth2.gsis.gr https://idp.example"


async def test_only_production_binds_browsers_to_https(town: Town, tmp_path: Path) -> None:
    in_production = await Site(town, production()).browser().get("/")
    assert in_production.headers["Strict-Transport-Security"] == "max-age=31536000"
    in_development = await Site(town, development(tmp_path, public_url=HTTPS)).browser().get("/")
    assert "Strict-Transport-Security" not in in_development.headers


async def test_a_header_that_an_answer_sets_itself_stays_alone(site: Site) -> None:
    headers = (await site.browser().get("/own")).headers
    assert headers.get_list("Cache-Control") == ["no-store"]
    assert headers.get_list("Referrer-Policy") == ["origin"]


@pytest.mark.parametrize(
    ("address", "caching"),
    [
        ("/assets/entry-4f2a.js", "public, max-age=31536000, immutable"),
        ("/fonts/roboto.woff2", "public, max-age=31536000, immutable"),
        ("/assets/gone.js", "no-cache"),
        ("/css/site.css", "no-cache"),
        ("/", "no-cache"),
    ],
)
async def test_only_what_never_changes_is_kept_without_asking(site: Site, address: str, caching: str) -> None:
    assert (await site.browser().get(address)).headers["Cache-Control"] == caching


def _policy(header: str) -> dict[str, str]:
    return dict(rule.split(" ", 1) for rule in header.split("; "))
