"""Text that a spreadsheet would take for a formula: written with an apostrophe before it, read back without."""

import re

_LIKE_A_FORMULA = re.compile("[' \u00a0]*[=+\\-@\t\r\n＝＋－＠]")  # some programs fold the wide signs
"""Or may after it has trimmed the cell. Apostrophes count, so that what is written can be told from what was typed."""
_FORMULA = re.compile("[ \u00a0]*[=+\\-@\t\r\n＝＋－＠]")  # as above


def begins_like_a_formula(cell: str) -> bool:
    """Whether a spreadsheet may compute the cell instead of showing it."""
    return _FORMULA.match(cell) is not None


def guarded(text: str) -> str:
    """The cell in which every spreadsheet shows this text as it is."""
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text of which `guarded` made this cell."""
    return cell[1:] if cell.startswith("'") and _LIKE_A_FORMULA.match(cell[1:]) else cell
