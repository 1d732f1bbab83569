"""Days of the week and ways of being served, as a file names them."""

import re

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.folding import folded
from dimoslive.domain.scheduling.mode import Mode

_DAYS = (
    ("δευτερα", "monday"),
    ("τριτη", "tuesday"),
    ("τεταρτη", "wednesday"),
    ("πεμπτη", "thursday"),
    ("παρασκευη", "friday"),
    ("σαββατο", "saturday"),
    ("κυριακη", "sunday"),
)
_BETWEEN_DAYS = re.compile(r"[\s,;]+")
_RANGE = re.compile("\\s*[-–]\\s*")  # both dashes are typed
_GREEK_MODES = {"φ": Mode.IN_PERSON, "τ": Mode.VIDEO, "κ": Mode.PHONE}
_LATIN_MODES = {"p": Mode.IN_PERSON, "v": Mode.VIDEO, "t": Mode.PHONE}


def parse_weekdays(cell: str) -> frozenset[int]:
    """«Δε,Τρ», «Δευτέρα-Παρασκευή», ``Mo-Fr`` or ``1-5``; 0 is Monday. Raises `InvalidInput`."""
    days: set[int] = set()
    for part in filter(None, _BETWEEN_DAYS.split(_RANGE.sub("-", folded(cell)))):
        ends = [_weekday(word) for word in part.split("-")]
        if len(ends) > 2 or ends[-1] < ends[0]:
            raise InvalidInput("weekdays", "unknown_weekdays")
        days.update(range(ends[0], ends[-1] + 1))
    if not days:
        raise InvalidInput("weekdays", "unknown_weekdays")
    return frozenset(days)


def _weekday(word: str) -> int:
    if re.fullmatch("[1-7]", word):
        return int(word) - 1
    found = [day for day, names in enumerate(_DAYS) if len(word) > 1 and any(name.startswith(word) for name in names)]
    if len(found) != 1:
        raise InvalidInput("weekdays", "unknown_weekdays")
    return found[0]


def parse_modes(cell: str) -> frozenset[Mode]:
    """Letters of one alphabet: «Φ Τ Κ» or ``P V T``. Raises `InvalidInput`.

    The Greek Τ is a video call and the Latin T a telephone call, so a cell with letters of both says nothing for sure.
    """
    letters = {letter for letter in folded(cell) if not re.match(r"[\s,;|/]", letter)}
    for words in (_GREEK_MODES, _LATIN_MODES):
        if letters and letters <= words.keys():
            return frozenset(words[letter] for letter in letters)
    raise InvalidInput("modes", "unknown_modes")
