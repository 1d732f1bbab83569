"""Values that name a person: parsed once, masked when shown, never in a log."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Self

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from stdnum.gr import vat

from dimoslive.domain.errors import InvalidInput

_CONTROL = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@dataclass(frozen=True, slots=True, repr=False)
class Afm:
    """A Greek tax number: nine digits whose last is a check digit. The leading zero counts."""

    digits: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Accept nine digits with blanks around them; raise `InvalidInput` for anything else."""
        digits = text.strip()
        # Nine zeros satisfy the check digit but belong to nobody.
        if not re.fullmatch(r"[0-9]{9}", digits) or digits == "000000000" or not vat.is_valid(digits):
            raise InvalidInput("afm", "invalid_afm")
        return cls(digits)

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
            checked = validate_email(text.strip(), check_deliverability=False)
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
            number = phonenumbers.parse(text.strip(), "GR")
        except phonenumbers.NumberParseException:
            raise InvalidInput("phone", "invalid_phone") from None
        if not phonenumbers.is_valid_number(number) or number.extension:
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


def clean_line(field: str, text: str, *, longest: int, required: bool = True) -> str:
    """One line of typed text: NFC, blanks folded; `InvalidInput` when empty, too long or with control characters."""
    spaced = "".join(" " if unicodedata.category(c) == "Zs" else c for c in unicodedata.normalize("NFC", text))
    line = re.sub(r" {2,}", " ", spaced).strip()
    return _checked(field, line, longest, required, allowed_controls="")


def clean_text(field: str, text: str, *, longest: int, required: bool = True) -> str:
    """Typed text of several lines, which end with a line feed alone; `InvalidInput` as `clean_line`."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()
    return _checked(field, lines, longest, required, allowed_controls="\n\t")


def _checked(field: str, text: str, longest: int, required: bool, *, allowed_controls: str) -> str:
    if any(unicodedata.category(c) in _CONTROL and c not in allowed_controls for c in text):
        raise InvalidInput(field, "control_characters")
    if required and not text:
        raise InvalidInput(field, "required")
    if len(text) > longest:
        raise InvalidInput(field, "too_long", longest=longest, length=len(text))
    return text
