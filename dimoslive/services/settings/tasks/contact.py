"""The first task: where the municipality is found and reached."""

from collections.abc import Mapping

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.rows.roots import RootKind, values_of
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.contact import parse_contact
from dimoslive.services.settings.root_change import Act, Opened, Saved
from dimoslive.services.settings.save_root import save_root
from dimoslive.services.settings.suggest_english import with_suggestions
from dimoslive.services.settings.tasks.access_set_up import access_set_up, see_set_up

CONTACT = RootKind(MunicipalityRow, "municipality", ("address_el", "address_en", "phone", "email"), has_archive=False)


def open_contact(context: AppContext, official: Official, municipality_id: int) -> Opened:
    """As it is now; raises `NotFound`."""
    with reading(context.db) as tx:
        row = see_set_up(tx, official, municipality_id)
        return Opened(row.version, values_of(tx, CONTACT, row))


def save_contact(
    context: AppContext, official: Official, municipality_id: int, opened: Opened, raw: Mapping[str, object]
) -> Saved:
    """Change it; raises `InvalidDetails`, `ChangedMeanwhile` or `NotFound`."""
    with transaction(context.db) as tx:
        row = access_set_up(tx, official, municipality_id)
        act = Act(official, context.clock.now(), municipality_id)
        return save_root(tx, CONTACT, row, opened, parse_contact(with_suggestions(raw)), act)
