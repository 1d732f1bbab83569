from hypothesis import example, given
from hypothesis import strategies as st

from dimoslive.domain.booking.references import make_reference, parse_reference, show_reference

RANDOMNESS = st.integers(0, 2**40 - 1)


@given(RANDOMNESS)
@example(0)
@example(2**40 - 1)
def test_what_is_shown_can_be_typed_back(randomness: int) -> None:
    reference = make_reference(randomness)
    assert parse_reference(show_reference(reference)) == reference
    assert parse_reference(reference.lower()) == reference


@given(RANDOMNESS, st.lists(st.tuples(st.integers(0, 8), st.sampled_from(" -\t\u00a0")), max_size=6))
def test_blanks_and_dashes_anywhere_do_not_matter(randomness: int, extras: list[tuple[int, str]]) -> None:
    reference = typed = make_reference(randomness)
    for place, extra in extras:
        typed = typed[:place] + extra + typed[place:]
    assert parse_reference(typed) == reference


@given(RANDOMNESS)
def test_a_digit_typed_as_the_letter_it_looks_like_is_understood(randomness: int) -> None:
    reference = make_reference(randomness)
    for digit, letters in {"0": "oO", "1": "iIlL"}.items():
        for letter in letters:
            assert parse_reference(reference.replace(digit, letter)) == reference


@given(RANDOMNESS, RANDOMNESS)
def test_different_randomness_makes_different_references(one: int, other: int) -> None:
    assert (make_reference(one) == make_reference(other)) == (one == other)


@given(st.text())
@example("ß" * 4)
@example("K7PM3XQ٩")
def test_any_text_is_either_a_reference_or_refused(text: str) -> None:
    reference = parse_reference(text)
    assert reference is None or parse_reference(show_reference(reference)) == reference
