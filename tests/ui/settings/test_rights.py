"""Every handler of the pages of the set-up, pressed by everybody: whom the table refuses changes and sees nothing.

What each is pressed with is in `presses`.
"""

import pytest

from dimoslive.domain.people.permissions import Permission
from tests.support.database import sqlite_files
from tests.support.two_towns import TwoTowns
from tests.ui.rights import EVERYBODY, Table, handlers_of, shared, towns
from tests.ui.settings.presses import CASES

__all__ = ["shared", "sqlite_files", "towns"]
pytestmark = pytest.mark.slow

TABLE = Table(handlers_of("dimoslive.ui.settings"), CASES, least="head")
FOR_ADMINISTRATORS = {
    *(f"DepartmentState.{act}" for act in ("ask", "archive", "restore", "delete", "submit a new one")),
    "ClosureState.submit of all",
}
OF_THE_OWN_DESK = {name for name in CASES if name.startswith("OwnAbsenceState.")}
OF_THE_WHOLE = {
    name
    for name, case in CASES.items()
    if case.everywhere in {Permission.MANAGE_MUNICIPALITY, Permission.MANAGE_KEYS, Permission.MANAGE_WEBHOOKS}
}
"""For administrators too."""


def test_each_handler_is_pressed() -> None:
    TABLE.check_complete()
    assert len(CASES) > 80
    assert {case.needs for case in CASES.values()} <= {
        None,
        Permission.MANAGE_DEPARTMENTS,
        Permission.CLOSE_MUNICIPALITY,
    }


@pytest.mark.parametrize("role", ["official", "head", "administrator"])
async def test_who_may_does_it_and_sees_it(towns: TwoTowns, caplog: pytest.LogCaptureFixture, role: str) -> None:
    done = TABLE.within(towns.people[role], towns.ours)
    if role == "official":
        assert set(done) == OF_THE_OWN_DESK
    else:
        assert CASES.keys() - done == (FOR_ADMINISTRATORS | OF_THE_WHOLE if role == "head" else set())
    await TABLE.check_who_may(towns, caplog, role)


@pytest.mark.parametrize("role", EVERYBODY)
async def test_who_may_not_changes_nothing_and_sees_nobody(
    towns: TwoTowns, caplog: pytest.LogCaptureFixture, role: str
) -> None:
    await TABLE.check_who_may_not(towns, caplog, role)
