"""The local holidays of municipalities, as far as they are well known: suggestions, which somebody confirms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class LocalHoliday:
    """The same day each year."""

    month: int
    day: int
    name_el: str
    name_en: str

    def next_from(self, today: date) -> date:
        """When it is next; today counts."""
        this_year = date(today.year, self.month, self.day)
        return this_year if this_year >= today else date(today.year + 1, self.month, self.day)


def _saint(month: int, day: int, name_el: str, name_en: str) -> LocalHoliday:
    return LocalHoliday(month, day, f"Τοπική αργία: {name_el}", f"Local holiday: {name_en}")


def _freed(month: int, day: int) -> LocalHoliday:
    return _saint(month, day, "επέτειος της απελευθέρωσης", "liberation day")


_PAUL = _saint(6, 29, "Απόστολος Παύλος", "Saint Paul the Apostle")
_NICHOLAS = _saint(12, 6, "Άγιος Νικόλαος", "Saint Nicholas")
_SPYRIDON = _saint(12, 12, "Άγιος Σπυρίδων", "Saint Spyridon")
_PRESENTATION = _saint(11, 21, "Εισόδια της Θεοτόκου", "Presentation of the Virgin Mary")
_DODECANESE = _saint(3, 7, "ενσωμάτωση της Δωδεκανήσου", "union of the Dodecanese with Greece")

KNOWN: Mapping[int, tuple[LocalHoliday, ...]] = {
    9002: (_PRESENTATION,),
    9006: (_freed(5, 14),),
    9012: (_PAUL,),
    9017: (_freed(10, 4),),
    9021: (_freed(5, 14),),
    9031: (_saint(10, 26, "Άγιος Δημήτριος", "Saint Demetrius"),),
    9063: (_freed(11, 11),),
    9068: (_NICHOLAS,),
    9072: (_freed(11, 8),),
    9084: (_freed(2, 21),),
    9100: (_saint(5, 15, "Άγιος Αχίλλιος", "Saint Achillius"),),
    9105: (_NICHOLAS,),
    9114: (_saint(9, 15, "Άγιος Βησσαρίων", "Saint Bessarion"),),
    9116: (_saint(12, 17, "Άγιος Διονύσιος", "Saint Dionysius"),),
    9118: (_SPYRIDON,),
    9120: (_saint(10, 20, "Άγιος Γεράσιμος", "Saint Gerasimus"),),
    9134: (_saint(11, 30, "Άγιος Ανδρέας", "Saint Andrew"),),
    9160: (_saint(10, 18, "Άγιος Λουκάς", "Saint Luke"),),
    9186: (_saint(10, 3, "Άγιος Διονύσιος ο Αρεοπαγίτης", "Saint Dionysius the Areopagite"),),
    9205: (_SPYRIDON,),
    9233: (_saint(5, 3, "Άγιος Πέτρος", "Saint Peter of Argos"),),
    9236: (_saint(2, 1, "Άγιος Αναστάσιος", "Saint Anastasius"),),
    9243: (_PAUL,),
    9254: (_saint(2, 2, "Υπαπαντή", "Presentation of Jesus"),),
    9284: (_DODECANESE,),
    9296: (_DODECANESE,),
    9305: (_saint(11, 11, "Άγιος Μηνάς", "Saint Menas"),),
    9325: (_PRESENTATION,),
}
"""By the municipality's code."""
