"""How a municipality looks on the pages that are about it."""

from datetime import datetime

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.catalogue import municipality_by_slug
from dimoslive.db.queries.towns import crest_hash_of
from dimoslive.db.rows.catalogue import pause_of
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.catalogue.look import MunicipalityLook
from dimoslive.domain.catalogue.pause import pause_at
from dimoslive.domain.errors import NotFound


def show_look(context: AppContext, slug: str) -> MunicipalityLook:
    """By its slug; raises `NotFound`."""
    with reading(context.db) as tx:
        row = municipality_by_slug(tx, slug)
        if row is None:
            raise NotFound()
        return look_of(tx, row, context.clock.now())


def look_of(tx: Session, row: MunicipalityRow, now: datetime) -> MunicipalityLook:
    """The same for a row that was read already."""
    return MunicipalityLook(
        slug=row.slug,
        name={"el": row.name_el, "en": row.name_en},
        accent_color=row.accent_color,
        crest=crest_hash_of(tx, row.id),
        address={"el": row.address_el, "en": row.address_en},
        phone=row.phone,
        email=row.email,
        website=row.website,
        data_protection_contact=row.data_protection_contact,
        pause=pause_at(now, pause_of(row)),
    )
