import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.people.personal_data import (
    MAX_EMAIL_LENGTH,
    Afm,
    EmailAddress,
    PhoneNumber,
    clean_line,
    clean_text,
)

NINE_DIGITS = st.text("0123456789", min_size=9, max_size=9)
UNSEEN = st.sampled_from("\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u202e\u2060\u2066\u2069\ufe0f\ufeff")
TYPED = st.text() | NINE_DIGITS | st.from_regex(r"(\+|00)?[0-9 ]{3,16}", fullmatch=True) | st.emails()


def check_digit(eight: str) -> str:
    return str(sum(int(digit) << 8 - place for place, digit in enumerate(eight)) % 11 % 10)


@given(st.text("0123456789", min_size=8, max_size=8))
@example("00000001")
@example("09425921")
def test_of_ten_last_digits_only_the_check_digit_is_accepted(eight: str) -> None:
    accepted = [last for last in "0123456789" if _is_afm(eight + last)]
    assert accepted == ([] if eight == "00000000" else [check_digit(eight)])


@given(TYPED)
@example("٠٩٤٢٥٩٢١٦")
@example("6" * 5000)
@example("@" * 5000)
def test_whatever_is_typed_is_parsed_or_refused_politely(text: str) -> None:
    for parse in (Afm.parse, EmailAddress.parse, PhoneNumber.parse):
        try:
            value = parse(text)
        except InvalidInput:
            continue
        assert value == type(value).parse(_stored(value))


@given(NINE_DIGITS)
def test_a_masked_afm_tells_three_digits(digits: str) -> None:
    afm = Afm(digits)
    assert afm.masked == "*" * 6 + digits[6:]
    assert digits not in repr(afm)


@given(st.text())
def test_a_clean_line_stays_as_it_is(text: str) -> None:
    try:
        line = clean_line("name", text, max_length=200, required=False)
    except InvalidInput:
        return
    assert clean_line("name", line, max_length=200, required=False) == line
    assert "  " not in line
    assert unicodedata.is_normalized("NFC", line)
    assert line == line.strip()
    assert len(line.splitlines()) <= 1


@given(st.text())
def test_a_clean_text_stays_as_it_is(text: str) -> None:
    try:
        clean = clean_text("subject", text, max_length=200, required=False)
    except InvalidInput:
        return
    assert clean_text("subject", clean, max_length=200, required=False) == clean
    assert "\r" not in clean
    assert unicodedata.is_normalized("NFC", clean)


@given(st.text(st.sampled_from("αβ γé1\u0301")), st.lists(st.tuples(st.integers(0, 30), UNSEEN)))
def test_a_line_is_the_same_wherever_something_invisible_slipped_in(seen: str, slips: list[tuple[int, str]]) -> None:
    text = seen
    for place, unseen in slips:
        text = text[:place] + unseen + text[place:]
    assert _line(text) == _line(seen)


@given(st.characters(codec="utf-8", exclude_categories=["Cc"]))
def test_no_character_depends_on_the_year_of_this_python(character: str) -> None:
    """What is not assigned today is an emoji of tomorrow; only what Unicode promises never to assign is refused."""
    never = 0xFDD0 <= ord(character) <= 0xFDEF or ord(character) & 0xFFFE == 0xFFFE
    try:
        clean_text("subject", f"α{character}", max_length=9)
        was_refused = False
    except InvalidInput:
        was_refused = True
    assert was_refused == never


@given(st.emails(), st.lists(st.tuples(st.integers(0, 30), UNSEEN)))
def test_an_address_is_the_same_wherever_something_invisible_slipped_in(
    address: str, slips: list[tuple[int, str]]
) -> None:
    text = address
    for place, unseen in slips:
        text = text[:place] + unseen + text[place:]
    assert _address(text) == _address(address)
    assert len(_address(text)) <= MAX_EMAIL_LENGTH


def _line(text: str) -> str:
    return clean_line("name", text, max_length=200, required=False)


def _address(text: str) -> str:
    try:
        return EmailAddress.parse(text).text
    except InvalidInput:
        return ""


def _is_afm(text: str) -> bool:
    try:
        return bool(Afm.parse(text))
    except InvalidInput:
        return False


def _stored(value: Afm | EmailAddress | PhoneNumber) -> str:
    match value:
        case Afm():
            return value.digits
        case EmailAddress():
            return value.text
        case PhoneNumber():
            return value.e164
