"""The platform's pages."""

from typing import Any

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.official import OfficialRow
from dimoslive.services.upkeep.compute_days_to_next import compute_days_to_next
from dimoslive.ui.platform.list_state import PlatformState
from dimoslive.ui.platform.state import EnrolmentPageState, PlatformPauseState, PublicFiguresState
from dimoslive.ui.staff.state import StaffFrameState
from tests.support.builders import at
from tests.support.meeting import ANNA, NIKOS, ZOE, staff_token
from tests.support.setting_up import a_new_municipality, a_platform_administrator
from tests.support.settings import enter_administrator
from tests.support.world import Town, a_municipality, rows
from tests.ui.opened import a_page, press


def at_platform(town: Town, state: Any, path: str = "/platform", identity: Any = ZOE) -> Any:
    return a_page(state, town, path, staff=staff_token(town, identity))


@pytest.fixture
def platform_town(open_town: Town) -> Town:
    a_platform_administrator(open_town)
    a_new_municipality(open_town)
    with transaction(open_town.context.db) as tx:
        a_municipality(tx, "Ιωαννιτών", slug="ioannina", aliases="Γιάννενα;Giannena").joined_at = None
    return open_town


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["Δήμος Δράμας", "Δήμος Καβάλας", "Δήμος Ιωαννιτών"]),
        ("καβ", ["Δήμος Καβάλας"]),
        ("ΔΡΑΜΑ", ["Δήμος Δράμας"]),
        ("drama", ["Δήμος Δράμας"]),
        ("γιαννενα", ["Δήμος Ιωαννιτών"]),
        ("gianena", ["Δήμος Ιωαννιτών"]),
        ("Αθήνα", []),
    ],
)
async def test_municipalities_are_found_as_in_the_citizens_picker(
    platform_town: Town, words: str, found: list[str]
) -> None:
    page = at_platform(platform_town, PlatformState)
    await press(page, "load")
    await press(page, "narrow", words)
    assert [row.name for row in page.rows] == found


async def test_each_line_says_how_far_it_is_in_numbers(platform_town: Town) -> None:
    page = at_platform(platform_town, PlatformState)
    await press(page, "load")
    assert [(row.state, row.administrators, row.services) for row in page.rows] == [
        ("Ετοιμάζεται 0/6", "0", "0"),
        ("Ανοιχτός", "0", "1"),
        ("Δεν έχει ενταχθεί", "", ""),
    ]
    assert page.summary == "Δεν έχουν ενταχθεί: 1 · Ετοιμάζονται: 1 · Ανοιχτοί: 1 · Σε παύση: 0"
    await press(page, "show_enrolled", True)
    assert [row.href for row in page.rows] == ["/platform/drama", "/platform/kavala"]


async def test_a_municipality_is_enrolled_and_what_was_typed_wrong_is_kept(platform_town: Town) -> None:
    page = at_platform(platform_town, EnrolmentPageState, "/platform/ioannina")
    await press(page, "load")
    assert (page.name, page.is_enrolled, page.needs_contact) == ("Δήμος Ιωαννιτών", False, True)
    typed = {"first_name": "Άννα", "last_name": "Λογοθέτη", "afm": "12", "email": "", "contact_email": "a@b.gr"}
    await press(page, "submit", typed)
    assert list(page.errors) == ["afm"]
    await press(page, "submit", typed | {"afm": ANNA.afm.digits})
    assert page.saved == "Ορίστηκε διαχειριστής: Άννα Λογοθέτη. Το μήνυμα με τον τρόπο εισόδου πηγαίνει στο a@b.gr."
    assert (page.is_enrolled, page.state, page.values["last_name"]) == (True, "Ετοιμάζεται 0/6", "")
    assert not page.can_pause
    assert [line.split(" · ")[:2] for line in page.lines] == [
        ["Δόθηκε δικαίωμα", "Ζ. ΑΡΓΥΡΟΥ"],
        ["Ένταξη", "Ζ. ΑΡΓΥΡΟΥ"],
    ]


async def test_a_municipality_is_paused_and_reopened_with_a_reason(platform_town: Town) -> None:
    page = at_platform(platform_town, PlatformPauseState, "/en/platform/kavala")
    await press(page, "load")
    assert page.values["pause_message_en"] == "The municipality takes no new bookings for the time being."
    await press(page, "submit", dict(page.values))
    assert list(page.errors) == ["reason"]
    await press(page, "submit", dict(page.values) | {"reason": "Asked for by the town"})
    shown = page.parent_state.get_substate(EnrolmentPageState.get_full_name().split("."))
    assert (page.saved, shown.is_paused, shown.state) == ("The municipality is paused.", True, "Paused")
    assert shown.can_pause
    await press(page, "reopen", {"reason": "The town is ready"})
    assert (page.saved, shown.is_paused) == ("The municipality is open again.", False)


async def test_a_municipality_leaves_the_public_page_and_comes_back_with_a_reason(platform_town: Town) -> None:
    page = at_platform(platform_town, PublicFiguresState, "/platform/kavala")
    await press(page, "load")
    await press(page, "leave", {"figures_reason": ""})
    assert list(page.errors) == ["figures_reason"]
    await press(page, "leave", {"figures_reason": "Το ζήτησε ο δήμος"})
    shown = page.parent_state.get_substate(EnrolmentPageState.get_full_name().split("."))
    assert not shown.has_public_figures
    assert shown.lines[0].startswith("Έφυγε από τη σελίδα στατιστικών · Ζ. ΑΡΓΥΡΟΥ")
    assert shown.lines[0].endswith("Το ζήτησε ο δήμος")
    await press(page, "come_back", {"figures_reason": "Το ζήτησε ο δήμος"})
    assert shown.has_public_figures
    assert page.saved == "Ο δήμος επέστρεψε στη δημόσια σελίδα."


async def test_numbers_of_bookings_and_of_days_are_shown_and_of_no_service(platform_town: Town) -> None:
    kept = {"booked": "23 09:00", "served": "23 09:10", "no_show": "23 09:20", "cancelled_by_citizen": "23 09:30"}
    for status, wall in kept.items():
        booking = platform_town.a_booking(f"2026-11-{wall}", by=platform_town.citizen())
        with transaction(platform_town.context.db) as tx:
            tx.get_one(BookingRow, platform_town.row(booking).id).status = status
    platform_town.clock.set(at("2026-11-24 09:00"))
    compute_days_to_next(platform_town.context)
    page = at_platform(platform_town, EnrolmentPageState, "/platform/kavala")
    await press(page, "load")
    assert [(one.name, one.value) for one in page.numbers][4:] == [
        ("Προγραμματισμένα, 30 ημέρες", "3"),
        ("Εξυπηρετήθηκαν", "50 % (ελλιπή στοιχεία)"),
        ("Πρώτη ελεύθερη ώρα", "σήμερα"),
    ]
    table = at_platform(platform_town, PlatformState)
    await press(table, "load")
    assert [row.days for row in table.rows] == ["", "σήμερα", ""]


async def test_for_anybody_else_there_is_no_platform(platform_town: Town) -> None:
    enter_administrator(platform_town)
    before = len(rows(platform_town.context.db, OfficialRow))
    for state, handler, *given in (
        (PlatformState, "load"),
        (PlatformState, "narrow", "x"),
        (EnrolmentPageState, "load"),
        (EnrolmentPageState, "submit", {"last_name": "Χ", "email": "x@y.gr", "contact_email": "a@b.gr"}),
        (PlatformPauseState, "submit", {"reason": "χωρίς κανένα λόγο"}),
        (PlatformPauseState, "reopen", {"reason": "χωρίς κανένα λόγο"}),
        (PublicFiguresState, "leave", {"figures_reason": "χωρίς κανένα λόγο"}),
        (PublicFiguresState, "come_back", {"figures_reason": "χωρίς κανένα λόγο"}),
    ):
        page = at_platform(platform_town, state, "/platform/kavala", NIKOS)
        await press(page, handler, *given)
        assert page.problem or page.is_missing
    assert len(rows(platform_town.context.db, OfficialRow)) == before


@pytest.mark.parametrize("slug", ["atlantis", "x" * 300, "%00", ""])
async def test_an_unknown_municipality_is_a_missing_page(platform_town: Town, slug: str) -> None:
    page = at_platform(platform_town, EnrolmentPageState, f"/platform/{slug}")
    await press(page, "load")
    assert page.is_missing


async def test_whoever_runs_the_installation_alone_is_led_to_the_platform(platform_town: Town) -> None:
    frame = at_platform(platform_town, StaffFrameState, "/desk")
    assert "/platform" in str(await press(frame, "load"))
    frame = at_platform(platform_town, StaffFrameState, "/platform")
    assert await press(frame, "load") is None
    assert (frame.is_loaded, frame.is_platform, frame.has_workplaces) == (True, True, False)
