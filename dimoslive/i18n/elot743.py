"""Greek in Latin letters by ELOT 743, the standard by which the state writes names."""

import re

_LETTERS = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
    "χ": "ch", "ψ": "ps", "ω": "o",
    "ά": "a", "έ": "e", "ή": "i", "ί": "i", "ό": "o", "ύ": "y", "ώ": "o", "ϊ": "i", "ΐ": "i", "ϋ": "y", "ΰ": "y",
}  # fmt: skip
_PAIRS = {"γγ": "ng", "γξ": "nx", "γχ": "nch", "ου": "ou", "ού": "ou"}
# In these the second letter is a consonant: voiced before vowels and voiced consonants, else not.
_WITH_V = {"αυ": "a", "αύ": "a", "ευ": "e", "εύ": "e", "ηυ": "i", "ηύ": "i"}
_VOICED_AFTER = "αάβγδεέζηήιίϊΐλμνοόρυύϋΰωώ"
_GREEK = "".join(_LETTERS)
_piece = re.compile(f"(?i:μπ|{'|'.join([*_PAIRS, *_WITH_V])}|[{_GREEK}])")
_MARKS = {"\u00b7": ";", "\u0387": ";", "\u037e": "?", ";": "?", "«": '"', "»": '"'}


def to_latin(text: str) -> str:
    """The text with its Greek in Latin letters, whatever else is in it as it was."""
    latin = _piece.sub(_in_latin, text)
    return "".join(_MARKS.get(letter, letter) for letter in latin)


def _in_latin(found: re.Match[str]) -> str:
    text, at = found.string, found.start()
    piece = found[0].lower()
    after = text[found.end() : found.end() + 1].lower()
    before = text[at - 1 : at].lower() if at else ""
    if piece == "μπ":
        is_inside = before.isalpha() and after.isalpha()
        latin = "mp" if is_inside else "b"
    elif piece in _WITH_V:
        latin = _WITH_V[piece] + ("v" if after and after in _VOICED_AFTER else "f")
    else:
        latin = _PAIRS.get(piece) or _LETTERS[piece]
    return _in_case(latin, found[0], text[found.end() : found.end() + 1], text[at - 1 : at] if at else "")


def _in_case(latin: str, greek: str, after: str, before: str) -> str:
    if not greek[0].isupper():
        return latin
    # A capital among capitals: ΘΑΣΟΣ is THASOS, Θάσος is Thasos.
    among_capitals = (greek[-1] if len(greek) > 1 else after or before).isupper()
    return latin.upper() if among_capitals else latin[0].upper() + latin[1:]
