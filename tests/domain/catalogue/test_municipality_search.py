"""What a search finds for what people type: the same as the picker of the pages, whose spellings are tried here too."""

import csv
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dimoslive.domain.catalogue.municipality import MunicipalityName
from dimoslive.domain.catalogue.municipality_search import PreparedMunicipality, prepare_search, search_municipalities

ROOT = Path(__file__).parents[3]
FIRST_FEW = 5


@cache
def prepared() -> list[PreparedMunicipality]:
    """The ministry's list."""
    with (ROOT / "dimoslive/seeds/municipalities.csv").open(encoding="utf-8") as file:
        return prepare_search(_name(row) for row in csv.DictReader(file))


def _name(row: dict[str, str]) -> MunicipalityName:
    texts: dict[str, Any] = {
        name: {"el": row[f"{name}_el"], "en": row[f"{name}_en"]} for name in ("name", "short_name", "region")
    }
    return MunicipalityName(
        id=int(row["code"]),
        slug=row["short_name_en"],
        upper_name="",
        regional_unit={"el": row["regional_unit_el"], "en": row["regional_unit_en"]},
        aliases=tuple(row["aliases"].split(";")) if row["aliases"] else (),
        has_joined=False,
        **texts,
    )


def find(typed: str) -> list[str]:
    return [one.slug.lower().replace(" - ", "-").replace(" ", "-") for one in search_municipalities(prepared(), typed)]


def test_97_of_100_usual_spellings_are_among_the_first_few() -> None:
    with (ROOT / "frontend/components/usual_spellings.tsv").open(encoding="utf-8") as file:
        spellings = list(csv.DictReader(file, delimiter="\t"))
    assert len(spellings) >= 300
    missed = [row for row in spellings if not set(row["meant"].split(" ")) <= set(find(row["typed"])[:FIRST_FEW])]
    assert len(missed) <= 0.03 * len(spellings), missed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Αγ. Παρασκευή", ["agia-paraskevi"]),
        ("8iva", ["thebes"]),
        ("Κεφαλονιά", ["argostoli", "lixouri", "sami"]),
        ("Ηράκλειο Κρήτης", ["heraklion"]),
        ("  δήμος   Βόλου ", ["volos"]),
    ],
)
def test_the_usual_name_finds_what_it_means_and_nothing_else(typed: str, meant: list[str]) -> None:
    assert sorted(find(typed)) == meant


def test_a_looser_match_never_comes_before_a_stricter_one() -> None:
    assert find("Άργος")[0] == "argos-mykines"
    assert "argostoli" in find("Άργος")


def test_the_word_for_municipality_says_nothing() -> None:
    assert len(find("Δήμος")) == 332
    assert find("Municipality of Kavala") == find("Καβάλας")


@pytest.mark.parametrize("typed", ["", "  ", "...", "qqq", "12345", "καβαλα δραμα", "\u0301", "😀"])
def test_nonsense_finds_nothing(typed: str) -> None:
    assert find(typed) == []


@pytest.mark.parametrize("typed", ["α" * 10_000, "καβαλα " * 2_000, "a\u0301" * 10_000])
def test_what_is_typed_counts_to_a_length(typed: str) -> None:
    assert find(typed) == find(typed[:80])
