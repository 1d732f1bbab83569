"""The 332 municipalities, from the ministry's list."""

import csv
import re
from pathlib import Path

from sqlmodel import Session

from dimoslive.db.catalogue import all_municipalities
from dimoslive.db.models.catalogue import Municipality
from dimoslive.i18n.search_key import latin_key, search_key

_LIST = Path(__file__).parent / "municipalities.csv"


def load_municipalities() -> list[Municipality]:
    """One row each, none joined yet."""
    with _LIST.open(encoding="utf-8", newline="") as file:
        return [_row(line) for line in csv.DictReader(file)]


def seed_municipalities(tx: Session) -> int:
    """Add those that are missing; returns how many."""
    known = {row.id for row in all_municipalities(tx)}
    missing = [row for row in load_municipalities() if row.id not in known]
    tx.add_all(missing)
    return len(missing)


def _row(line: dict[str, str]) -> Municipality:
    forms = (line["short_name_el"], line["name_el"], line["name_en"], line["short_name_en"])
    return Municipality(
        id=int(line["code"]),
        slug=re.sub(r"[^a-z0-9]+", "-", line["short_name_en"].lower()).strip("-"),
        name_el=line["name_el"],
        name_upper_el=line["name_upper_el"],
        name_en=line["name_en"],
        short_name_el=line["short_name_el"],
        short_name_en=line["short_name_en"],
        regional_unit_el=line["regional_unit_el"],
        region_el=line["region_el"],
        search_text=" ".join(dict.fromkeys(form for name in forms for form in (search_key(name), latin_key(name)))),
    )
