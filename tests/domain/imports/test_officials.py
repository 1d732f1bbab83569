"""A line of the file of officials is one person, or says all that is wrong with it."""

import pytest

from dimoslive.domain.errors import InvalidDetails
from dimoslive.domain.imports.officials import OfficialLine, parse_official
from dimoslive.domain.imports.places import KnownDesk, KnownPlaces
from dimoslive.domain.imports.rows import Row
from dimoslive.domain.people.principals import StaffRole

REGISTRY, TREASURY = 1, 2
PLACES = KnownPlaces(
    departments={REGISTRY: ("Δημοτολόγιο", "Registry"), TREASURY: ("Ταμείο", "Treasury")},
    desks={
        11: KnownDesk(REGISTRY, ("Θέση 1", "Desk 1")),
        12: KnownDesk(REGISTRY, ("Θέση 2", "Desk 2")),
        21: KnownDesk(TREASURY, ("Θέση 1", "Desk 1")),
    },
)


def parse(**cells: str) -> OfficialLine:
    whole = {"last_name": "Νικολαΐδης", "first_name": "Γεώργιος", "afm": "135724681"} | cells
    return parse_official(Row(2, whole), PLACES)


def problems(**cells: str) -> list[tuple[str, str]]:
    with pytest.raises(InvalidDetails) as caught:
        parse(**cells)
    return [(problem.field, problem.code) for problem in caught.value.problems]


def test_a_whole_line_is_read() -> None:
    line = parse(email="g@example.com", role="Προϊστάμενος", departments="Δημοτολογιο|TREASURY", desks="Θέση 2")
    assert (line.last_name, line.first_name) == ("Νικολαΐδης", "Γεώργιος")
    assert line.afm is not None
    assert line.afm.digits == "135724681"
    assert line.role is StaffRole.HEAD
    assert line.department_ids == frozenset({REGISTRY, TREASURY})
    assert line.desk_ids == frozenset({12})


def test_an_empty_cell_says_nothing() -> None:
    line = parse(email=" ", role="")
    assert (line.email, line.role, line.department_ids, line.desk_ids) == (None, None, None, None)


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("υπάλληλος", StaffRole.OFFICIAL),
        ("ΠΡΟΪΣΤΑΜΕΝΗ", StaffRole.HEAD),
        ("Διαχειρίστρια", StaffRole.ADMINISTRATOR),
        ("head", StaffRole.HEAD),
    ],
)
def test_a_role_is_said_in_either_language(word: str, role: StaffRole) -> None:
    assert parse(role=word).role is role


def test_the_zero_that_a_spreadsheet_dropped_is_back() -> None:
    line = parse(afm="24681354")
    assert line.afm is not None
    assert line.afm.digits == "024681354"


def test_a_company_is_no_official() -> None:
    assert problems(afm="999000111") == [("afm", "company_afm")]
    assert problems(afm="94014201") == [("afm", "company_afm")]


def test_a_desk_s_name_is_sought_in_the_line_s_departments() -> None:
    assert parse(departments="Ταμείο", desks="Θέση 1").desk_ids == frozenset({21})
    assert problems(desks="Θέση 1") == [("desks", "name_of_several")]
    assert problems(departments="Ταμείο", desks="Θέση 2") == [("desks", "unknown_name")]


def test_a_line_tells_all_its_mistakes() -> None:
    assert problems(last_name="=1+1", first_name="", afm="123456789", email="nobody", role="δήμαρχος") == [
        ("last_name", "begins_like_a_formula"),
        ("first_name", "required"),
        ("afm", "invalid_afm"),
        ("email", "invalid_email"),
        ("role", "unknown_word"),
    ]


def test_somebody_is_known_by_afm_or_email() -> None:
    assert problems(afm="") == [("afm", "afm_or_email_required")]
    assert parse(afm="", email="G@Example.com").keys == ("g@example.com",)


def test_an_administrator_has_all_departments() -> None:
    assert problems(role="διαχειριστής", departments="Ταμείο") == [("departments", "administrator_has_all_departments")]


def test_the_platform_s_role_is_no_municipality_s_to_give() -> None:
    assert problems(role="platform_administrator") == [("role", "unknown_word")]


def test_a_line_prints_no_person() -> None:
    assert "Νικολ" not in repr(parse())
    assert "Νικολ" not in repr(Row(2, {"last_name": "Νικολαΐδης"}))
