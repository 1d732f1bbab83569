"""The list of municipalities: names in both languages and in capitals, in new databases and in old ones."""

import unicodedata

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.seeds.municipalities import load_municipalities, seed_municipalities
from tests.support.world import NOW, rows

DIALYTIKA, TONOS = "\u0308", "\u0301"


def test_capitals_keep_the_dialytika_of_the_name_and_drop_its_accent() -> None:
    for row in load_municipalities():
        name, capitals = (unicodedata.normalize("NFD", form) for form in (row.name_el, row.name_upper_el))
        assert TONOS not in capitals
        assert capitals.count(DIALYTIKA) == name.count(DIALYTIKA), row.name_el
        assert capitals.isupper()


@pytest.mark.parametrize("word", ["ΘΕΡΜΑΪΚΟΥ", "ΒΟΪΟΥ", "ΚΑΡΑΪΣΚΑΚΗ", "ΑΧΑΪΑΣ", "ΧΑΪΔΑΡΙΟΥ"])
def test_the_names_with_a_dialytika_are_written_so(word: str) -> None:
    assert [row.name_upper_el for row in load_municipalities() if word in row.name_upper_el.split()]


def test_every_name_and_place_has_an_english_form_in_latin_letters() -> None:
    for row in load_municipalities():
        for form in (row.name_en, row.short_name_en, row.regional_unit_en, row.region_en):
            assert form
            assert form.isascii()


def test_one_place_has_one_english_name() -> None:
    listed = load_municipalities()
    units = {(row.regional_unit_el, row.regional_unit_en, row.region_en) for row in listed}
    regions = {(row.region_el, row.region_en) for row in listed}

    assert len(units) == len({el for el, _, _ in units}) == len({en for _, en, _ in units}) == 74
    assert len(regions) == len({el for el, _ in regions}) == len({en for _, en in regions}) == 13


def test_no_name_is_said_twice_of_one_municipality() -> None:
    for row in load_municipalities():
        names = [row.short_name_el, *row.aliases.split(";")] if row.aliases else [row.short_name_el]
        assert len(set(names)) == len(names)
        assert all(name == name.strip() and name for name in names)


def test_seeding_again_brings_the_names_up_to_date_and_keeps_what_is_the_municipalitys_own(db: Engine) -> None:
    with transaction(db) as tx:
        seed_municipalities(tx)
        tx.flush()
        kavala = tx.get_one(MunicipalityRow, 9012)
        kavala.regional_unit_en, kavala.name_upper_el, kavala.aliases = "", "ΔΗΜΟΣ", ""
        kavala.slug, kavala.phone, kavala.joined_at = "old-address", "2510", NOW

    with transaction(db) as tx:
        assert seed_municipalities(tx) == 0

    [kavala] = [row for row in rows(db, MunicipalityRow) if row.id == 9012]
    assert (kavala.regional_unit_en, kavala.name_upper_el, kavala.aliases) == ("Kavala", "ΔΗΜΟΣ ΚΑΒΑΛΑΣ", "Cavala")
    assert (kavala.slug, kavala.phone, kavala.joined_at) == ("old-address", "2510", NOW)
