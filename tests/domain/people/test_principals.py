from dimoslive.domain.people.principals import Citizen


def test_the_full_name_is_first_and_last_name() -> None:
    assert Citizen(1, "ΜΑΡΙΑ", "ΠΑΠΑΔΟΠΟΥΛΟΥ", session_id=7).full_name == "ΜΑΡΙΑ ΠΑΠΑΔΟΠΟΥΛΟΥ"


def test_a_missing_part_of_the_name_leaves_no_blank() -> None:
    assert Citizen(1, "", "ΠΑΠΑΔΟΠΟΥΛΟΥ", session_id=7).full_name == "ΠΑΠΑΔΟΠΟΥΛΟΥ"


def test_a_name_stays_out_of_the_log() -> None:
    shown = repr(Citizen(1, "ΜΑΡΙΑ", "ΠΑΠΑΔΟΠΟΥΛΟΥ", session_id=7))
    assert "id=1" in shown
    assert "ΜΑΡΙΑ" not in shown
    assert "ΠΑΠΑΔΟΠΟΥΛΟΥ" not in shown
