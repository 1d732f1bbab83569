"""A municipality, to be changed."""

from dataclasses import dataclass

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.towns import count_ahead, crest_hash_of
from dimoslive.db.rows.catalogue import pause_of
from dimoslive.db.rows.roots import values_of
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.catalogue.pause import Pause, pause_at
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.history import HistoryLine
from dimoslive.services.settings.list_root_history import list_root_history
from dimoslive.services.settings.municipality.kind import MUNICIPALITY
from dimoslive.services.settings.municipality.lock_municipality import check_municipality
from dimoslive.services.settings.root_change import Opened


@dataclass(frozen=True, slots=True)
class OpenMunicipality:
    """Its fields, its crest's hash, whether it takes no new bookings now, how many are to come, and its history."""

    opened: Opened
    crest: str
    pause: Pause | None
    bookings_ahead: int
    providers: tuple[str, ...]
    """Of video calls, those that the installation has."""
    default_provider: str
    history: tuple[HistoryLine, ...]


def open_municipality(context: AppContext, official: Official, municipality_id: int) -> OpenMunicipality:
    """Raises `NotFound`."""
    check_municipality(official, municipality_id)
    now = context.clock.now()
    with reading(context.db) as tx:
        row = tx.get_one(MunicipalityRow, municipality_id)
        return OpenMunicipality(
            opened=Opened(row.version, values_of(tx, MUNICIPALITY, row)),
            crest=crest_hash_of(tx, row.id),
            pause=pause_at(now, pause_of(row)),
            bookings_ahead=count_ahead(tx, row.id, now),
            providers=tuple(sorted(context.video)),
            default_provider=context.default_video,
            history=list_root_history(tx, MUNICIPALITY, municipality_id, municipality_id),
        )
