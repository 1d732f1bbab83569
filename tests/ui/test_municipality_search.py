"""What the picker finds for what people type. The search runs in the browser: here the same module runs in Node."""

import csv
import json
import subprocess
import sysconfig
from functools import cache
from pathlib import Path

from dimoslive.api.municipalities import MunicipalityLine, _line
from dimoslive.seeds.municipalities import load_municipalities
from dimoslive.services.show_municipality import to_name
from dimoslive.ui.frontend import SOURCES

SEARCH = SOURCES / "components" / "municipality_search.ts"
FIRST_FEW = 5

_SCRIPT = f"""
import {{ findMunicipalities, prepareSearch }} from {json.dumps(SEARCH.as_uri())};
const {{ all, typed }} = JSON.parse(await new Response(process.stdin).text());
const prepared = prepareSearch(all);
console.log(JSON.stringify(typed.map((one) => findMunicipalities(prepared, one).map((found) => found.slug))));
"""


@cache
def lines() -> tuple[MunicipalityLine, ...]:
    """The list as the browser fetches it."""
    rows = sorted(load_municipalities(), key=lambda row: row.id)
    return tuple(_line(to_name(row)) for row in rows)


def find_all(typed: list[str]) -> list[list[str]]:
    """The slugs that are found for each thing typed, the nearest first."""
    told = json.dumps({"all": [line.model_dump() for line in lines()], "typed": typed})
    node = Path(sysconfig.get_path("scripts"), "node")
    command = [str(node), "--no-warnings", "--input-type=module", "--eval", _SCRIPT]
    done = subprocess.run(command, input=told, capture_output=True, check=True, encoding="utf-8")
    found: list[list[str]] = json.loads(done.stdout)
    return found


def find(typed: str) -> list[str]:
    return find_all([typed])[0]


@cache
def usual_spellings() -> dict[str, set[str]]:
    """What people type, and which municipalities they may mean; written down without looking at the rules."""
    with Path(__file__).with_name("usual_spellings.tsv").open(encoding="utf-8", newline="") as file:
        return {row["typed"]: set(row["meant"].split()) for row in csv.DictReader(file, delimiter="\t")}


def test_97_of_100_usual_spellings_are_among_the_first_few() -> None:
    spellings = usual_spellings()
    assert len(spellings) >= 300

    found = dict(zip(spellings, find_all(list(spellings)), strict=True))

    missed = [typed for typed, meant in spellings.items() if not meant <= set(found[typed][:FIRST_FEW])]
    assert len(missed) <= 0.03 * len(spellings), missed


def test_a_usual_name_finds_what_it_means_and_nothing_else() -> None:
    meant = {
        "Ιωάννινα": ["ioannina"],
        "Αγ. Παρασκευή": ["agia-paraskevi"],
        "Ν.Σμύρνη": ["nea-smyrni"],
        "Πειραιάς": ["piraeus"],
        "saloniki": ["thessaloniki"],
        "8iva": ["thebes"],
        "Κεφαλονιά": ["argostoli", "lixouri", "sami"],
        "Ηράκλειο Κρήτης": ["heraklion"],
        "Νέα Ιωνία Βόλου": ["volos"],
        "  δήμος   Βόλου ": ["volos"],
    }

    assert dict(zip(meant, map(sorted, find_all(list(meant))), strict=True)) == meant


def test_an_official_name_finds_its_municipality_first_in_every_form_of_it() -> None:
    typed = {name: one for one in lines() for name in (one.name_el, one.upper_el, one.name_en, one.short_el)}

    found = dict(zip(typed, find_all(list(typed)), strict=True))

    # One name stands for two of them.
    twice = {"Δήμος Ηρακλείου", "ΔΗΜΟΣ ΗΡΑΚΛΕΙΟΥ", "Ηρακλείου"}
    assert {name for name, one in typed.items() if found[name][0] != one.slug} <= twice
    assert all(set(found[name][:2]) == {"heraklion", "irakleio-attica"} for name in twice)


def test_every_alias_finds_its_municipality_among_the_first() -> None:
    aliases = [(alias, one.slug) for one in lines() for alias in one.aliases]
    assert len(aliases) > 400

    found = find_all([alias for alias, _ in aliases])

    assert [pair for pair, slugs in zip(aliases, found, strict=True) if pair[1] not in slugs[:3]] == []


def test_a_looser_match_never_comes_before_a_stricter_one() -> None:
    orders = {
        # The whole name, before a name that only begins with it.
        "Άργος": ("argos-mykines", "argostoli"),
        "Πόρος": ("poros", "sami"),
        "Νίκαια": ("nikaia-agios-ioannis-rentis", "kileler"),
        # The beginning of a name, before one inside of it, before what only sounds alike or begins alike.
        "Χανιά": ("chania", "kassandra"),
        "Πύλη": ("pyli", "south-pelion"),
        "Ζαγόρι": ("zagori", "zagora-mouresi"),
        "Ν. Ιωνία": ("nea-ionia", "volos"),
    }

    for (first, then), found in zip(orders.values(), find_all(list(orders)), strict=True):
        assert found[0] == first
        assert then in found[1:]


def test_a_region_finds_the_municipalities_in_it_when_none_bears_its_name() -> None:
    crete = {one.slug for one in lines() if one.region_en == "Crete"}

    assert set(find("Κρήτη")) == set(find("crete")) == crete
    assert "nestos" not in find("Καβάλα")


def test_the_word_for_municipality_says_nothing() -> None:
    assert len(find("Δήμος")) == len(find("municipality of")) == len(lines()) == 332
    assert find("δήμος καβάλας") == find("Municipality of Kavala") == find("Δ. Καβάλας") == find("Καβάλας")


def test_nonsense_finds_nothing() -> None:
    nonsense = ["", "  ", "...", "qqq", "zzzz", "12345", "μπλουμπλου", "καβαλα δραμα", "\u0301", "😀"]

    assert find_all(nonsense) == [[]] * len(nonsense)


def test_what_is_typed_counts_to_a_length() -> None:
    long = ["α" * 10_000, "καβαλα " * 2_000, "h" * 10_000, "a\u0301" * 10_000, " " * 10_000]

    assert find_all(long) == find_all([typed[:80] for typed in long])


def test_letters_of_another_form_are_the_same_letters() -> None:
    assert find("ΚΑΒΆΛΑ") == find("Καβα\u0301λα") == find("καβαλα\u00a0") == find("Kαbαλα")
