"""Every handler of the desk's pages, pressed by everybody: whom the table refuses changes nothing and sees nobody.

What each is pressed with is in `presses`.
"""

import pytest

from tests.support.database import sqlite_files
from tests.support.two_towns import TwoTowns
from tests.ui.rights import EVERYBODY, Table, handlers_of, shared, towns
from tests.ui.staff.presses import CASES

__all__ = ["shared", "sqlite_files", "towns"]
pytestmark = pytest.mark.slow

TABLE = Table(handlers_of("dimoslive.ui.staff"), CASES)
FOR_HEADS = {"SearchLogState.load"}


def test_each_handler_is_pressed() -> None:
    TABLE.check_complete()
    assert len(CASES) > 80


@pytest.mark.parametrize("role", ["official", "head", "administrator"])
async def test_who_may_does_it_and_sees_it(towns: TwoTowns, caplog: pytest.LogCaptureFixture, role: str) -> None:
    done = TABLE.within(towns.people[role], towns.ours)
    assert CASES.keys() - done == (FOR_HEADS if role == "official" else set())
    await TABLE.check_who_may(towns, caplog, role)


@pytest.mark.parametrize("role", EVERYBODY)
async def test_who_may_not_changes_nothing_and_sees_nobody(
    towns: TwoTowns, caplog: pytest.LogCaptureFixture, role: str
) -> None:
    await TABLE.check_who_may_not(towns, caplog, role)
