"""The 332 municipalities, from the ministry's list."""

import csv
import re
from pathlib import Path

from sqlmodel import Session

from dimoslive.db.queries.catalogue import all_municipalities
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.i18n.search_key import upper_greek

_LIST = Path(__file__).parent / "municipalities.csv"


def load_municipalities() -> list[MunicipalityRow]:
    """One row each, none joined yet."""
    with _LIST.open(encoding="utf-8", newline="") as file:
        return [_row(line) for line in csv.DictReader(file)]


def seed_municipalities(tx: Session) -> int:
    """Add those that are missing, and bring the names of the others up to date; returns how many were added."""
    known = {row.id: row for row in all_municipalities(tx)}
    listed = load_municipalities()
    for row in listed:
        if row.id in known:
            # The slug stays: addresses are kept and sent on.
            names = row.model_dump(exclude_unset=True, exclude={"id", "slug"})
            known[row.id].sqlmodel_update(names)
    missing = [row for row in listed if row.id not in known]
    tx.add_all(missing)
    return len(missing)


def _row(line: dict[str, str]) -> MunicipalityRow:
    return MunicipalityRow(
        id=int(line["code"]),
        slug=re.sub(r"[^a-z0-9]+", "-", line["short_name_en"].lower()).strip("-"),
        name_el=line["name_el"],
        name_upper_el=upper_greek(line["name_el"]),
        name_en=line["name_en"],
        short_name_el=line["short_name_el"],
        short_name_en=line["short_name_en"],
        regional_unit_el=line["regional_unit_el"],
        regional_unit_en=line["regional_unit_en"],
        region_el=line["region_el"],
        region_en=line["region_en"],
        aliases=line["aliases"],
    )
