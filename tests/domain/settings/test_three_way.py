"""What comes of two changes of one thing."""

import pytest

from dimoslive.domain.settings.three_way import Change, Conflict, choose, leader_of, merge

OPENED = {"name": "Τμήμα", "duration": 10, "horizon": 60}


def test_what_only_the_other_changed_is_taken_over() -> None:
    found = merge(OPENED, OPENED | {"duration": 15}, OPENED)
    assert found.values == OPENED | {"duration": 15}
    assert (found.taken_over, found.only_mine, found.conflicts) == ((Change("duration", 10, 15),), (), ())


def test_what_only_i_changed_is_saved() -> None:
    found = merge(OPENED, OPENED, OPENED | {"name": "Γραφείο"})
    assert found.values == OPENED | {"name": "Γραφείο"}
    assert (found.taken_over, found.only_mine, found.conflicts) == ((), (Change("name", "Τμήμα", "Γραφείο"),), ())


def test_what_both_changed_is_asked_and_holds_theirs_meanwhile() -> None:
    found = merge(OPENED, OPENED | {"horizon": 45}, OPENED | {"horizon": 90, "name": "Γραφείο"})
    assert found.conflicts == (Conflict("horizon", 60, 45, 90),)
    assert found.values == {"name": "Γραφείο", "duration": 10, "horizon": 45}


def test_the_same_change_by_both_is_no_conflict() -> None:
    found = merge(OPENED, OPENED | {"horizon": 90}, OPENED | {"horizon": 90})
    assert (found.values["horizon"], found.conflicts, found.taken_over) == (90, (), ())


def test_a_field_that_was_not_opened_counts_as_changed_by_both() -> None:
    found = merge({}, {"name": "Α"}, {"name": "Β"})
    assert found.conflicts == (Conflict("name", None, "Α", "Β"),)


@pytest.mark.parametrize(
    ("theirs", "mine", "expected"),
    [
        (("Taxes", False), ("Foroi", True), ("Taxes", False)),
        (("Foroi", True), ("Revenue", False), ("Revenue", False)),
    ],
)
def test_the_mark_of_a_suggestion_goes_with_its_text(
    theirs: tuple[str, bool], mine: tuple[str, bool], expected: tuple[str, bool]
) -> None:
    names = ("name_en", "is_name_en_suggested")
    opened = dict(zip(names, ("Foroi", True), strict=True))
    found = merge(opened, dict(zip(names, theirs, strict=True)), dict(zip(names, mine, strict=True)))
    assert found.values == dict(zip(names, expected, strict=True))
    assert found.conflicts == ()


def test_what_is_chosen_is_mine_with_what_follows_it() -> None:
    merged = {"name_en": "Taxes", "is_name_en_suggested": False, "phone": "1"}
    mine = {"name_en": "Foroi", "is_name_en_suggested": True, "phone": "2"}
    assert choose(merged, mine, {"name_en"}) == {"name_en": "Foroi", "is_name_en_suggested": True, "phone": "1"}
    assert choose(merged, mine, set()) == merged
    assert (leader_of("is_name_en_suggested"), leader_of("name_en")) == ("name_en", "")
