"""Invented persons with valid AFMs: the simulator's accounts, for development, demo seeds and tests."""

from dataclasses import dataclass
from typing import Literal

from dimoslive.domain.people.personal_data import Afm
from dimoslive.i18n.search_key import upper_greek
from dimoslive.ports import Identity

Quirk = Literal["", "line_break", "numeric_entities"]


@dataclass(frozen=True, slots=True)
class Person:
    """An account at the simulated provider. An empty attribute is one that the answer leaves out."""

    key: str
    user_id: str
    afm: Afm
    first_name: str = ""
    last_name: str = ""
    father_name: str = ""
    mother_name: str = ""
    birth_year: str = ""
    quirk: Quirk = ""

    @property
    def identity(self) -> Identity:
        """What remains of this person after a sign-in: the names in capitals, as the provider writes them."""
        return Identity(self.afm, upper_greek(self.first_name), upper_greek(self.last_name))


ELENI = Person(
    key="eleni",
    user_id="eleni.p",
    afm=Afm.parse("123456783"),
    first_name="Ελένη",
    last_name="Παπαδοπούλου",
    father_name="Δημήτριος",
    mother_name="Σοφία",
    birth_year="1984",
)
GEORGIOS = Person(
    key="georgios",
    user_id="geonik72",
    afm=Afm.parse("135724681"),
    first_name="Γεώργιος",
    last_name="Νικολαΐδης",
    father_name="Αθανάσιος",
    mother_name="Άννα",
    birth_year="1972",
    quirk="line_break",
)
MARIA = Person(
    key="maria",
    user_id="USER171717",
    afm=Afm.parse("171717171"),
    first_name="Μαρία",
    last_name="Οικονόμου",
    father_name="Σταύρος",
    mother_name="Ειρήνη",
    birth_year="1995",
    quirk="numeric_entities",
)
NIKOLAOS = Person(
    key="nikolaos",
    user_id="nkara",
    afm=Afm.parse("024681354"),
    first_name="Νικόλαος",
    last_name="Καραγιάννης",
    father_name="Ιωάννης",
    mother_name="Βασιλική",
    birth_year="1951",
)
BUSINESS = Person(key="business", user_id="aigaio", afm=Afm.parse("999000111"), last_name="Αιγαίο & Σία Ο.Ε.")
NAMELESS_BUSINESS = Person(key="nameless_business", user_id="etaireia2", afm=Afm.parse("999000227"))


def _official(key: str, afm: str, first_name: str, last_name: str) -> Person:
    return Person(key=key, user_id=f"{key}.pa", afm=Afm.parse(afm), first_name=first_name, last_name=last_name)


ATHANASIA = _official("athanasia", "202020209", "Αθανασία", "Κωνσταντίνου")
EMMANOUIL = _official("emmanouil", "303030308", "Εμμανουήλ", "Βασιλάκης")
DESPOINA = _official("despoina", "606060605", "Δέσποινα", "Φραγκιαδάκη")
ARGYRO = _official("argyro", "404040407", "Αργυρώ", "Σταματάκη")
IOANNIS = _official("ioannis", "505050506", "Ιωάννης", "Μαρκάκης")
SPYRIDON = _official("spyridon", "707070704", "Σπυρίδων", "Ζήσης")
VASILIKI = _official("vasiliki", "808080803", "Βασιλική", "Τζίμα")
CHRISTINA = _official("christina", "121212129", "Χριστίνα", "Λάμπρου")
ANNA = _official("anna", "212121213", "Άννα", "Δημητρίου")
PETROS = _official("petros", "909090902", "Πέτρος", "Γεωργίου")

CITIZENS = (ELENI, NIKOLAOS, BUSINESS, NAMELESS_BUSINESS)
OFFICIALS = (
    GEORGIOS,
    ATHANASIA,
    MARIA,
    EMMANOUIL,
    DESPOINA,
    ARGYRO,
    IOANNIS,
    SPYRIDON,
    VASILIKI,
    CHRISTINA,
    ANNA,
    PETROS,
)
PERSONS = (*CITIZENS, *OFFICIALS)
"""Officials are citizens, too: each may sign in at both portals."""
