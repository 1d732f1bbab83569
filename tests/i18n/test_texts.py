import re
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from dimoslive import i18n
from dimoslive.i18n.texts import LANGUAGES, Texts, UnknownText, read_texts, texts_of

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
FOLDER = Path(i18n.__file__).parent
FILES = sorted(FOLDER.glob("*/*.po"))


def a_catalogue(folder: Path, **files: str) -> Texts:
    """The Greek texts of files that hold these entries."""
    for name, entries in files.items():
        folder.joinpath(f"{name}.po").write_text(f"{HEADER}\n{entries}", encoding="utf-8")
    return read_texts(folder, "el")


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


class TestLookingUp:
    def test_a_text_stands_under_its_key(self, tmp_path: Path) -> None:
        t = a_catalogue(tmp_path, booking='msgid "booking.title"\nmsgstr "Κλείστε ραντεβού"\n')
        assert t("booking.title") == "Κλείστε ραντεβού"

    def test_its_places_are_filled_in_by_name(self, tmp_path: Path) -> None:
        t = a_catalogue(tmp_path, booking='msgid "hello"\nmsgstr "{last}, {first}"\n')
        assert t("hello", first="Μαρία", last="Παπαδοπούλου") == "Παπαδοπούλου, Μαρία"

    def test_what_is_filled_in_is_not_read_as_a_place(self, tmp_path: Path) -> None:
        t = a_catalogue(tmp_path, booking='msgid "hello"\nmsgstr "Γεια σας, {name}"\n')
        assert t("hello", name="{name} {0}") == "Γεια σας, {name} {0}"

    @pytest.mark.parametrize(("number", "text"), [(0, "0 λεπτά"), (1, "1 λεπτό"), (2, "2 λεπτά"), (21, "21 λεπτά")])
    def test_the_plural_goes_with_the_number(self, tmp_path: Path, number: int, text: str) -> None:
        t = a_catalogue(
            tmp_path,
            units='msgid "minutes"\nmsgid_plural "minutes"\nmsgstr[0] "{n} λεπτό"\nmsgstr[1] "{n} λεπτά"\n',
        )
        assert t.count("minutes", number) == text

    def test_an_unknown_key_is_a_mistake_that_names_language_and_key(self, tmp_path: Path) -> None:
        t = a_catalogue(tmp_path, booking='msgid "known"\nmsgstr "α"\n')
        with pytest.raises(UnknownText, match="el: unknown"):
            t("unknown")
        assert (t.has("known"), t.has("unknown")) == (True, False)

    def test_a_missing_value_is_a_mistake(self, tmp_path: Path) -> None:
        t = a_catalogue(tmp_path, booking='msgid "hello"\nmsgstr "{first} {last}"\n')
        with pytest.raises(KeyError, match="last"):
            t("hello", first="Μαρία")

    def test_a_plural_is_counted_and_a_single_text_is_not(self, tmp_path: Path) -> None:
        t = a_catalogue(
            tmp_path,
            units='msgid "one"\nmsgstr "α"\n\nmsgid "many"\nmsgid_plural "many"\nmsgstr[0] "α"\nmsgstr[1] "β"\n',
        )
        with pytest.raises(UnknownText):
            t.count("one", 1)
        with pytest.raises(UnknownText):
            t("many")

    def test_all_files_of_a_folder_are_one_catalogue(self, tmp_path: Path) -> None:
        t = a_catalogue(tmp_path, booking='msgid "a"\nmsgstr "α"\n', errors='msgid "b"\nmsgstr "β"\n')
        assert t.keys() == {"a", "b"}

    def test_a_key_cannot_stand_in_two_files(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match=r"errors\.po: a stands twice"):
            a_catalogue(tmp_path, booking='msgid "a"\nmsgstr "α"\n', errors='msgid "a"\nmsgstr "β"\n')


class TestLanguages:
    def test_an_unknown_language_gets_greek(self) -> None:
        assert texts_of("xx") is texts_of("el")
        assert texts_of("../en") is texts_of("el")

    def test_a_catalogue_is_read_once(self) -> None:
        assert texts_of("en") is texts_of("en")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_catalogue_knows_its_language(self, language: str) -> None:
        assert texts_of(language).language == language


class TestTheCatalogueItself:
    def test_there_is_one_for_each_language(self) -> None:
        assert {path.parent.name for path in FILES} == set(LANGUAGES)

    def test_greek_and_english_have_the_same_keys(self) -> None:
        assert texts_of("el").keys() == texts_of("en").keys()

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_no_two_rows_of_a_booking_have_the_same_name(self, language: str) -> None:
        t = texts_of(language)
        rows = ["status", "service", "municipality", "time", "own_time", "mode", "person", "subject"]
        names = {t(f"summary.{row}") for row in rows} | {t("booking.reference")}
        places = {t(f"place.{mode}.label") for mode in ("video", "in_person", "phone")}
        assert (len(names), names & places) == (len(rows) + 1, set())

    @pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
    def test_no_key_stands_twice_in_a_file(self, path: Path) -> None:
        keys = re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
        assert [key for key, times in Counter(keys).items() if times > 1] == []

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_no_text_is_empty(self, language: str) -> None:
        assert [key for key, forms in _forms(language).items() if not all(form.strip() for form in forms)] == []

    def test_both_languages_fill_in_the_same_places(self) -> None:
        greek, english = _forms("el"), _forms("en")
        different = [
            key
            for key in greek.keys() & english.keys()
            if set().union(*map(places, greek[key])) != set().union(*map(places, english[key]))
        ]
        assert different == []

    def test_both_languages_count_the_same_texts(self) -> None:
        greek, english = _forms("el"), _forms("en")
        assert [key for key in greek.keys() & english.keys() if len(greek[key]) != len(english[key])] == []


def _forms(language: str) -> dict[str, tuple[str, ...]]:
    """All texts of a language, each as its forms: one, or singular and plural."""
    forms: dict[str, tuple[str, ...]] = {}
    for path in FILES:
        if path.parent.name == language:
            with path.open("rb") as file:
                for message in read_po(file, locale=language):
                    key = message.id[0] if isinstance(message.id, (list, tuple)) else message.id
                    text = message.string if isinstance(message.string, (list, tuple)) else [message.string]
                    forms[str(key)] = tuple(map(str, text))
    forms.pop("")
    return forms
