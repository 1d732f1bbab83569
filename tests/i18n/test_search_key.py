import pytest

from dimoslive.i18n.search_key import latin_key, search_key, sound_key, upper_greek


@pytest.mark.parametrize(
    ("greek", "latin"),
    [
        ("Θεσσαλονίκης", "thessalonikis"),
        ("Χανίων", "chanion"),
        ("Ψαρών", "psaron"),
        ("Ξάνθης", "xanthis"),
        ("Λουτρακίου", "loutrakiou"),
        ("Ευρώτα", "evrota"),
        ("Λευκάδας", "lefkadas"),
        ("Ναυπλιέων", "nafplieon"),
        ("Ολύμπου", "olympou"),
        ("Δήμος Μπότσαρη", "dimos botsari"),
        ("Αγγελοκάστρου", "angelokastrou"),
        ("Αθηναίων", "athinaion"),
        ("Kavala 2026", "kavala 2026"),
    ],
)
def test_greek_is_read_in_the_latin_letters_that_people_type(greek: str, latin: str) -> None:
    assert latin_key(greek) == latin


def test_a_key_knows_neither_case_nor_accents_nor_the_final_sigma() -> None:
    assert search_key("Άγιος") == search_key("ΑΓΙΟΣ") == search_key("α\u0301γιοσ")
    assert search_key("Αχαΐας") == search_key("αχαιας")
    assert search_key("  Νέα \u00a0 Ζίχνη\n") == "νεα ζιχνη"


def test_names_sort_by_their_key_as_a_greek_reader_expects() -> None:
    names = ["Ωραιοκάστρου", "Άργους", "Βόλου", "Αβδήρων", "Ύδρας", "Έδεσσας"]
    assert sorted(names, key=search_key) == ["Αβδήρων", "Άργους", "Βόλου", "Έδεσσας", "Ύδρας", "Ωραιοκάστρου"]


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("Δήμος Καβάλας", "ΔΗΜΟΣ ΚΑΒΑΛΑΣ"),
        ("Μάιος", "ΜΑΪΟΣ"),
        ("Μαΐου", "ΜΑΪΟΥ"),
        ("θεϊκό", "ΘΕΪΚΟ"),
        ("ρολόι", "ΡΟΛΟΪ"),
        ("άυλος", "ΑΫΛΟΣ"),
        ("Ούτε", "ΟΥΤΕ"),
        ("παιδί", "ΠΑΙΔΙ"),
        ("Έλλη", "ΕΛΛΗ"),
        ("Μα\u0301ιος", "ΜΑΪΟΣ"),
        ("Αγ. Νικόλαος 12", "ΑΓ. ΝΙΚΟΛΑΟΣ 12"),
    ],
)
def test_capitals_drop_the_accent_and_keep_or_gain_the_dialytika(text: str, capitals: str) -> None:
    assert upper_greek(text) == capitals


def test_capitals_of_other_scripts_keep_their_marks() -> None:
    assert upper_greek("François Müller") == "FRANÇOIS MÜLLER"


@pytest.mark.parametrize(
    "spellings",
    [
        ("Χρήστος", "Christos", "xristos", "hristos", "Khristos"),
        ("Παπαδοπούλου", "papadopoulou", "PAPADOPULU", "Παππαδοπούλου"),
        ("Ευθυμίου", "Efthymiou", "euthimiou"),
        ("Μπαλτάς", "Mpaltas", "Baltas"),
        ("Φωτεινή", "Foteini", "Photini", "fwtini"),
    ],
)
def test_names_that_sound_alike_have_one_key(spellings: tuple[str, ...]) -> None:
    assert len({sound_key(name) for name in spellings}) == 1


def test_names_that_sound_otherwise_have_not() -> None:
    assert len({sound_key(name) for name in ("Νίκος", "Δήμου", "Δήμος", "Μαρία", "Μάριος")}) == 5
