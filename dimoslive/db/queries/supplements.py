"""What municipalities add to the declaration, by query."""

from sqlalchemy import func, select
from sqlmodel import Session, col

from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.settings import DeclarationSupplementRow
from dimoslive.domain.booking.consents import Supplement

_PUBLISHED = col(DeclarationSupplementRow.published_at).is_not(None)


def supplement_of(tx: Session, municipality: MunicipalityRow) -> Supplement | None:
    """The one that was published last."""
    row = last_published(tx, municipality.id)
    return to_supplement(row, municipality.slug) if row else None


def supplement_numbered(tx: Session, slug: str, number: int) -> Supplement | None:
    """A published one by what a version names."""
    query = (
        select(DeclarationSupplementRow)
        .join(MunicipalityRow, col(MunicipalityRow.id) == col(DeclarationSupplementRow.municipality_id))
        .where(col(MunicipalityRow.slug) == slug, col(DeclarationSupplementRow.number) == number, _PUBLISHED)
    )
    row = tx.scalars(query).one_or_none()
    return to_supplement(row, slug) if row else None


def last_published(tx: Session, municipality_id: int) -> DeclarationSupplementRow | None:
    """The row of the one that is declared now."""
    return next(iter(published_of(tx, municipality_id, limit=1)), None)


def published_of(tx: Session, municipality_id: int, limit: int = 100) -> list[DeclarationSupplementRow]:
    """All of a municipality, newest first."""
    query = select(DeclarationSupplementRow).where(
        col(DeclarationSupplementRow.municipality_id) == municipality_id, _PUBLISHED
    )
    return list(tx.scalars(query.order_by(col(DeclarationSupplementRow.number).desc()).limit(limit)))


def unpublished_of(tx: Session, municipality_id: int) -> DeclarationSupplementRow | None:
    """The one that is being written; there is one at most."""
    query = select(DeclarationSupplementRow).where(
        col(DeclarationSupplementRow.municipality_id) == municipality_id,
        col(DeclarationSupplementRow.published_at).is_(None),
    )
    return tx.scalars(query).first()


def next_number(tx: Session, municipality_id: int) -> int:
    """Counted by municipality, whatever the platform's own version."""
    query = select(func.max(col(DeclarationSupplementRow.number))).where(
        col(DeclarationSupplementRow.municipality_id) == municipality_id
    )
    return (tx.scalar(query) or 0) + 1


def to_supplement(row: DeclarationSupplementRow, slug: str) -> Supplement:
    """A row as the domain has it."""
    return Supplement(slug, row.number, {"el": row.text_el, "en": row.text_en})
