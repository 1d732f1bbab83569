"""Finding a municipality by what people type: its official name, its usual one or its seat, in Greek or Latin letters.

The picker of the pages finds the same by the same rules, in `frontend/components/municipality_search.ts`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from dimoslive.domain.catalogue.municipality import MunicipalityName

# Spellings that are heard alike become one sound, whichever alphabet they come from; the longest is read first.
_SOUNDS = {
    "αι": "e", "ει": "i", "οι": "i", "υι": "i", "ου": "u", "αυ": "av", "ευ": "ev", "αφ": "av", "εφ": "ev",
    "μπ": "v", "ντ": "d", "νδ": "d", "γκ": "g", "γγ": "g",
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "8", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "τ": "t", "υ": "i", "φ": "f", "χ": "x",
    "ψ": "ps", "ω": "o",
    "ai": "e", "ae": "e", "ei": "i", "oi": "i", "ayi": "agi", "yi": "gi", "y": "i", "ou": "u", "oy": "u",
    "au": "av", "ay": "av", "af": "av", "aph": "av", "eu": "ev", "ey": "ev", "ef": "ev", "eph": "ev",
    "mp": "v", "mb": "v", "b": "v", "nt": "d", "nd": "d", "dh": "d", "gk": "g", "ng": "g", "gh": "g",
    "nth": "n8", "mph": "mf", "th": "8", "9": "8", "ph": "f", "ch": "x", "kh": "x", "h": "x", "ks": "x", "3": "x",
    "c": "k", "w": "o",
}  # fmt: skip
_SPELLINGS = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_TWICE = re.compile(r"([a-z])\1")
_ENDING = re.compile(r"(..)[aeiou][sn]?$")
# «Δήμος» says nothing: all of them are. After «Δ.» alone nothing can be told.
_TITLE = re.compile(r"^(?:(?:δημοσ|δημου|δημο|d[ih]mos|d[ih]mou|(?:municipality|city)(?: of)?)(?= |$)|δ(?= ))")
MAX_TYPED_LENGTH = 80


class _Rank(IntEnum):
    """How near a municipality is to what was typed, the nearest first."""

    NAME = 0
    START = 2
    ENDING = 4
    INSIDE = 5
    WORDS = 7
    THERE = 8
    AREA = 9
    BEGINNINGS = 10
    NONE = 11


_BY_SOUND = 1
"""A likeness by sound is so much further than one by letters."""


class _Word(NamedTuple):
    """A word of a sound key, and what is left of it without its ending: «βόλος», «βόλου» and «βόλο» are one."""

    word: str
    stem: str


_Fits = Callable[[_Word, _Word], bool]


@dataclass(frozen=True, slots=True)
class PreparedMunicipality:
    """What is compared with each thing typed, made once for the whole list."""

    one: MunicipalityName
    names: list[str]
    sounds: list[str]
    spoken: list[list[_Word]]
    area: list[_Word]


def typed_key(text: str) -> str:
    """No case, no accents, one sigma, and words alone: «Αγ.Παρασκευή» is «αγ παρασκευη»."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.category(letter).startswith("M")
    )
    lower = plain.lower().replace("ς", "σ")
    words = "".join(letter if unicodedata.category(letter)[0] in "LN" else " " for letter in lower)
    return " ".join(words.split())


def heard_key(key: str) -> str:
    """A key as it is heard: «πειραιας», ``peiraias`` and ``pireas`` are one."""
    return _TWICE.sub(r"\1", _SPELLINGS.sub(lambda found: _SOUNDS[found[0]], key))


def prepare_search(municipalities: Iterable[MunicipalityName]) -> list[PreparedMunicipality]:
    """The list as it is searched."""
    return [_prepared(one) for one in municipalities]


def search_municipalities(prepared: list[PreparedMunicipality], typed: str) -> list[MunicipalityName]:
    """All that may be meant, the nearest first; equally near ones stay in the order of the list."""
    whole = typed_key(typed[:MAX_TYPED_LENGTH])
    if not whole:
        return []
    key = _TITLE.sub("", whole, count=1).strip()
    if not key:
        return [entry.one for entry in prepared]
    return next((found for reading in _readings(key) if (found := _nearest(prepared, reading))), [])


def _prepared(one: MunicipalityName) -> PreparedMunicipality:
    names = [typed_key(name) for name in (one.short_name["el"], one.short_name["en"], *one.aliases)]
    areas = [*one.regional_unit.values(), *one.region.values()]
    sounds = [heard_key(name) for name in names]
    area = [word for name in areas for word in _words(heard_key(typed_key(name)))]
    return PreparedMunicipality(one, names, sounds, [_words(sound) for sound in sounds], area)


def _readings(key: str) -> tuple[str, ...]:
    """Some type the Latin letter that looks like the Greek one: ``kalumnos``, ``xanthh``, ``sparth``."""
    drawn = re.sub(r"(^|[^oae])u", r"\1i", key)
    return key, drawn.replace("th", "8").replace("h", "i"), drawn.replace("h", "i")


def _nearest(prepared: list[PreparedMunicipality], key: str) -> list[MunicipalityName]:
    sound = heard_key(key)
    words = _words(sound)
    ranked = [(_rank(entry, key, sound, words), entry.one) for entry in prepared]
    # Who types the name of a town does not ask for its whole region.
    is_named = any(rank < _Rank.INSIDE or rank == _Rank.THERE for rank, _ in ranked)
    found = [pair for pair in ranked if pair[0] < _Rank.NONE and not (is_named and pair[0] == _Rank.AREA)]
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _rank(entry: PreparedMunicipality, key: str, sound: str, typed: list[_Word]) -> int:
    whole = min(_likeness(entry.names, key), _likeness(entry.sounds, sound) + _BY_SOUND)
    if whole < _Rank.ENDING:
        return whole
    if any(_is_all(name, typed) for name in entry.spoken):
        return _Rank.ENDING
    if whole < _Rank.WORDS:
        return whole
    return _loose_rank([word for name in entry.spoken for word in name], entry.area, typed)


def _loose_rank(words: list[_Word], area: list[_Word], typed: list[_Word]) -> int:
    def not_named(fits: _Fits) -> list[_Word]:
        return [one for one in typed if not any(fits(one, of) for of in words)]

    def is_there(others: list[_Word], fits: _Fits) -> bool:
        return all(any(fits(one, of) for of in area) for one in others)

    others = not_named(_is_same)
    if not others:
        return _Rank.WORDS
    # «Πύργος Ηλείας»: a name, and where it is.
    if is_there(others, _is_same):
        return _Rank.THERE if len(others) < len(typed) else _Rank.AREA
    rest = not_named(_begins)
    return _Rank.BEGINNINGS if len(rest) < len(typed) and is_there(rest, _begins) else _Rank.NONE


def _likeness(names: list[str], key: str) -> int:
    """Whether it is one of the names, the start of one, or the start of a word inside of one."""
    if key in names:
        return _Rank.NAME
    if any(name.startswith(key) for name in names):
        return _Rank.START
    return _Rank.INSIDE if any(f" {key}" in name for name in names) else _Rank.NONE


def _is_all(name: list[_Word], typed: list[_Word]) -> bool:
    """«Τρικάλων» is «Τρίκαλα», «Ν. Ιωνία» is «Νέα Ιωνία»."""
    return len(name) == len(typed) and all(
        of.word.startswith(one.word) or _is_same(one, of) for of, one in zip(name, typed, strict=True)
    )


def _is_same(typed: _Word, of: _Word) -> bool:
    return typed.stem == of.stem


def _begins(typed: _Word, of: _Word) -> bool:
    """Short stems begin too many words: «Άργος» is not «Αργιθέα»."""
    return (
        of.word.startswith(typed.word)
        or _is_same(typed, of)
        or (len(typed.stem) > 3 and of.word.startswith(typed.stem))
    )


def _words(sound: str) -> list[_Word]:
    return [_Word(word, _ENDING.sub(r"\1", word)) for word in sound.split(" ")]
