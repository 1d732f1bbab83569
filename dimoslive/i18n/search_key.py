"""Greek text as it is compared and sorted, in Latin letters, and in capitals."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from dimoslive.domain.folding import folded

_MAX_KEYS = 16384
"""Names of all municipalities and of what they offer: they are looked through again and again."""

# The Latin letters that people type for Greek ones; enough for names of places, not a transliteration standard.
# Pairs come first: the longest match wins.
_LATIN = {
    "αυ": "av", "ευ": "ev", "ου": "ou", "μπ": "b", "γγ": "ng",
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch",
    "ψ": "ps", "ω": "o",
}  # fmt: skip
_GREEK = re.compile("|".join(_LATIN))
_MP_INSIDE_A_WORD = re.compile(r"(?<=\w)μπ")
_UNVOICED_PAIR = re.compile("([αε])υ(?=[θκξπστφχψ])")


def search_key(text: str) -> str:
    """Casefolded, without accents, blanks folded: «Άγιος» and «ΑΓΙΟΣ» have the same key."""
    return folded(text)


def latin_key(text: str) -> str:
    """The search key in Latin letters: «Καβάλας» → ``kavalas``, «Λευκάδας» → ``lefkadas``."""
    key = _MP_INSIDE_A_WORD.sub("mp", search_key(text))
    key = _UNVOICED_PAIR.sub(r"\1f", key)
    return _GREEK.sub(lambda found: _LATIN[found[0]], key)


# One sound, many spellings: of Greek in Latin letters, and of Greek itself. The longest match wins.
_SOUNDS = {
    "ch": "h", "kh": "h", "x": "h", "ks": "h", "ou": "u", "ei": "i", "oi": "i", "yi": "i", "y": "i", "ai": "e",
    "au": "af", "av": "af", "eu": "ef", "ev": "ef", "ph": "f", "mp": "b", "nt": "d", "gk": "g", "gg": "g", "ng": "g",
    "c": "k", "q": "k", "w": "o",
}  # fmt: skip
_SPELT = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_TWICE = re.compile(r"([a-z])\1+")


def sound_key(text: str) -> str:
    """How a name sounds, whichever letters it is written in: «Χρήστος», ``Christos`` and ``xristos`` are one."""
    return _TWICE.sub(r"\1", _SPELT.sub(lambda found: _SOUNDS[found[0]], latin_key(text)))


def is_called(names: Iterable[str], words: str) -> bool:
    """Whether the words are part of one of these names, in either alphabet, as they are written or as they sound."""
    key, sound = _keys(words)
    return any(key in of_name or (sound and sound in sound_of) for of_name, sound_of in map(_keys, names))


@lru_cache(_MAX_KEYS)
def _keys(text: str) -> tuple[str, str]:
    return search_key(text), sound_key(text)


def upper_greek(text: str) -> str:
    """Capitals as Greek writes them: accents dropped, dialytika kept or gained («Μάιος» → «ΜΑΪΟΣ»)."""
    letters: list[str] = []
    previous_accented = False
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        base, marks = parts[0], parts[1:]
        # An accent that kept two vowels apart is gone in capitals; the dialytika takes over its work.
        gains = previous_accented and base in "ιυΙΥ" and not marks
        kept = "\u0308" if "\u0308" in marks or gains else ""
        # Accents of other scripts stay: «François» keeps its cedilla.
        is_greek = "\u0370" <= base <= "\u03ff"
        letters.append(unicodedata.normalize("NFC", base.upper() + kept) if is_greek else letter.upper())
        previous_accented = "\u0301" in marks and base in "αεοΑΕΟ"
    return "".join(letters)
