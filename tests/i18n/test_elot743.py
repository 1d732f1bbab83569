"""Greek in Latin letters, as the standard writes it."""

import pytest

from dimoslive.i18n.elot743 import to_latin


@pytest.mark.parametrize(
    ("greek", "latin"),
    [
        ("Τμήμα Δημοτολογίου", "Tmima Dimotologiou"),
        ("Αυτοτελές Γραφείο", "Aftoteles Grafeio"),
        ("Αύγουστος", "Avgoustos"),
        ("Εύβοια", "Evvoia"),
        ("ευχή", "efchi"),
        ("Άγγελος", "Angelos"),
        ("Σφίγξ", "Sfinx"),
        ("έλεγχος", "elenchos"),
        ("Μπότσαρης", "Botsaris"),
        ("λάμπα", "lampa"),
        ("Καμπ", "Kab"),
        ("Ψυχικό", "Psychiko"),
        ("ΘΑΣΟΣ", "THASOS"),
        ("Θάσος", "Thasos"),
        ("Θ", "Th"),
        ("Μαΐου", "Maiou"),
        ("προϋπολογισμός", "proypologismos"),
        ("ταυ", "taf"),
        ("άυλος", "aylos"),
        ("ΚΕΠ 2 (Wi-Fi)", "KEP 2 (Wi-Fi)"),
        ("", ""),
    ],
)
def test_a_word_is_written_as_by_elot_743(greek: str, latin: str) -> None:
    assert to_latin(greek) == latin


def test_nothing_greek_is_left() -> None:
    letters = "".join(chr(code) for code in range(0x386, 0x3CF) if chr(code).isalpha())
    assert not any("\u0370" <= letter <= "\u03ff" for letter in to_latin(letters))
