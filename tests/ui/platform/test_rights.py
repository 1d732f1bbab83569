"""Every handler of the platform's pages, pressed by everybody: for platform administrators, about no people."""

import pytest
from sqlmodel import Session

from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.ui.platform.list_state import PlatformState
from tests.support.builders import at
from tests.support.database import sqlite_files
from tests.support.two_towns import Target, TwoTowns
from tests.ui.opened import a_page, known, press
from tests.ui.rights import EVERYBODY, FIRST, Case, Effect, Table, after, handlers_of, says, shared, towns

__all__ = ["shared", "sqlite_files", "towns"]
pytestmark = pytest.mark.slow

LIST, ONE = "/platform", "/platform/{slug}"
PERSON = {"last_name": "Νέος", "first_name": "Άλλος", "email": "another@example.com"}


def _town(target: Target) -> tuple[str, ...]:
    return ({"kavala": "Καβάλας", "drama": "Δράμας"}[target.slug],)


def _paused(tx: Session, target: Target) -> None:
    tx.get_one(MunicipalityRow, target.municipality_id).paused_at = at("2026-11-24 08:00")


def _left(tx: Session, target: Target) -> None:
    tx.get_one(MunicipalityRow, target.municipality_id).has_public_figures = False


W, S, NO = Effect.WRITES, Effect.SHOWS, Effect.NOTHING
CASES = {
    "PlatformState.load": Case(LIST, S, after=FIRST, shows=_town),
    "PlatformState.narrow": Case(LIST, S, says(""), shows=_town),
    "PlatformState.show_enrolled": Case(LIST, S, says(True), shows=_town),
    "EnrolmentPageState.load": Case(ONE, S, after=FIRST, shows=_town),
    "EnrolmentPageState.submit": Case(ONE, W, form=lambda _: PERSON, shows=_town),
    "PlatformPauseState.load": Case(ONE, NO, after=FIRST, why="only shows the usual words"),
    "PlatformPauseState.submit": Case(ONE, W, form=lambda _: {"reason": "Μετάβαση συστήματος"}, shows=_town),
    "PublicFiguresState.load": Case(ONE, NO, after=FIRST, why="only shows an empty form"),
    "PublicFiguresState.leave": Case(ONE, W, form=lambda _: {"figures_reason": "Το ζήτησε ο δήμος"}, shows=_town),
    "PublicFiguresState.come_back": Case(
        ONE, W, after=after(), form=lambda _: {"figures_reason": "Το ζήτησε ο δήμος"}, shows=_town, given=_left
    ),
    "PlatformPauseState.reopen": Case(
        ONE, W, after=after(), form=lambda _: {"reason": "Τέλος της μετάβασης"}, shows=_town, given=_paused
    ),
}
TABLE = Table(handlers_of("dimoslive.ui.platform"), CASES, holder="platform")


def test_each_handler_is_pressed() -> None:
    TABLE.check_complete()


async def test_who_may_does_it_and_sees_it(towns: TwoTowns, caplog: pytest.LogCaptureFixture) -> None:
    assert TABLE.within(towns.people["platform"], towns.ours) == list(CASES)
    await TABLE.check_who_may(towns, caplog, "platform")


@pytest.mark.parametrize("role", EVERYBODY)
async def test_who_may_not_changes_nothing_and_sees_nothing(
    towns: TwoTowns, caplog: pytest.LogCaptureFixture, role: str
) -> None:
    await TABLE.check_who_may_not(towns, caplog, role)


async def test_it_names_no_citizen(towns: TwoTowns) -> None:
    page = a_page(PlatformState, towns.town, LIST, staff=towns.people["platform"].staff)
    await press(page, "load")
    assert [word for word in towns.ours.persons if word in known(page)] == []
