"""Who may show which page in a frame: the listed sites those of the municipality's frame, and nobody anything else."""

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.queries.frame_origins import replace_origins
from dimoslive.db.tables.frame import FrameSightingRow
from dimoslive.domain.settings.origins import is_listed, read_origin
from tests.http.site import Site
from tests.support.database import counting
from tests.support.world import rows

TOWN, OTHERS = "https://www.town.gr", "https://*.villages.gr"
FRAMED = ("/embed/mode?m=kavala", "/en/embed/mode?m=kavala", "/embed/mode/?m=kavala")
ASKED_BY = {"Sec-Fetch-Dest": "iframe", "Referer": "https://www.evil.gr/page?secret=1"}


def lists(site: Site, *origins: str) -> None:
    with transaction(site.context.db) as tx:
        replace_origins(tx, site.town.municipality.id, origins)


async def ancestors(site: Site, address: str, **headers: str) -> str:
    answer = await site.browser().get(address, headers=headers)
    return answer.headers["Content-Security-Policy"].partition("frame-ancestors ")[2]


@pytest.mark.parametrize("address", FRAMED)
async def test_the_listed_sites_and_no_others_frame_a_municipality_s_pages(site: Site, address: str) -> None:
    lists(site, TOWN, OTHERS)
    answer = await site.browser().get(address)
    assert answer.headers["Content-Security-Policy"].endswith(f"; frame-ancestors 'self' {OTHERS} {TOWN}")
    assert "X-Frame-Options" not in answer.headers
    assert answer.headers["Permissions-Policy"].startswith("camera=(), microphone=()")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["Cross-Origin-Embedder-Policy"] == "credentialless"
    assert answer.headers["Referrer-Policy"] == "strict-origin"


async def test_what_a_browser_has_already_carries_the_same_policy(site: Site) -> None:
    lists(site, TOWN)
    again = await site.browser().get(FRAMED[0], headers={"If-None-Match": '"1"'})
    fresh = await site.browser().get(FRAMED[0])
    assert again.status_code == 304
    names = ("Content-Security-Policy", "Permissions-Policy", "Cross-Origin-Resource-Policy", "Referrer-Policy")
    assert [again.headers[name] for name in names] == [fresh.headers[name] for name in names]


@pytest.mark.parametrize("m", ["", "drama", "nowhere", "%00", "x" * 200, "kavala'; frame-ancestors *"])
async def test_nobody_frames_what_is_no_published_municipality_s(site: Site, m: str) -> None:
    lists(site, TOWN)
    assert await ancestors(site, f"/embed/mode?m={m}") == "'none'"


@pytest.mark.parametrize("address", ["/", "/embed/other?m=kavala", "/embed/sign-in?m=kavala", "/desk?m=kavala"])
async def test_nothing_else_is_framed_by_anybody(site: Site, address: str) -> None:
    lists(site, TOWN)
    answer = await site.browser().get(address)
    assert answer.headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    assert answer.headers["X-Frame-Options"] == "DENY"


async def test_the_window_keeps_its_opener(site: Site) -> None:
    for address, policy in (("/embed/sign-in", "unsafe-none"), ("/embed/return", "unsafe-none"), ("/", "same-origin")):
        assert (await site.browser().get(address)).headers["Cross-Origin-Opener-Policy"] == policy


async def test_who_may_frame_it_is_read_once_in_five_seconds_and_anew_after_a_change(site: Site) -> None:
    assert await ancestors(site, FRAMED[0]) == "'none'"
    lists(site, TOWN)
    with counting(site.context.db) as queries:
        assert await ancestors(site, FRAMED[0]) == "'none'"
        assert queries == []
        site.frames.forget()
        assert await ancestors(site, FRAMED[0]) == f"'self' {TOWN}"
        assert len(queries) == 1


async def test_without_the_database_nobody_frames_anything(site: Site) -> None:
    lists(site, TOWN)
    site.lose_database()
    assert await ancestors(site, FRAMED[0]) == "'none'"


async def test_a_site_that_is_refused_is_counted_without_its_path(site: Site) -> None:
    lists(site, TOWN)
    for _ in range(2):
        await site.browser().get(FRAMED[0], headers=ASKED_BY)
    await site.browser().get(FRAMED[0], headers=ASKED_BY | {"Referer": f"{TOWN}/page"})
    await site.browser().get(FRAMED[0], headers=ASKED_BY | {"Sec-Fetch-Dest": "document"})
    await site.browser().get(FRAMED[0], headers=ASKED_BY | {"Referer": f"{site.context.public_url}/m/kavala"})
    await site.frames.all_noted()
    seen = {row.origin: row.count for row in rows(site.context.db, FrameSightingRow)}
    assert seen == {"https://www.evil.gr": 2, TOWN: 1}


@pytest.mark.parametrize(
    ("origin", "listed"),
    [
        (TOWN, True),
        ("https://a.villages.gr", True),
        ("https://a.b.villages.gr", True),
        ("https://villages.gr", False),
        ("https://evilvillages.gr", False),
        ("http://www.town.gr", False),
        ("https://www.town.gr:8443", False),
    ],
)
def test_a_wildcard_means_what_browsers_take_it_for(origin: str, *, listed: bool) -> None:
    assert is_listed(origin, (TOWN, OTHERS)) is listed


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://WWW.Town.gr:443/page?x=1", TOWN),
        ("https://www.town.gr:8443", "https://www.town.gr:8443"),
        ("https://user@www.town.gr/", ""),
        ("about:blank", ""),
        ("https://" + "x" * 400 + ".gr/", ""),
    ],
)
def test_of_an_address_only_the_origin_is_read(address: str, origin: str) -> None:
    assert read_origin(address) == origin
