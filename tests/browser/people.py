"""Invented persons. Each story has its own, so that one story's bookings do not count for another."""

from dataclasses import dataclass
from itertools import count

from dimoslive.domain.people.personal_data import Afm
from dimoslive.i18n.search_key import upper_greek

_numbers = count(20_000_000)


@dataclass(frozen=True)
class Person:
    """Somebody with an account at the simulated TAXISnet."""

    afm: str
    first_name: str
    last_name: str

    @property
    def name(self) -> str:
        """As TAXISnet writes it."""
        return f"{upper_greek(self.first_name)} {upper_greek(self.last_name)}"

    @property
    def last_name_first(self) -> str:
        """As officials look people up."""
        return f"{upper_greek(self.last_name)} {upper_greek(self.first_name)}"

    @property
    def email(self) -> str:
        """An address of their own."""
        return f"polites-{self.afm}@example.com"


def a_person(name: str = "Ελένη Παπαδοπούλου") -> Person:
    """A person who has never been here before."""
    first_name, last_name = name.split(" ", 1)
    return Person(_afm(f"{next(_numbers):08}"), first_name, last_name)


def _afm(first_eight: str) -> str:
    total = sum(int(digit) << power for digit, power in zip(first_eight, range(8, 0, -1), strict=True))
    return Afm.parse(f"{first_eight}{total % 11 % 10}").digits
