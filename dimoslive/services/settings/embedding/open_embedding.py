"""How other sites show a municipality's pages: which may, which tried, and what there is to be shown."""

from dataclasses import dataclass
from datetime import date

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.catalogue import services_of
from dimoslive.db.queries.frame_origins import origins_of
from dimoslive.db.queries.frames import Sighting, sightings_of
from dimoslive.db.rows.catalogue import modes_of
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.settings.history import HistoryLine
from dimoslive.domain.settings.origins import is_listed
from dimoslive.services.settings.embedding.kind import EMBEDDING
from dimoslive.services.settings.list_root_history import list_root_history
from dimoslive.services.settings.municipality.lock_municipality import check_municipality

MAX_REFUSED = 100
"""Anybody can make up names of sites."""


@dataclass(frozen=True, slots=True)
class ListedOrigin:
    """A site that may, and when it last did, as far back as that is known."""

    origin: str
    last_on: date | None


@dataclass(frozen=True, slots=True)
class RefusedOrigin:
    """A site that tried and is not listed: how often, and when last."""

    origin: str
    times: int
    last_on: date


@dataclass(frozen=True, slots=True)
class ServiceToShow:
    """A service that the maker can name."""

    slug: str
    name: dict[str, str]
    modes: tuple[Mode, ...]


@dataclass(frozen=True, slots=True)
class OpenEmbedding:
    """What the page shows; ``refused`` are those that tried and are not listed, the latest first."""

    slug: str
    accent_color: str
    site: str
    """Our own origin."""
    today: date
    listed: tuple[ListedOrigin, ...]
    refused: tuple[RefusedOrigin, ...]
    services: tuple[ServiceToShow, ...]
    history: tuple[HistoryLine, ...]


def open_embedding(context: AppContext, official: Official, municipality_id: int) -> OpenEmbedding:
    """Raises `NotFound`."""
    check_municipality(official, municipality_id)
    with reading(context.db) as tx:
        row = tx.get_one(MunicipalityRow, municipality_id)
        today = local_day(context.clock.now(), row.zone)
        listed = origins_of(tx, row.id)
        seen = sorted(sightings_of(tx, row.id), key=lambda one: one.last_on, reverse=True)
        return OpenEmbedding(
            slug=row.slug,
            accent_color=row.accent_color,
            site=context.public_url,
            today=today,
            listed=tuple(ListedOrigin(origin, _last_on(origin, seen)) for origin in listed),
            refused=tuple(
                RefusedOrigin(one.origin, one.times, one.last_on) for one in seen if not is_listed(one.origin, listed)
            )[:MAX_REFUSED],
            services=tuple(
                ServiceToShow(service.slug, {"el": service.name_el, "en": service.name_en}, modes_of(service))
                for service, _ in services_of(tx, row.id)
            ),
            history=list_root_history(tx, EMBEDDING, municipality_id, municipality_id),
        )


def _last_on(origin: str, seen: list[Sighting]) -> date | None:
    return max((one.last_on for one in seen if is_listed(one.origin, [origin])), default=None)
