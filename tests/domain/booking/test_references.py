import pytest

from dimoslive.domain.booking.references import make_reference, parse_reference, show_reference


def test_a_reference_is_eight_characters_that_cannot_be_mistaken() -> None:
    assert make_reference(0) == "00000000"
    assert make_reference(2**40 - 1) == "ZZZZZZZZ"
    assert make_reference(1) == "00000001"
    assert make_reference(32) == "00000010"


def test_a_reference_is_shown_in_two_groups() -> None:
    assert show_reference("K7PM3XQ9") == "K7PM-3XQ9"


@pytest.mark.parametrize(
    "typed", ["K7PM3XQ9", "K7PM-3XQ9", "k7pm 3xq9", "  k7pm-3xq9\n", "K 7 P M 3 X Q 9", "K7PM\u00a03XQ9"]
)
def test_blanks_dashes_and_case_do_not_matter(typed: str) -> None:
    assert parse_reference(typed) == "K7PM3XQ9"


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    assert parse_reference("oOiI-lL00") == "00111100"


@pytest.mark.parametrize(
    "typed",
    ["", "K7PM3XQ", "K7PM3XQ99", "K7PM3XQU", "K7PM/3XQ9", "K7PM3XQ٩", "' OR 1=1", "K7PM3XQ9" + " " * 60 + "and more"],
)
def test_anything_else_is_no_reference(typed: str) -> None:
    assert parse_reference(typed) is None
