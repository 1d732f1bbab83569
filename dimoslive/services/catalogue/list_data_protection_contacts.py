"""Whom to ask at a municipality about personal data."""

from dataclasses import dataclass

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.towns import joined_with_contact
from dimoslive.i18n.search_key import search_key


@dataclass(frozen=True, slots=True)
class DataProtectionContact:
    """A municipality, its name by language, and what it says of its officer, as it wrote it."""

    slug: str
    name: dict[str, str]
    contact: str


def list_data_protection_contacts(context: AppContext) -> list[DataProtectionContact]:
    """Of those that are published and name one, sorted as Greek sorts them."""
    with reading(context.db) as tx:
        found = [
            DataProtectionContact(row.slug, {"el": row.name_el, "en": row.name_en}, row.data_protection_contact)
            for row in joined_with_contact(tx)
        ]
    return sorted(found, key=lambda one: search_key(one.name["el"]))
