"""Change what a municipality says of itself, and how it takes bookings."""

from collections.abc import Mapping

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.errors import InvalidDetails, InvalidInput
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.municipality import parse_municipality
from dimoslive.services.settings.municipality.kind import MUNICIPALITY
from dimoslive.services.settings.municipality.lock_municipality import lock_municipality
from dimoslive.services.settings.municipality.weigh_retention import losing_persons
from dimoslive.services.settings.root_change import Act, Opened, Saved
from dimoslive.services.settings.save_root import save_root
from dimoslive.services.settings.suggest_english import with_suggestions

CONFIRMS_ERASING = "confirms_erasing"
"""The tick without which the term is not made shorter."""
_ADDRESS = ("address_el", "address_en")


def save_municipality(
    context: AppContext, official: Official, municipality_id: int, opened: Opened, raw: Mapping[str, object]
) -> Saved:
    """Raises `InvalidDetails` (a shorter term without the tick, too), `ChangedMeanwhile` or `NotFound`."""
    # A sentence for citizens is not translated by writing it in other letters; an address is.
    address = with_suggestions({name: raw.get(name, "") for name in _ADDRESS})
    mine = parse_municipality({**raw, **address}, context.video)
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = lock_municipality(tx, official, municipality_id)

        def check(merged: Mapping[str, object]) -> None:
            _check_contact(row, merged)
            losing = losing_persons(tx, row, int(str(merged["retention_days"])), now)
            if losing is not None and raw.get(CONFIRMS_ERASING) != "on":
                raise InvalidDetails((InvalidInput(CONFIRMS_ERASING, "erasing_not_confirmed", number=losing),))

        return save_root(tx, MUNICIPALITY, row, opened, mine, Act(official, now, municipality_id), check=check)


def _check_contact(row: MunicipalityRow, merged: Mapping[str, object]) -> None:
    """Whoever takes bookings can be reached, and does not end that."""
    was_reached = row.joined_at is not None and (row.phone or row.email)
    if was_reached and not merged["phone"] and not merged["email"]:
        raise InvalidDetails((InvalidInput("phone", "open_without_contact"),))
