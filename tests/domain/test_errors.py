import pytest

from dimoslive.domain import errors
from dimoslive.domain.errors import DomainError, InvalidInput, TooManyMoves


def kinds() -> list[type[DomainError]]:
    return [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, DomainError)]


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in kinds()]
    assert len(codes) > 10
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("kind", kinds())
def test_a_code_can_be_the_end_of_a_catalogue_key(kind: type[DomainError]) -> None:
    assert kind.code.isidentifier()
    assert kind.code.islower()


def test_an_error_carries_what_its_sentence_needs() -> None:
    error = TooManyMoves(times=3)
    assert (error.code, error.params, str(error)) == ("too_many_moves", {"times": 3}, "too_many_moves")


def test_invalid_input_names_the_field_and_the_rule_that_was_broken() -> None:
    error = InvalidInput("subject", "too_long", max_length=1000, length=1001)
    assert (error.field, error.code, str(error)) == ("subject", "too_long", "too_long")
    assert error.params == {"max_length": 1000, "length": 1001}
    assert InvalidInput.code == "invalid_input"
