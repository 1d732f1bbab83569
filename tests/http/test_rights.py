"""Every route of the API, asked by everybody for everything: whom the table refuses changes nothing and sees nobody."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from PIL import Image

from dimoslive.cookies import frame_cookie_name, session_cookie_name, staff_cookie_name
from dimoslive.domain.people.permissions import ALLOWED, Permission
from dimoslive.domain.people.principals import Anonymous
from dimoslive.urls import API_V1
from tests.http.routes import all_permissions
from tests.http.site import Site, development
from tests.support.database import SqliteFiles, sqlite_files
from tests.support.imports import SERVICES_HEAD
from tests.support.two_towns import Somebody, Target, TwoTowns, changes, two_towns

__all__ = ["sqlite_files"]
pytestmark = pytest.mark.slow

HEADS, STAFF = ("head", "administrator"), ("official", "head", "administrator")
ASTRAY = ("other_department", "other_head")
EVERYBODY = (*STAFF, *ASTRAY, "platform", "foreign", "citizen", "owner", "framed", "anonymous")
Fields = Callable[[Target], dict[str, str]]


@dataclass(frozen=True)
class Asked:
    """How a route is asked for what is a department's, and who there gets it."""

    who: tuple[str, ...]
    address: Fields = lambda _: {}
    query: Fields = lambda _: {}
    form: Fields | None = None
    """Of a post; each of them is written down."""
    file: bytes = b""
    status: int = 200
    shows: Callable[[Target], tuple[str, ...]] = lambda at: (*at.persons, *at.places)
    is_aimed: bool = True
    """Whether it names things, which may be another's; else it is about the one municipality that it names."""


def _export(at: Target) -> dict[str, str]:
    ids = {"department": at.department_id, "service": at.service_id, "desk": at.desks[0]}
    days = {"from": "24/11/2026", "until": "24/11/2026", "format": "csv", "language": "el"}
    return days | {name: str(id_) for name, id_ in ids.items()}


def _paper(at: Target) -> dict[str, str]:
    return {"date": "2026-11-24", "desk": str(at.desks[0]), "phones": "1", "subjects": "1"}


def _calls(at: Target) -> dict[str, str]:
    return {"department": str(at.department_id), "language": "el"}


def _file(_: Target) -> dict[str, str]:
    return {"kind": "services", "language": "el"}


def _last_draft(at: Target) -> dict[str, str]:
    drafts = list(at.set_up.drafts.values()) if at.set_up else []
    return {"m": at.slug, "draft": str(drafts[-1]), "language": "el"}


def _picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (128, 128), "#003375").save(written, "PNG")
    return written.getvalue()


ROUTES = {
    "POST /api/desk/export": Asked(HEADS, form=_export),
    "POST /api/desk/calls": Asked(HEADS, form=_calls),
    "POST /desk/print": Asked(STAFF, form=_paper),
    "POST /en/desk/print": Asked(STAFF, form=_paper),
    "POST /api/admin/history": Asked(HEADS, form=lambda _: {"language": "el"}),
    # All of the municipality see its closures.
    "POST /api/admin/closures": Asked(HEADS, form=lambda _: {"language": "el"}, shows=lambda _: ()),
    # It is the municipality's: whoever administers anything of it may.
    "POST /api/admin/crest": Asked(
        ("administrator", "other_department"),
        form=lambda _: {"language": "el"},
        file=_picture(),
        status=303,
        shows=lambda _: (),
        is_aimed=False,
    ),
    # It only leads to a page; a file of one's own is in no department.
    "POST /api/admin/import": Asked(
        HEADS, form=_file, file=f"{SERVICES_HEAD}\r\n".encode(), status=303, shows=lambda _: ()
    ),
    # A file is its sender's alone; all of these rows are new.
    "GET /api/admin/import/report.csv": Asked(("administrator",), query=_last_draft, shows=lambda _: ("νέο",)),
    # A file of figures counts, and names nobody; of what it counts tests/services/figures tells.
    "GET /api/desk/figures": Asked(
        STAFF,
        query=lambda at: {"m": at.slug, "figure": "bookings", "department": str(at.department_id)},
        shows=lambda _: (),
    ),
    "GET /api/bookings/{reference}/calendar.ics": Asked(("owner",), lambda at: {"reference": at.booked}),
    # It was booked before anybody came into the frame: tests/http/embed/test_confirmation.py shows one that was not.
    "GET /embed/calendar.ics": Asked((), query=lambda at: {"m": at.slug, "reference": at.booked}),
    "GET /api/meetings/access": Asked(("owner",), query=lambda at: {"reference": at.video}),
    "GET /api/meetings/access?as=official": Asked(STAFF, query=lambda at: {"reference": at.video, "as": "official"}),
}
"""Where there are two ways to ask, what follows the question mark tells them apart."""
BY_LINK = {"GET /api/links/{token}/calendar.ics"}
"""Whoever has the link has the right."""
BY_KEY = "public_v1/test_keyed.py"
"""Nobody of these has a key: there programs ask."""
SOCKETS = {
    "WS /api/desk/live": "tests/http/desk/test_live.py",
    "WS /api/meetings/socket": "tests/http/meeting/test_joining.py",
}
"""They are opened by others, here."""


@pytest.fixture(scope="module")
def shared(sqlite_files: SqliteFiles) -> Iterator[TwoTowns]:
    with two_towns(sqlite_files) as made:
        yield made


@pytest.fixture
def towns(shared: TwoTowns) -> Iterator[TwoTowns]:
    yield shared
    shared.restore()


@pytest.fixture
def site(towns: TwoTowns, tmp_path: Path) -> Site:
    return Site(towns.town, development(tmp_path))


def browser_of(site: Site, somebody: Somebody) -> httpx2.AsyncClient:
    browser = site.browser()
    for name, token in (
        (staff_cookie_name(site.context.public_url), somebody.staff),
        (session_cookie_name(site.context.public_url), somebody.citizen),
        (frame_cookie_name(site.context.public_url), somebody.frame),
    ):
        if token:
            browser.cookies.set(name, token)
    return browser


async def ask(browser: httpx2.AsyncClient, route: str, at: Target, slug: str) -> httpx2.Response:
    method, _, path = route.partition("?")[0].partition(" ")
    asked = ROUTES[route]
    where = path.format(**asked.address(at))
    if asked.form is None:
        query = asked.query(at)
        return await browser.request(method, where, params=query | ({"m": slug} if "m" in query else {}))
    data: dict[str, Any] = asked.form(at) | {"m": slug}
    files = {"file": ("α.csv", asked.file)} if asked.file else None
    return await browser.post(where, data=data, files=files, headers={"Sec-Fetch-Site": "same-origin"})


def test_each_route_is_asked(towns: TwoTowns, tmp_path: Path) -> None:
    found = all_permissions(towns.town, development(tmp_path))
    nobody_s = {
        route for route, (permission,) in found.items() if Anonymous in ALLOWED[permission]
    } - BY_LINK  # sign-in, public lists, and what is for developers
    programs = {route for route in found if route.partition(" ")[2].startswith(API_V1)} - nobody_s
    asked = {route.partition("?")[0] for route in ROUTES} | BY_LINK | SOCKETS.keys()
    assert found.keys() - nobody_s == asked | programs
    assert (Path(__file__).parent / BY_KEY).is_file()
    assert all(found[route] == {Permission.OPEN_LINK} for route in BY_LINK)
    assert all((Path(__file__).parents[2] / module).is_file() for module in SOCKETS.values())


@pytest.mark.parametrize("role", EVERYBODY)
async def test_who_may_gets_it_and_nobody_else_does(towns: TwoTowns, site: Site, role: str) -> None:
    somebody, browser = towns.people[role], browser_of(site, towns.people[role])
    own = towns.theirs if role == "foreign" else towns.ours
    other = towns.ours if role == "foreign" else towns.theirs
    for route, asked in ROUTES.items():
        is_astray = role not in asked.who
        for at, slug in ((own, own.slug), (other, other.slug), (other, own.slug)):
            if (role == "foreign" and at is own) or (not asked.is_aimed and at.slug != slug):
                continue
            before = towns.tables()
            answer = await ask(browser, route, at, slug)
            text = answer.content.decode("utf-8-sig").replace("\r\n ", "") + str(answer.headers)
            names = [word for word in asked.shows(at) if word in text]
            changed = changes(before, towns.tables())
            if at is own and not is_astray:
                assert answer.status_code == asked.status, (route, slug)
                assert bool(names) == bool(asked.shows(at)), (route, slug)
                assert bool(changed) == (asked.form is not None), (route, slug)
            else:
                assert names == [], (route, slug)
                assert all(towns.owner_of(change) == getattr(somebody.principal, "id", 0) for change in changed), route
            if changed:
                towns.restore()


@pytest.mark.parametrize("role", EVERYBODY)
async def test_a_link_opens_its_own_booking_to_whoever_has_it(towns: TwoTowns, site: Site, role: str) -> None:
    browser = browser_of(site, towns.people[role])
    answer = await browser.get(f"/api/links/{towns.ours.link}/calendar.ics")
    assert towns.ours.booked[:4] in answer.text
    assert (await browser.get(f"/api/links/{towns.ours.link[:-1]}/calendar.ics")).status_code == 404
