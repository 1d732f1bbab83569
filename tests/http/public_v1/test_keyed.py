"""Programs with a key over HTTP: every endpoint against every key, and what a program relies on."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import ClosureRow
from dimoslive.domain.people.permissions import ALLOWED
from dimoslive.domain.people.principals import Scope
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.http.public_v1.app import describable_api
from dimoslive.i18n.declarations import declaration_of
from tests.http.routes import permissions_of
from tests.http.site import Site, development
from tests.support.programs import a_key
from tests.support.world import NOW, Town, a_municipality, a_town, on_the_day, rows

V1 = "/api/v1"
VERSION = declaration_of(Mode.VIDEO, "el").version
READ, PERSONS, WRITE, SET_UP = Scope.READ_BOOKINGS, Scope.READ_PERSONS, Scope.WRITE_BOOKINGS, Scope.READ_SET_UP


def body(town: Town, wall: str = "10:00", **words: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "service": town.service.slug,
        "mode": "video",
        "starts_at": on_the_day(wall).isoformat(),
        "person": {"name": "Στέφανος Μανωλάκης", "phone": "210 000 0031"},
        "subject": "Βεβαίωση εγγραφής",
        "declaration": {"version": VERSION, "told": True},
    }
    return usual | words


@dataclass
class Client:
    """A program, with a key or without."""

    browser: httpx2.AsyncClient
    headers: dict[str, str]

    async def get(self, path: str, **headers: str) -> httpx2.Response:
        return await self.browser.get(f"{V1}{path}", headers=self.headers | headers)

    async def post(self, path: str, content: Any, **headers: str) -> httpx2.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.browser.post(f"{V1}{path}", json=content, headers=self.headers | named)

    async def book(self, town: Town, wall: str = "10:00", once: str = "order-4711", **words: Any) -> httpx2.Response:
        return await self.post("/bookings", body(town, wall, **words), Idempotency_Key=once)


def client(site: Site, key: str = "", address: str = "203.0.113.7") -> Client:
    return Client(site.browser(address), {"Authorization": f"Bearer {key}"} if key else {})


async def ask(program: Client, route: str, town: Town, reference: str) -> httpx2.Response:
    """Ask a route for the booking of this reference, or for what there is."""
    method, _, path = route.partition(" ")
    where = path.removeprefix(V1).replace("{reference}", reference)
    if method == "GET":
        return await program.get(where)
    bodies = {
        "/bookings": body(town, "12:00"),
        f"/bookings/{reference}/move": {"starts_at": on_the_day("13:00").isoformat()},
        f"/bookings/{reference}/cancel": {"by": "municipality", "reason": "Ο υπάλληλος ασθενεί"},
    }
    return await program.post(where, bodies[where], Idempotency_Key=f"once-{method}-{where}"[:64])


def keyed_routes(town: Town, folder: Path) -> dict[str, frozenset[Scope]]:
    """Each route that needs a key, and the scopes that are enough for it."""
    found = permissions_of(describable_api(town.context, development(folder)))
    scopes = {
        route.replace("GET,HEAD", "GET"): frozenset(role for role in ALLOWED[permission] if isinstance(role, Scope))
        for route, (permission,) in found.items()
    }
    return {route: enough for route, enough in scopes.items() if enough}


@pytest.fixture
def town(sqlite_db: Engine) -> Town:
    return a_town(sqlite_db)


async def test_each_endpoint_answers_each_key_by_its_scopes_and_nobody_else_anything(
    town: Town, site: Site, tmp_path: Path
) -> None:
    routes = keyed_routes(town, tmp_path)
    assert len(routes) == 9
    booking = town.a_booking("10:00")
    with transaction(town.context.db) as tx:
        drama = a_municipality(tx, "Δράμας", slug="drama")
    right = a_key(town)
    typo, other = right[:-1] + ("a" if right[-1] != "a" else "b"), a_key(town, municipality_id=drama.id)
    bad = {
        "": "key_missing",
        typo: "key_unknown",
        a_key(town, last_day=date(2026, 11, 19)): "key_unknown",
        a_key(town, revoked_at=NOW): "key_unknown",
        a_key(town, networks="192.0.2.0/24"): "network_not_allowed",
    }
    before = rows(town.context.db, BookingRow)
    for number, (route, enough) in enumerate(routes.items()):
        for text, code in bad.items():
            # Who tries so many wrong ones from one address is stopped.
            answer = await ask(client(site, text, f"203.0.113.{number}"), route, town, booking.reference)
            assert (answer.json()["code"], answer.status_code) == (code, 403 if "network" in code else 401), route
            assert "Access-Control-Allow-Origin" not in answer.headers
        for scope in set(Scope) - enough:
            answer = await ask(client(site, a_key(town, scope)), route, town, booking.reference)
            assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing"), (route, scope)
            assert answer.json()["scope"] in enough
        stranger = await ask(client(site, other), route, town, booking.reference)
        assert stranger.status_code == (404 if "{reference}" in route else 409 if "POST" in route else 200), route
        assert not any(word in stranger.text for word in (booking.reference, "Παπαδοπ", "kavala", town.service.slug))
    assert rows(town.context.db, BookingRow) == before
    for route, enough in routes.items():
        for scope in sorted(enough):
            answer = await ask(client(site, a_key(town, scope)), route, town, booking.reference)
            assert answer.status_code in (200, 201), (route, scope, answer.text)
            assert answer.headers["Cache-Control"] == "private, no-store"
            may_see_her = scope is PERSONS and "GET" in route and "/bookings" in route
            assert ("eleni" in answer.text) == may_see_her, (route, scope)


async def test_who_guesses_keys_is_stopped_and_who_has_one_is_not(town: Town, site: Site) -> None:
    right = a_key(town)
    wrong = client(site, right[:-1] + ("a" if right[-1] != "a" else "b"))
    codes = [(await wrong.get("/key")).json()["code"] for _ in range(21)]
    assert codes == ["key_unknown"] * 20 + ["too_many_requests"]
    assert (await client(site, right).get("/key")).status_code == 200
    assert (await client(site, right[:-1] + "!", "203.0.113.8").get("/key")).json()["code"] == "key_unknown"


async def test_a_key_tells_what_it_is_good_for(town: Town, site: Site) -> None:
    answer = await client(site, a_key(town, READ, WRITE)).get("/key")
    assert answer.json() == {
        "name": "Τηλεφωνικό κέντρο",
        "municipality": "kavala",
        "scopes": ["bookings:read", "bookings:write"],
        "expires_at": "2027-11-20T22:00:00Z",
        "last_rotated_at": None,
        "quota": {"reads_per_minute": 300, "writes_per_minute": 60},
    }
    assert answer.headers["RateLimit-Policy"] == '"key-reads";q=300;w=60'


async def test_what_a_program_books_it_finds_again(town: Town, site: Site) -> None:
    program = client(site, a_key(town))
    made = await program.book(town, external_id="crm-1", **{"for": "other"})
    assert made.status_code == 201
    booking = made.json()
    assert made.headers["Location"] == f"{V1}/bookings/{booking['reference']}"
    assert (booking["source"], booking["status"], booking["for"], booking["external_id"]) == (
        "api",
        "booked",
        "other",
        "crm-1",
    )
    assert booking["person"] == {
        "name": "Στέφανος Μανωλάκης",
        "phone": "+302100000031",
        "email": None,
        "address": None,
        "subject": "Βεβαίωση εγγραφής",
        "help_needed": None,
        "confirmed": "told",
    }
    found = await program.get(f"/bookings/{booking['reference'].lower()}")
    assert found.json() == booking
    assert found.headers["ETag"] == made.headers["ETag"] == f'"{booking["version"]}"'
    known = await program.get(f"/bookings/{booking['reference']}", **{"If-None-Match": found.headers["ETag"]})
    assert known.status_code == 304
    listed = (await program.get("/bookings?from=2026-11-24&to=2026-11-24&status=booked&limit=1")).json()
    assert listed == {"items": [booking], "next_cursor": None}


async def test_the_same_request_is_answered_the_same_and_another_of_its_name_is_refused(town: Town, site: Site) -> None:
    program = client(site, a_key(town))
    first, again = await program.book(town), await program.book(town)
    assert (again.status_code, again.text) == (201, first.text)
    assert (first.headers.get("Idempotency-Replayed"), again.headers["Idempotency-Replayed"]) == (None, "true")
    assert again.headers["Location"] == first.headers["Location"]
    quoted = await program.book(town, once='"order-4711"')
    assert quoted.headers["Idempotency-Replayed"] == "true"
    other = await program.book(town, "11:00")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")
    assert len(rows(town.context.db, BookingRow)) == 1


async def test_a_repeated_answer_has_no_person_for_a_key_that_may_read_none_any_more(town: Town, site: Site) -> None:
    text = a_key(town)
    program = client(site, text)
    assert (await program.book(town)).json()["person"]
    with transaction(town.context.db) as tx:
        tx.connection().exec_driver_sql("UPDATE api_key SET scopes = 'bookings:write'")
    assert (await program.book(town)).json()["person"] is None


@pytest.mark.parametrize(
    ("words", "status", "code", "at"),
    [
        ({"starts_at": "2026-11-24T08:00:00"}, 422, "invalid_value", "body.starts_at"),
        ({"starts_at": 1795507200}, 422, "invalid_value", "body.starts_at"),
        ({"starts_at": "9999-12-31T23:59:59Z"}, 422, "invalid_value", "body.starts_at"),
        ({"starts_at": "2026-11-24T08:03:00Z"}, 422, "invalid_value", "body.starts_at"),
        ({"person": {"name": "Στέφανος"}}, 422, "invalid_value", "body.person.phone"),
        ({"person": {"name": "Στέφανος", "phone": "12"}}, 422, "invalid_value", "body.person.phone"),
        ({"subject": "Θ" * 501}, 422, "invalid_value", "body.subject"),
        ({"declaration": {"version": VERSION, "told": False}}, 422, "invalid_value", "body.declaration.told"),
        ({"afm": "123456783"}, 422, "unknown_field", "body.afm"),
        ({"declaration": {"version": "1999-01", "told": True}}, 422, "declaration_outdated", ""),
        ({"starts_at": "2026-11-24T08:05:00Z"}, 409, "slot_taken", ""),
        ({"service": "unknown"}, 409, "not_offered", ""),
    ],
)
async def test_what_is_wrong_with_a_booking_is_said_at_its_place(
    town: Town, site: Site, words: dict[str, Any], status: int, code: str, at: str
) -> None:
    answer = await client(site, a_key(town)).book(town, **words)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert [one["at"] for one in answer.json().get("errors", [])] == ([at] if at else [])
    assert "123456783" not in answer.text


@pytest.mark.parametrize("once", ["", "short", "x" * 65, "με ελληνικά"])
async def test_a_booking_needs_a_name_of_the_request(town: Town, site: Site, once: str) -> None:
    program = client(site, a_key(town))
    headers = {name.encode(): value.encode() for name, value in program.headers.items()}
    headers |= {b"Idempotency-Key": once.encode()} if once else {}
    answer = await program.browser.post(f"{V1}/bookings", json=body(town), headers=headers)
    assert answer.json()["code"] == ("invalid_value" if once else "idempotency_key_required")


async def test_a_change_may_say_which_version_it_is_of(town: Town, site: Site) -> None:
    program = client(site, a_key(town))
    made = await program.book(town)
    where, seen = f"/bookings/{made.json()['reference']}", made.headers["ETag"]
    moved = await program.post(f"{where}/move", {"starts_at": on_the_day("11:00").isoformat()}, If_Match=f"W/{seen}")
    assert (moved.status_code, moved.json()["starts_at"]) == (200, "2026-11-24T09:00:00Z")
    late = await program.post(f"{where}/cancel", {"by": "citizen", "reason": "Δεν χρειάζεται"}, If_Match=seen)
    assert (late.status_code, late.json()["code"]) == (412, "changed_meanwhile")
    assert late.json()["version"] == moved.json()["version"]
    cancelled = await program.post(f"{where}/cancel", {"by": "citizen", "reason": "Δεν χρειάζεται"}, If_Match="*")
    assert (cancelled.json()["status"], cancelled.json()["cancelled_by"]) == ("cancelled_by_citizen", "citizen")
    again = await program.post(f"{where}/cancel", {"by": "municipality", "reason": "Δεν χρειάζεται"})
    assert again.json() == cancelled.json()
    forged = await program.post(f"{where}/cancel", {"by": "citizen", "reason": "Δεν χρειάζεται"}, If_Match="seven")
    assert forged.json()["code"] == "invalid_value"


async def test_pages_of_a_list_are_linked_and_their_cursors_are_for_one_key_and_question(
    town: Town, site: Site
) -> None:
    text = a_key(town)
    program = client(site, text)
    made = [(await program.book(town, wall, f"order-{wall}")).json() for wall in ("10:00", "09:00", "11:00")]
    first = await program.get("/bookings?limit=2")
    assert [one["reference"] for one in first.json()["items"]] == [made[1]["reference"], made[0]["reference"]]
    link = first.headers["Link"].partition(">")[0].removeprefix("<").partition(V1)[2]
    rest = (await program.get(link)).json()
    assert ([one["reference"] for one in rest["items"]], rest["next_cursor"]) == ([made[2]["reference"]], None)
    cursor = first.json()["next_cursor"]
    for asking, path in (
        (program, f"/bookings?cursor={cursor}&mode=video"),
        (program, f"/bookings?cursor={cursor[:-2]}"),
        (client(site, a_key(town)), f"/bookings?cursor={cursor}"),
    ):
        assert (await asking.get(path)).json()["code"] == "cursor_invalid"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("from=2026-11-24&to=2026-11-23", "range_reversed"),
        ("from=2026-11-24&to=2027-02-24", "range_too_long"),
        ("changed_since=2026-10-01T00:00:00Z", "range_too_long"),
        ("changed_since=1795507200", "invalid_value"),
        ("changed_since=2026-11-20T10:00:00", "invalid_value"),
        ("from=0001-01-01", "invalid_value"),
        ("status=held", "invalid_value"),
        ("desk=99999999999", "invalid_value"),
        ("municipality=drama", "unknown_parameter"),
    ],
)
async def test_what_no_list_can_be_asked_by_is_refused(town: Town, site: Site, query: str, code: str) -> None:
    assert (await client(site, a_key(town)).get(f"/bookings?{query}")).json()["code"] == code


async def test_the_set_up_is_told_without_whoever_works_there(town: Town, site: Site) -> None:
    with transaction(town.context.db) as tx:
        tx.add(
            ClosureRow(
                municipality_id=town.municipality.id,
                starts_at=on_the_day("12:00"),
                ends_at=on_the_day("15:00"),
                reason_el="Απολύμανση",
                reason_en="Disinfection",
            )
        )
    program = client(site, a_key(town, SET_UP))
    [desk] = (await program.get("/desks")).json()["items"]
    assert (desk["services"], desk["active"]) == ([town.service.slug], True)
    [hours] = (await program.get("/hours")).json()["items"]
    assert (hours["service"], len(hours["weekly"])) == (town.service.slug, 5)
    assert hours["weekly"][0] == {
        "weekday": 1,
        "opens": "08:30",
        "closes": "15:00",
        "valid_from": None,
        "valid_until": None,
    }
    [closure] = (await program.get("/closures?from=2026-11-24&to=2026-11-24")).json()["items"]
    assert (closure["department"], closure["starts_at"]) == (None, "2026-11-24T10:00:00Z")
    assert (await program.get("/closures?from=2026-11-25")).json()["items"] == []
