"""Invented people of the demo: no account, an address that nobody has, a telephone that nobody has."""

from dataclasses import dataclass
from functools import cache
from random import Random

from dimoslive.i18n.search_key import latin_key

_MEN = (
    "Αλέξανδρος", "Αντώνιος", "Βασίλειος", "Γεράσιμος", "Γρηγόριος", "Δημήτριος", "Ευάγγελος", "Θεόδωρος", "Ιάσων",
    "Ιωάννης", "Κωνσταντίνος", "Λεωνίδας", "Μάριος", "Μιχαήλ", "Νικόλαος", "Παναγιώτης", "Παύλος", "Σταύρος",
    "Στέφανος", "Χρήστος",
)  # fmt: skip
_WOMEN = (
    "Αγγελική", "Αικατερίνη", "Αναστασία", "Άννα", "Βασιλική", "Γεωργία", "Δήμητρα", "Ειρήνη", "Ελευθερία", "Ευγενία",
    "Ζωή", "Θεοδώρα", "Ιωάννα", "Καλλιόπη", "Μαρία", "Ξένια", "Παρασκευή", "Σοφία", "Φωτεινή", "Χρυσούλα",
)  # fmt: skip
_SURNAMES = (
    ("Αλεξίου", "Αλεξίου"), ("Αναγνώστου", "Αναγνώστου"), ("Βαρδάκης", "Βαρδάκη"), ("Γαλανός", "Γαλανού"),
    ("Δάλλας", "Δάλλα"), ("Ευσταθίου", "Ευσταθίου"), ("Ζαχαρίου", "Ζαχαρίου"), ("Ηλιάδης", "Ηλιάδη"),
    ("Θεοδώρου", "Θεοδώρου"), ("Καλλέργης", "Καλλέργη"), ("Κοντός", "Κοντού"), ("Λιάπης", "Λιάπη"),
    ("Μανουσάκης", "Μανουσάκη"), ("Μακρής", "Μακρή"), ("Νάκος", "Νάκου"), ("Οικονομίδης", "Οικονομίδου"),
    ("Πετράκης", "Πετράκη"), ("Ράπτης", "Ράπτη"), ("Σαμαράς", "Σαμαρά"), ("Σιδέρης", "Σιδέρη"),
    ("Τζαβέλας", "Τζαβέλα"), ("Τριανταφύλλου", "Τριανταφύλλου"), ("Φλώρος", "Φλώρου"), ("Χατζής", "Χατζή"),
    ("Ψαρράς", "Ψαρρά"),
)  # fmt: skip
FIRST_PHONE, PHONES = 40, 60
"""The numbers below these belong to people of whom the demo tells something; each has one of their own."""


@dataclass(frozen=True)
class Somebody:
    """Whom a booking is for, and how to reach them."""

    name: str
    email: str
    phone: str
    first_name: str = ""
    last_name: str = ""


def chance(*words: object) -> Random:
    """Always the same numbers for the same words."""
    return Random(" ".join(map(str, words)))  # noqa: S311  # invented people keep no secrets


def phone_of(number: int) -> str:
    """One of the hundred numbers that the demo uses: Athens, and out of service."""
    return f"+302100000{number:03}"


def somebody(name: str, phone: int, *, has_email: bool = True) -> Somebody:
    """A person by name; ``phone`` is the end of the number."""
    # A name of two words is a person's; a business has more, and keeps its name in one.
    first_name, last_name = name.split() if name.count(" ") == 1 else ("", "")
    return Somebody(name, _address(name) if has_email else "", phone_of(phone), first_name, last_name)


@cache
def _address(name: str) -> str:
    return f"{latin_key(name).replace(' ', '.').replace('&', 'kai').replace('..', '.').strip('.')}@example.com"


def anybody(rng: Random, *, has_email: bool = True) -> Somebody:
    """A person by chance."""
    is_woman = rng.random() < 0.5
    given = rng.choice(_WOMEN if is_woman else _MEN)
    surname = rng.choice(_SURNAMES)[is_woman]
    return somebody(f"{given} {surname}", FIRST_PHONE + rng.randrange(PHONES), has_email=has_email)
