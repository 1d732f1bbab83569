"""Text as it is compared: whatever its case, its accents and its blanks."""

import unicodedata


def folded(text: str) -> str:
    """Casefolded, without accents, blanks folded: «Άγιος» and «ΑΓΙΟΣ» are one."""
    parts = unicodedata.normalize("NFD", text.casefold())
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    return " ".join(plain.split())
