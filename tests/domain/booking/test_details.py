import pytest

from dimoslive.domain.booking.details import ServedPerson, TypedDetails, parse_details
from dimoslive.domain.errors import InvalidDetails
from dimoslive.domain.people.personal_data import MAX_NAME_LENGTH

SIGNED_IN = "ΜΑΡΙΑ ΠΑΠΑΔΟΠΟΥΛΟΥ"


def typed(**words: str) -> TypedDetails:
    usual = {"email": "maria@example.com", "phone": "691 234 5678", "subject": "Πιστοποιητικό"}
    return TypedDetails(**(usual | words))  # type: ignore[arg-type]  # all words are form text


def test_what_is_typed_is_stored_in_its_parsed_form() -> None:
    details = parse_details(typed(address="  Ομονοίας  117 ", help_needed="Νοηματική\r\nγλώσσα"), SIGNED_IN)
    assert (details.email, details.phone) == ("maria@example.com", "+306912345678")
    assert (details.address, details.help_needed) == ("Ομονοίας 117", "Νοηματική\nγλώσσα")


def test_for_oneself_the_name_is_the_one_of_the_sign_in_whatever_was_typed() -> None:
    details = parse_details(typed(served_person="self", person_name="ΑΛΛΟΣ"), SIGNED_IN)
    assert (details.served_person, details.name) == (ServedPerson.SELF, SIGNED_IN)


def test_the_name_of_the_sign_in_is_never_refused() -> None:
    long = "Α" * MAX_NAME_LENGTH
    assert parse_details(typed(), long).name == long
    assert parse_details(typed(served_person="other", person_name=long), SIGNED_IN).name == long


@pytest.mark.parametrize("served", ["other", "business"])
def test_for_another_person_or_a_business_the_name_is_the_typed_one(served: str) -> None:
    details = parse_details(typed(served_person=served, person_name="Ν. Νικολάου"), SIGNED_IN)
    assert (details.served_person.value, details.name) == (served, "Ν. Νικολάου")


def test_a_forged_kind_of_person_means_oneself() -> None:
    details = parse_details(typed(served_person="mayor", person_name="ΑΛΛΟΣ"), SIGNED_IN)
    assert (details.served_person, details.name) == (ServedPerson.SELF, SIGNED_IN)


def test_all_problems_are_told_at_once_in_the_order_of_the_page() -> None:
    with pytest.raises(InvalidDetails) as refused:
        parse_details(TypedDetails(served_person="other", address="α" * 201), SIGNED_IN)
    problems = [(problem.field, problem.code) for problem in refused.value.problems]
    assert problems == [
        ("person_name", "required"),
        ("email", "required"),
        ("address", "too_long"),
        ("phone", "required"),
        ("subject", "required"),
    ]
    assert refused.value.params == {"number": 5}


def test_a_wrong_form_is_told_apart_from_a_missing_one() -> None:
    with pytest.raises(InvalidDetails) as refused:
        parse_details(typed(email="maria@", phone="112"), SIGNED_IN)
    assert [problem.code for problem in refused.value.problems] == ["invalid_email", "invalid_phone"]


def test_address_and_special_help_are_optional() -> None:
    details = parse_details(typed(), SIGNED_IN)
    assert (details.address, details.help_needed) == ("", "")
