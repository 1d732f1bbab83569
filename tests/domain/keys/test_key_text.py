"""The text of a key: what is one, and what is a typo."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimoslive.domain.keys.key_text import HANDLE_BITS, SECRET_BITS, make_handle, make_key_text, parse_key_text

HANDLES = st.integers(0, 2**HANDLE_BITS - 1).map(make_handle)
SECRETS = st.integers(0, 2**SECRET_BITS - 1)
KEY = make_key_text(make_handle(123456789), 2**255 + 17)


@given(HANDLES, SECRETS)
def test_every_key_is_read_back_and_has_the_announced_form(handle: str, secret: int) -> None:
    text = make_key_text(handle, secret)
    parsed = parse_key_text(text)
    assert parsed is not None
    assert (parsed.handle, parsed.last_four) == (handle, text[-4:])
    assert len(text) == len("mdl_") + 8 + 1 + 43 + 4


@given(st.integers(0, len(KEY) - 1), st.characters(codec="ascii"))
def test_one_wrong_character_is_told_without_asking_anybody(at: int, character: str) -> None:
    typed = KEY[:at] + character + KEY[at + 1 :]
    assert (parse_key_text(typed) is None) == (typed != KEY)


@pytest.mark.parametrize(
    "text", ["", "mdl_", KEY[:-1], f"{KEY}0", f" {KEY}", f"{KEY}\n", KEY.upper(), KEY.replace("_", "-")]
)
def test_what_is_no_key_is_none(text: str) -> None:
    assert parse_key_text(text) is None


def test_the_secret_is_kept_as_a_hash_that_says_nothing_of_it() -> None:
    parsed = parse_key_text(KEY)
    assert parsed is not None
    assert parsed.secret_hash not in KEY
    assert len(parsed.secret_hash) == 64
    other = parse_key_text(make_key_text(parsed.handle, 2**255 + 18))
    assert other is not None
    assert other.secret_hash != parsed.secret_hash
