from hypothesis import example, given
from hypothesis import strategies as st

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.personal_data import Afm, EmailAddress, PhoneNumber, clean_line, clean_text

NINE_DIGITS = st.text("0123456789", min_size=9, max_size=9)
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
        line = clean_line("name", text, longest=200, required=False)
    except InvalidInput:
        return
    assert clean_line("name", line, longest=200, required=False) == line
    assert "  " not in line
    assert line == line.strip()
    assert len(line.splitlines()) <= 1


@given(st.text())
def test_a_clean_text_stays_as_it_is(text: str) -> None:
    try:
        clean = clean_text("subject", text, longest=200, required=False)
    except InvalidInput:
        return
    assert clean_text("subject", clean, longest=200, required=False) == clean
    assert "\r" not in clean


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
