"""Values that name a person: parsed once, masked when shown, never in a log."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Self

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from stdnum.gr import vat

from dimoslive.domain.errors import InvalidInput

MAX_NAME_LENGTH = 250
"""First and last name together, or a business: the same for whom the sign-in names and for who is typed."""
MAX_EMAIL_LENGTH = 254
MAX_PHONE_LENGTH = 100
"""As typed; what is stored has sixteen characters at most."""

# Characters are named here, by what Unicode calls default ignorable and the few others that nobody sees: a Python
# knows only those of its own year, and what it does not know yet is most likely a new emoji.
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
# Of these, what shapes words and emoji in a text: joiners, marks of direction, variation selectors, tags.
_SHAPING = "\u061c\u180b-\u180d\u180f\u200c-\u200f\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef"
_LINE_ENDS = "\n\v\f\r\x85\u2028\u2029"
_BLANKS = f"{_LINE_ENDS}\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000\U00013441\U00013442"
_NO_CHARACTERS = "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))

_unseen = re.compile(f"[{_UNSEEN}]")
_unseen_in_text = re.compile(f"(?![{_SHAPING}])[{_UNSEEN}]")
_blanks = re.compile(f"[{_BLANKS}]+")
_line_end = re.compile(f"\r\n|[{_LINE_ENDS}]")
_nothing = re.compile(f"[{_BLANKS}{_UNSEEN}]*")
_refused = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NO_CHARACTERS}]")

_extension = re.compile(r"\bεσωτ\w*\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, repr=False)
class Afm:
    """A Greek tax number: nine digits whose last is a check digit. The leading zero counts."""

    digits: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Accept nine digits with blanks around them; raise `InvalidInput` for anything else."""
        digits = _one_line(text)
        # Nine zeros satisfy the check digit but belong to nobody.
        if not re.fullmatch(r"[0-9]{9}", digits) or digits == "000000000" or not vat.is_valid(digits):
            raise InvalidInput("afm", "invalid_afm")
        return cls(digits)

    @classmethod
    def of_person(cls, text: str) -> Self:
        """Read a typed AFM of somebody who is to sign in, which no company can; raises `InvalidInput`."""
        afm = cls.parse(text)
        if afm.is_of_company:
            raise InvalidInput("afm", "company_afm")
        return afm

    @property
    def is_of_company(self) -> bool:
        """Whether it is a legal person's: the office gives those 7, 8 or 9 first, and before that 09."""
        return self.digits.startswith(("7", "8", "9", "09"))

    @property
    def masked(self) -> str:
        """The form that may be shown: ``******123``."""
        return "******" + self.digits[-3:]

    def __repr__(self) -> str:
        return f"Afm({self.masked})"


@dataclass(frozen=True, slots=True, repr=False)
class EmailAddress:
    """A mail address of valid form, at most 254 characters, its domain in lower case."""

    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Check the form alone (no look-up of the domain); raise `InvalidInput`."""
        try:
            checked = validate_email(_one_line(text), check_deliverability=False)
        except EmailNotValidError:
            raise InvalidInput("email", "invalid_email") from None
        # A mail header carries ASCII addresses everywhere; other scripts in the local part do not arrive everywhere.
        if checked.ascii_email is None:
            raise InvalidInput("email", "invalid_email")
        return cls(checked.ascii_email)

    @property
    def mailbox(self) -> str:
        """The same for all spellings that many providers deliver to one person: case, dots and a tag after ``+``."""
        local, _, domain = self.text.casefold().rpartition("@")
        return f"{local.partition('+')[0].replace('.', '')}@{domain}"

    def __repr__(self) -> str:
        local, _, domain = self.text.partition("@")
        return f"EmailAddress({local[:1]}…@{domain})"


@dataclass(frozen=True, slots=True, repr=False)
class PhoneNumber:
    """A valid telephone number of any country, as E.164 (``+306912345678``)."""

    e164: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a Greek number, or any with ``+`` or ``00`` before it; raise `InvalidInput`."""
        try:
            number = phonenumbers.parse(_extension.sub("ext", _one_line(text)), "GR", keep_raw_input=True)
        except phonenumbers.NumberParseException:
            raise InvalidInput("phone", "invalid_phone") from None
        if number.extension:
            raise InvalidInput("phone", "phone_extension")
        is_national = number.country_code_source == phonenumbers.CountryCodeSource.FROM_DEFAULT_COUNTRY
        if not is_national and not phonenumbers.is_valid_number(number):
            # «+30 (0) 210 …»: a zero that is dialled within some countries alone, and in Greece never.
            number.italian_leading_zero = None
        if not phonenumbers.is_valid_number(number):
            raise InvalidInput("phone", "invalid_phone")
        return cls(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

    @property
    def shown(self) -> str:
        """A Greek number in the national form, any other in the international one."""
        number = phonenumbers.parse(self.e164)
        form = phonenumbers.PhoneNumberFormat
        return phonenumbers.format_number(number, form.NATIONAL if number.country_code == 30 else form.INTERNATIONAL)

    def __repr__(self) -> str:
        return f"PhoneNumber({self.e164[:3]}…{self.e164[-2:]})"


def shown_phone(phone: str) -> str:
    """A number that a municipality gave, as people read it; what is none, as somebody entered it."""
    try:
        return PhoneNumber.parse(phone).shown if phone else ""
    except InvalidInput:
        return phone


def clean_line(field: str, text: str, *, max_length: int, required: bool = True) -> str:
    """One line of typed text: NFC, blanks and line ends folded, nothing invisible; `InvalidInput` as `clean_text`."""
    return _checked(field, _one_line(text), max_length, required)


def clean_text(field: str, text: str, *, max_length: int, required: bool = True) -> str:
    """Typed text of several lines, in NFC, which end with a line feed alone.

    `InvalidInput` when it shows nothing though it is required, is too long or has control characters.
    """
    lines = _unseen_in_text.sub("", _line_end.sub("\n", text))
    return _checked(field, unicodedata.normalize("NFC", lines).strip("\n\t \u00a0"), max_length, required)


def _one_line(text: str) -> str:
    return unicodedata.normalize("NFC", _blanks.sub(" ", _unseen.sub("", text)).strip(" "))


def _checked(field: str, text: str, max_length: int, required: bool) -> str:
    if _refused.search(text):
        raise InvalidInput(field, "control_characters")
    if _nothing.fullmatch(text):
        text = ""
    if required and not text:
        raise InvalidInput(field, "required")
    if len(text) > max_length:
        raise InvalidInput(field, "too_long", max_length=max_length, length=len(text))
    return text
