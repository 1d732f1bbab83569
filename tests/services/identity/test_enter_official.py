"""Officials are entered by a command, by the AFM or an address, and the log says so."""

import io
import json

import pytest
from sqlalchemy import Engine

from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.db.tables.official import OfficialRow
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official, StaffRight, StaffRole
from dimoslive.officials.command import run
from dimoslive.ports import OpenIdentity
from dimoslive.services.identity.auth_realm import STAFF, STAFF_OPENID
from dimoslive.services.identity.sessions import find_principal, open_session
from tests.support.meeting import NIKOS
from tests.support.world import Town, a_town, rows


@pytest.fixture
def town(db: Engine) -> Town:
    return a_town(db)


def enter(town: Town, *arguments: str, typed: str = "") -> str:
    """What an operator writes, and types when asked."""
    return run(town.context, ["enter", *arguments], io.StringIO(typed))


def signed_in(town: Town) -> Official:
    """Nikos, by his AFM."""
    official = find_principal(town.context, STAFF, open_session(town.context, STAFF, NIKOS))
    assert official is not None
    return official


def test_the_first_administrator_is_entered_by_afm_and_signs_in(town: Town) -> None:
    said = enter(
        town,
        "administrator",
        "--afm",
        "--last-name",
        "Δήμου",
        "--municipality",
        "kavala",
        typed=NIKOS.afm.digits + "\n",
    )
    official = signed_in(town)
    assert said == f"official {official.id} is entered as administrator"
    assert official.rights == {StaffRight(town.municipality.id, StaffRole.ADMINISTRATOR)}
    [row] = rows(town.context.db, OfficialRow)
    assert row.afm_last_digits == NIKOS.afm.digits[-3:]
    assert NIKOS.afm.digits not in str(row)


def test_a_platform_administrator_signs_in_and_sees_no_bookings(town: Town) -> None:
    enter(town, "platform_administrator", "--email", "Ops@Example.com", "--last-name", "Χειριστής")
    identity = OpenIdentity("https://idp.example", "ops", "ops@example.com", "", "")
    official = find_principal(town.context, STAFF, open_session(town.context, STAFF_OPENID, identity))
    assert official is not None
    assert official.is_platform_admin
    assert can(official, Permission.MANAGE_OWN_ACCOUNT)
    assert not can(official, Permission.VIEW_DESK)


@pytest.mark.parametrize("role", ["official", "head", "administrator"])
def test_every_role_of_a_municipality_signs_in(town: Town, role: str) -> None:
    enter(town, role, "--afm", "--last-name", "Δ", "--municipality", "kavala", typed=NIKOS.afm.digits)
    assert signed_in(town).rights == {StaffRight(town.municipality.id, StaffRole(role))}


def test_entering_again_changes_the_role_and_adds_the_address(town: Town) -> None:
    department = str(town.service.department_id)
    first = ["official", "--afm", "--last-name", "Δήμου", "--municipality", "kavala", "--department", department]
    enter(town, *first, typed=NIKOS.afm.digits)
    assert signed_in(town).rights == {
        StaffRight(town.municipality.id, StaffRole.OFFICIAL, frozenset({town.service.department_id}))
    }
    enter(town, "head", "--afm", "--email", "n@kavala.example", "--municipality", "kavala", typed=NIKOS.afm.digits)
    assert signed_in(town).rights == {StaffRight(town.municipality.id, StaffRole.HEAD)}
    [row] = rows(town.context.db, OfficialRow)
    assert row.email == "n@kavala.example"


def test_the_log_says_what_was_given_and_no_afm(town: Town) -> None:
    enter(town, "head", "--afm", "--last-name", "Δήμου", "--municipality", "kavala", typed=NIKOS.afm.digits)
    enter(town, "administrator", "--afm", "--municipality", "kavala", typed=NIKOS.afm.digits)
    first, second = rows(town.context.db, AuditEventRow)
    assert (first.actor, first.action, first.subject_kind) == ("command", "official.entered", "official")
    assert first.municipality_id == town.municipality.id
    assert json.loads(first.after) == {
        "last_name": "Δήμου", "first_name": "", "role": "head", "department_ids": [], "afm": "******783",
    }  # fmt: skip
    assert second.action == "official.changed"
    assert json.loads(second.before) == {"role": "head"}
    assert json.loads(second.after) == {"role": "administrator"}
    assert NIKOS.afm.digits not in str([first, second])


@pytest.mark.parametrize(
    ("arguments", "typed", "line"),
    [
        (["official", "--afm", "--municipality", "kavala"], "123456789", "--afm is no AFM"),
        (["official", "--afm", "--municipality", "kavala"], "000000000", "--afm is no AFM"),
        (["official", "--email", "nobody", "--municipality", "kavala"], "", "--email is no mail address"),
        (["official", "--municipality", "kavala"], "", "--afm is needed"),
        (["official", "--email", "a@b.example", "--municipality", "kavala"], "", "--last-name is needed"),
        (["official", "--email", "a@b.example", "--last-name", "Α"], "", "--municipality is not the slug"),
        (
            [
                "official",
                "--email",
                "a@b.example",
                "--last-name",
                "Α",
                "--municipality",
                "kavala",
                "--department",
                "77",
            ],
            "",
            "--department is not a department",
        ),
        (
            ["platform_administrator", "--email", "a@b.example", "--last-name", "Α", "--municipality", "kavala"],
            "",
            "--municipality is not for a platform administrator",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_one_line_and_nothing_is_entered(
    town: Town, arguments: list[str], typed: str, line: str
) -> None:
    with pytest.raises(SystemExit, match=line):
        enter(town, *arguments, typed=typed)
    assert rows(town.context.db, OfficialRow) == []
    assert rows(town.context.db, AuditEventRow) == []


def test_one_address_is_one_officials(town: Town) -> None:
    enter(town, "official", "--email", "a@b.example", "--last-name", "Α", "--municipality", "kavala")
    enter(town, "official", "--afm", "--last-name", "Β", "--municipality", "kavala", typed=NIKOS.afm.digits)
    with pytest.raises(SystemExit, match="--email belongs to another official"):
        enter(town, "official", "--afm", "--email", "A@B.example", "--municipality", "kavala", typed=NIKOS.afm.digits)
