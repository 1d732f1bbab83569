from hypothesis import example, given
from hypothesis import strategies as st

from dimoslive.i18n.search_key import latin_key, search_key, upper_greek

GREEK = st.text("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏΪΫ -", max_size=20)


@given(GREEK)
@example("Άγιος")
def test_case_and_accents_do_not_change_the_key(text: str) -> None:
    assert search_key(upper_greek(text)) == search_key(text) == search_key(text.lower())


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


@given(GREEK)
@example("Μάιος")
def test_capitals_are_their_own_capitals_and_carry_no_accent(text: str) -> None:
    capitals = upper_greek(text)
    assert upper_greek(capitals) == capitals
    assert set(capitals) <= set("ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΪΫ -")


@given(GREEK)
def test_the_latin_key_of_greek_has_latin_letters_alone(text: str) -> None:
    assert latin_key(text).isascii()
