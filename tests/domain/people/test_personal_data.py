from collections.abc import Callable

import pytest

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.people.personal_data import Afm, EmailAddress, PhoneNumber, clean_line, clean_text

UNSEEN = [
    *"\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e",
    *"\u2060\u2066\u2067\u2068\u2069\ufeff\ufe0f\u034f\u3164\u115f\U000e0001",
]
CONTROLS = ["\0", "\x07", "\x1b", "\x7f", "\x9b", "\ud800", "\uffff", "\ufdd0", "\U0010ffff"]
NEWER_EMOJI = "\U0001fae9"
"""A face of Unicode 16; Python 3.11 knows Unicode 14."""


def _refusal(read: Callable[[], str]) -> tuple[str, str]:
    with pytest.raises(InvalidInput) as refused:
        read()
    return refused.value.field, refused.value.code


class TestAfm:
    @pytest.mark.parametrize("digits", ["094259216", "123456783"])
    def test_nine_digits_with_the_right_check_digit_are_accepted(self, digits: str) -> None:
        assert Afm.parse(digits).digits == digits

    def test_a_leading_zero_is_kept(self) -> None:
        assert Afm.parse("090000045").digits == "090000045"

    def test_blanks_around_it_are_ignored(self) -> None:
        assert Afm.parse("  094259216   \n").digits == "094259216"

    @pytest.mark.parametrize(
        "text",
        [
            "000000000",
            "094259217",
            "94259216",
            "0094259216",
            "09425921",
            "",
            "EL094259216",
            "094 259 216",
            "094259216a",
            "٠٩٤٢٥٩٢١٦",
            "０９４２５９２１６",
            "-94259216",
        ],
        ids=[
            "nine zeros",
            "wrong check digit",
            "leading zero lost",
            "ten digits",
            "eight digits",
            "empty",
            "country prefix",
            "blanks inside",
            "letter",
            "Arabic-Indic digits",
            "full-width digits",
            "sign",
        ],
    )
    def test_anything_else_is_refused(self, text: str) -> None:
        with pytest.raises(InvalidInput) as refused:
            Afm.parse(text)
        assert (refused.value.field, refused.value.code) == ("afm", "invalid_afm")

    def test_it_is_shown_masked(self) -> None:
        afm = Afm.parse("094259216")
        assert afm.masked == "******216"
        assert repr(afm) == str(afm) == "Afm(******216)"
        assert "094259216" not in f"{afm} {[afm]}"


class TestEmailAddress:
    def test_the_domain_is_lower_case_and_the_rest_as_typed(self) -> None:
        assert EmailAddress.parse("  Maria.P@EXAMPLE.com ").text == "Maria.P@example.com"

    def test_a_greek_domain_is_kept_in_the_form_that_mail_servers_know(self) -> None:
        assert EmailAddress.parse("maria@δήμος.gr").text == "maria@xn--jxalzmp.gr"

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "maria",
            "maria@",
            "maria@example",
            "maria@localhost",
            "maria@@example.com",
            "maria..p@example.com",
            "Μαρία <maria@example.com>",
            "maria@example.com, nikos@example.com",
            "maria@example.com\nBcc: nikos@example.com",
            "μαρία@example.com",
            "maria@[127.0.0.1]",
            "m@" + "d" * 60 + ".gr" * 70,
        ],
    )
    def test_an_address_that_mail_cannot_reach_is_refused(self, text: str) -> None:
        with pytest.raises(InvalidInput) as refused:
            EmailAddress.parse(text)
        assert (refused.value.field, refused.value.code) == ("email", "invalid_email")

    def test_its_repr_hides_the_person(self) -> None:
        assert repr(EmailAddress.parse("maria@example.com")) == "EmailAddress(m…@example.com)"

    @pytest.mark.parametrize("text", ["ma\u200bria@\u00adexample.com", "\ufeffmaria@example.com\u2069\u00a0"])
    def test_what_nobody_sees_is_no_part_of_it(self, text: str) -> None:
        assert EmailAddress.parse(text).text == "maria@example.com"


class TestPhoneNumber:
    @pytest.mark.parametrize(
        "typed",
        [
            "6912345678",
            "691 234 5678",
            "691-234-5678",
            " 6912345678 ",
            "+306912345678",
            "+30 691 234 5678",
            "00306912345678",
            "0030 691 2345678",
            "691\u00a0234\u00a05678",
            "\u202a+30 691 234 5678\u202c",
            "691\u2009234\u200b5678\ufe0f",
            "(+30) 691 234 5678",
            "+30 (691) 234-5678",
            "+30 (0) 691 234 5678",
            "+30(0)6912345678",
            "0030 (0) 691.234.5678",
            "+30 0691 234 5678",
            "00 30 691/2345678",
            "+30-691–234—5678",
            "tel:+30-691-234-5678",
            "Τηλ. 691 234 5678",
            "＋３０ ６９１ ２３４ ５６７８",
            "+۳۰ ۶۹۱ ۲۳۴ ۵۶۷۸",
        ],
    )
    def test_a_greek_mobile_is_stored_in_one_form_however_typed(self, typed: str) -> None:
        number = PhoneNumber.parse(typed)
        assert number.e164 == "+306912345678"
        assert number.shown == "691 234 5678"

    def test_digits_of_other_scripts_are_stored_as_ascii(self) -> None:
        assert PhoneNumber.parse("٦٩١٢٣٤٥٦٧٨").e164 == "+306912345678"

    def test_a_greek_landline_is_accepted(self) -> None:
        assert PhoneNumber.parse("2510 123456").e164 == "+302510123456"

    @pytest.mark.parametrize(
        ("typed", "e164", "shown"),
        [
            ("+49 1512 3456789", "+4915123456789", "+49 1512 3456789"),
            ("0049 30 901820", "+4930901820", "+49 30 901820"),
            ("+1 212 555 2368", "+12125552368", "+1 212-555-2368"),
            ("+39 06 1234 5678", "+390612345678", "+39 06 1234 5678"),
            ("+39 (0)6 1234 5678", "+390612345678", "+39 06 1234 5678"),
            ("+44 (0)20 7946 0958", "+442079460958", "+44 20 7946 0958"),
            ("0049 (0) 30 901820", "+4930901820", "+49 30 901820"),
            ("+1 (0) 212 555 2368", "+12125552368", "+1 212-555-2368"),
        ],
    )
    def test_a_foreign_number_is_accepted_and_shown_with_its_country(self, typed: str, e164: str, shown: str) -> None:
        number = PhoneNumber.parse(typed)
        assert (number.e164, number.shown) == (e164, shown)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "112",
            "69123456",
            "69123456789",
            "+",
            "0030",
            "τηλέφωνο",
            "6912345678, 2510123456",
            "0211 1234567",
            "6912345678" + " " * 60 + "and more",
            "6" * 300,
        ],
    )
    def test_what_is_no_number_is_refused(self, text: str) -> None:
        with pytest.raises(InvalidInput) as refused:
            PhoneNumber.parse(text)
        assert (refused.value.field, refused.value.code) == ("phone", "invalid_phone")

    @pytest.mark.parametrize(
        "text", ["210 1234567 ext 5", "2101234567x12", "210 1234567 εσωτ. 5", "tel:+302101234567;ext=5", "2101234567#5"]
    )
    def test_an_extension_is_refused_for_what_it_is(self, text: str) -> None:
        assert _refusal(lambda: PhoneNumber.parse(text).e164) == ("phone", "phone_extension")

    def test_its_repr_hides_the_number(self) -> None:
        assert repr(PhoneNumber.parse("6912345678")) == "PhoneNumber(+30…78)"


class TestALine:
    def test_blanks_are_folded_whatever_their_kind(self) -> None:
        assert clean_line("name", "  Μαρία \u00a0\u2003 Παπαδοπούλου ", max_length=50) == "Μαρία Παπαδοπούλου"

    def test_letters_and_their_accents_are_one(self) -> None:
        assert clean_line("name", "Μαρι\u0301α", max_length=5) == "Μαρία"

    @pytest.mark.parametrize("text", ["", "   ", "\n", "\u00a0"])
    def test_a_required_line_cannot_be_blank(self, text: str) -> None:
        assert _refusal(lambda: clean_line("name", text, max_length=50)) == ("name", "required")
        assert clean_line("name", text, max_length=50, required=False) == ""

    def test_a_line_has_a_longest_length(self) -> None:
        assert clean_line("name", "α" * 50, max_length=50) == "α" * 50
        with pytest.raises(InvalidInput) as refused:
            clean_line("name", "α" * 51, max_length=50)
        assert (refused.value.code, refused.value.params) == ("too_long", {"max_length": 50, "length": 51})

    @pytest.mark.parametrize("between", ["\n", "\r\n", "\t", "\x85", "\u2028", "\u3000", "\u2800", " \u200b "])
    def test_a_line_end_or_a_blank_of_any_kind_is_a_blank(self, between: str) -> None:
        assert clean_line("name", f"Κύπρου 10{between}Καβάλα", max_length=50) == "Κύπρου 10 Καβάλα"

    @pytest.mark.parametrize("unseen", UNSEEN)
    def test_what_nobody_sees_is_no_part_of_it(self, unseen: str) -> None:
        assert clean_line("name", f"{unseen}Μα{unseen}ρία{unseen}", max_length=5) == "Μαρία"

    @pytest.mark.parametrize("control", CONTROLS)
    def test_control_characters_are_refused(self, control: str) -> None:
        assert _refusal(lambda: clean_line("name", f"Μα{control}ρία", max_length=50)) == ("name", "control_characters")


class TestAText:
    def test_line_ends_are_of_one_kind(self) -> None:
        assert clean_text("subject", " α\r\nβ\rγ\nδ\tε \n", max_length=50) == "α\nβ\nγ\nδ\tε"

    @pytest.mark.parametrize("text", ["👨\u200d👩\u200d👧", "می\u200cخواهم", "❤\ufe0f", "שלום\u200f!", NEWER_EMOJI])
    def test_what_joins_and_shapes_letters_and_emoji_is_kept(self, text: str) -> None:
        assert clean_text("subject", text, max_length=50) == text

    @pytest.mark.parametrize("unseen", ["\u202a", "\u202e", "\u2066", "\u2069", "\u200b", "\ufeff", "\u00ad", "\ufffc"])
    def test_what_nobody_sees_and_nothing_needs_is_dropped(self, unseen: str) -> None:
        assert clean_text("subject", f"α{unseen}β", max_length=2) == "αβ"

    @pytest.mark.parametrize("control", CONTROLS)
    def test_control_characters_are_refused(self, control: str) -> None:
        assert _refusal(lambda: clean_text("subject", f"α{control}β", max_length=50)) == (
            "subject",
            "control_characters",
        )

    @pytest.mark.parametrize(
        "text", ["\u2800", "\u3164\u115f", "\u200d \u200c", "\ufe0f", "\u3000\n\u00a0", "\U000e0001"]
    )
    def test_what_shows_nothing_is_empty(self, text: str) -> None:
        assert _refusal(lambda: clean_text("subject", text, max_length=50)) == ("subject", "required")
        assert clean_text("subject", text, max_length=50, required=False) == ""

    def test_a_text_is_required_unless_said_otherwise(self) -> None:
        assert _refusal(lambda: clean_text("subject", " \n ", max_length=50)) == ("subject", "required")
        assert clean_text("subject", " \n ", max_length=50, required=False) == ""
