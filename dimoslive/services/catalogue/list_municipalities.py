"""Municipalities for the picker."""

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.catalogue import all_municipalities
from dimoslive.db.rows.catalogue import to_name
from dimoslive.domain.catalogue.municipality import MunicipalityName
from dimoslive.i18n.search_key import search_key


def list_municipalities(context: AppContext) -> list[MunicipalityName]:
    """All 332, sorted as Greek sorts them."""
    now = context.clock.now()
    with reading(context.db) as tx:
        names = [to_name(row, now) for row in all_municipalities(tx)]
    return sorted(names, key=lambda name: search_key(name.short_name["el"]))
