"""Before anything is changed, each row says what it would do."""

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.imports.places import KnownPlaces
from dimoslive.domain.imports.rows import Row
from dimoslive.domain.imports.services import ServiceLine, parse_service
from dimoslive.domain.imports.verdicts import Judged, Stands, Verdict, count_verdicts, judge_rows

PLACES = KnownPlaces(departments={1: ("Ταμείο",)})
FIELDS = ("name_el", "name_en", "slug", "duration_minutes")
PAYMENTS = Stands(7, ServiceLine(1, "Πληρωμές", name_en="Payments", slug="payments", duration_minutes=10))


def find(line: ServiceLine) -> Stands[ServiceLine] | None:
    if line.slug == "foreign":
        raise InvalidInput("slug", "unknown_name")
    return PAYMENTS if line.slug == "payments" or line.name_el == "Πληρωμές" else None


def judge(*rows: dict[str, str]) -> tuple[Judged[ServiceLine], ...]:
    numbered = [Row(number, {"department": "Ταμείο"} | cells) for number, cells in enumerate(rows, start=2)]
    return judge_rows(numbered, lambda row: parse_service(row, PLACES), lambda _lines: None, find, FIELDS)


def test_what_is_not_there_is_new() -> None:
    [one] = judge({"name_el": "Ρυθμίσεις"})
    assert (one.verdict, one.stands) == (Verdict.NEW, None)


def test_what_says_nothing_else_is_the_same() -> None:
    [one] = judge({"name_el": "Πληρωμές", "duration": "10"})
    assert (one.verdict, one.changes) == (Verdict.SAME, ())


def test_a_change_names_its_fields() -> None:
    [one] = judge({"name_el": "Πληρωμές οφειλών", "slug": "payments", "duration": "20"})
    assert (one.verdict, one.changes) == (Verdict.CHANGE, ("name_el", "duration_minutes"))


def test_a_wrong_row_and_one_that_finds_no_place_are_wrong() -> None:
    wrong, foreign = judge({"name_el": ""}, {"name_el": "Ξένη", "slug": "foreign"})
    assert (wrong.verdict, foreign.verdict) == (Verdict.WRONG, Verdict.WRONG)
    assert [problem.code for problem in (*wrong.problems, *foreign.problems)] == ["required", "unknown_name"]


def test_the_second_row_about_one_thing_is_wrong_and_names_the_first() -> None:
    _, other, second, third = judge(
        {"name_el": "Πληρωμές"},
        {"name_el": "Ρυθμίσεις"},
        {"name_el": "ρυθμισεις"},
        {"name_el": "Άλλο", "slug": "payments"},
    )
    assert other.verdict is Verdict.NEW
    assert [(one.problems[0].code, one.problems[0].params) for one in (second, third)] == [
        ("twice_in_file", {"row": 3}),
        ("twice_in_file", {"row": 2}),
    ]


def test_verdicts_are_counted_all_four() -> None:
    counts = count_verdicts(judge({"name_el": "Πληρωμές"}, {"name_el": ""}, {"name_el": "Νέα"}))
    assert counts == {Verdict.NEW: 1, Verdict.CHANGE: 0, Verdict.SAME: 1, Verdict.WRONG: 1}
