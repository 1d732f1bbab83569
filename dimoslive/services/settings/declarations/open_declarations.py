"""What a municipality adds to the declaration: what is being written, and all that was ever published."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.supplements import last_published, next_number, published_of, unpublished_of
from dimoslive.db.rows.roots import values_of
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.booking.consents import DECLARATION_VERSION, version_label
from dimoslive.domain.people.principals import Official
from dimoslive.services.settings.declarations.kind import SUPPLEMENT
from dimoslive.services.settings.municipality.lock_municipality import check_municipality
from dimoslive.services.settings.root_change import Opened


@dataclass(frozen=True, slots=True)
class PublishedSupplement:
    """One that citizens have read, by language; ``label`` is the whole version as bookings keep it."""

    label: str
    platform_version: str
    text: dict[str, str]
    sha256: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class OpenDeclarations:
    """The text that is being written; without one, what is declared now."""

    opened: Opened
    next_label: str
    can_publish: bool
    """Something is written that differs from what is declared now."""
    published: tuple[PublishedSupplement, ...]
    """Newest first."""


def open_declarations(context: AppContext, official: Official, municipality_id: int) -> OpenDeclarations:
    """Raises `NotFound`."""
    check_municipality(official, municipality_id)
    with reading(context.db) as tx:
        slug = tx.get_one(MunicipalityRow, municipality_id).slug
        written, last = unpublished_of(tx, municipality_id), last_published(tx, municipality_id)
        shown = written or last
        texts = values_of(tx, SUPPLEMENT, shown) if shown else dict.fromkeys(SUPPLEMENT.columns, "")
        declared = values_of(tx, SUPPLEMENT, last) if last else dict.fromkeys(SUPPLEMENT.columns, "")
        number = written.number if written else next_number(tx, municipality_id)
        return OpenDeclarations(
            opened=Opened(shown.version if shown else 0, texts),
            next_label=version_label(DECLARATION_VERSION, slug, number),
            can_publish=written is not None and texts != declared,
            published=tuple(_published(tx, municipality_id, slug)),
        )


def _published(tx: Session, municipality_id: int, slug: str) -> list[PublishedSupplement]:
    return [
        PublishedSupplement(
            label=version_label(row.declaration_version, slug, row.number),
            platform_version=row.declaration_version,
            text={"el": row.text_el, "en": row.text_en},
            sha256=row.text_hash,
            published_at=row.published_at,
        )
        for row in published_of(tx, municipality_id)
        if row.published_at is not None
    ]
