"""The pages of keys."""

from datetime import date
from typing import Any

import pytest

from dimoslive.db.tables.api_key import ApiKeyRow
from dimoslive.domain.people.permissions import Permission
from dimoslive.services.keys.find_key import find_key
from dimoslive.ui.settings.keys.list_state import KeysState
from dimoslive.ui.settings.keys.state import KeyState
from tests.support.meeting import staff_token
from tests.support.programs import a_key
from tests.support.settings import enter_administrator
from tests.support.world import NOW, Town, rows
from tests.ui.opened import a_page, known, press


@pytest.fixture
def town(open_town: Town) -> Town:
    enter_administrator(open_town)
    return open_town


async def opened(town: Town, thing: int | str, language: str = "") -> Any:
    page = a_page(KeyState, town, f"{language}/admin/keys/{thing}?m=kavala", staff=staff_token(town))
    await press(page, "load")
    return page


async def listed(town: Town, language: str = "") -> Any:
    page = a_page(KeysState, town, f"{language}/admin/keys?m=kavala", staff=staff_token(town))
    await press(page, "load")
    return page


def form_of(page: Any, **words: str) -> dict[str, str]:
    """What the browser sends: a tick for each scope, and no word for all of them."""
    return {**page.values, "opened": page.opened_json, **words} | {"scopes": ""}


def works(town: Town, text: str) -> bool:
    return bool(find_key(town.context, f"Bearer {text}", "192.0.2.7", Permission.USE_KEY))


async def test_a_new_key_is_shown_once(town: Town) -> None:
    page = await opened(town, "new")
    assert (page.title, page.is_new, page.values["last_day"]) == ("Νέο κλειδί", True, "2027-11-20")
    await press(page, "submit", form_of(page, name="Τηλεφωνικό κέντρο", scope_read_bookings="on"))
    assert works(town, page.secret)
    assert page.focus_target == "key-secret"
    secret = page.secret
    await press(page, "load")
    assert secret not in known(page)


async def test_a_secret_takes_the_place_of_another_and_goes_when_it_was_copied(town: Town) -> None:
    former = a_key(town)
    page = await opened(town, 1, "/en")
    await press(page, "ask", "rotate")
    await press(page, "rotate", {"overlap": "7"})
    assert works(town, page.secret)
    assert works(town, former)
    await press(page, "put_away")
    assert page.secret == ""
    assert ("Former secret", "works until 27/11 10:00") in page.facts


async def test_what_is_wrong_stands_at_its_field_and_the_ticks_stay(town: Town) -> None:
    page = await opened(town, "new", "/en")
    await press(page, "submit", form_of(page, name="Call centre", networks="dimos.gr"))
    assert list(page.errors) == ["scopes", "networks"]
    assert page.errors["networks"] == "Not a network: dimos.gr"
    assert rows(town.context.db, ApiKeyRow) == []


async def test_a_forged_overlap_changes_nothing(town: Town) -> None:
    a_key(town)
    page = await opened(town, 1)
    before = rows(town.context.db, ApiKeyRow)
    for overlap in ("", "31", "-1", "x"):
        await press(page, "rotate", {"overlap": overlap})
        assert page.problem
        assert page.secret == ""
    assert rows(town.context.db, ApiKeyRow) == before


async def test_scopes_are_told_in_words_where_two_changed_them(town: Town) -> None:
    a_key(town)
    page = await opened(town, 1)
    await press(page, "submit", form_of(page, scope_write_bookings="", networks="192.0.2.0/24"))
    [line, *_] = page.history
    read = "Διαβάζει ραντεβού, χωρίς πρόσωπα, Διαβάζει και τα πρόσωπα των ραντεβού"
    write, set_up = "Κλείνει, μετακινεί και ακυρώνει ραντεβού", "Διαβάζει θέσεις, ωράριο και κλεισίματα"
    assert line.changes == [
        f"Επιτρέπεται: {read}, {write}, {set_up} → {read}, {set_up}",
        "Δίκτυα: από παντού → 192.0.2.0/24",
    ]


async def test_what_was_revoked_can_only_be_looked_at(town: Town) -> None:
    a_key(town)
    page = await opened(town, 1)
    await press(page, "revoke")
    assert (page.is_active, page.ended) == (False, "Το κλειδί ανακλήθηκε και δεν ισχύει πια.")
    assert page.saved
    await press(page, "revoke")
    assert page.problem


async def test_the_list_says_what_ends_soon_and_what_has_ended(town: Town) -> None:
    assert (await listed(town)).rows == []
    a_key(town, last_day=date(2026, 11, 27))
    a_key(town, revoked_at=NOW)
    a_key(town, last_used_at=NOW)
    rows_shown = (await listed(town, "/en")).rows
    assert [(row.tag, row.used) for row in rows_shown] == [
        ("", "20/11 10:00"),
        ("ends in 7 days", "never"),
        ("revoked", "never"),
    ]
    assert rows_shown[0].shown.startswith("mdl_")
