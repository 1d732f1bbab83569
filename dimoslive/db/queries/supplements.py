"""What municipalities add to the declaration, by query."""

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col

from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.settings import DeclarationSupplementRow
from dimoslive.domain.booking.consents import Supplement

_PUBLISHED = col(DeclarationSupplementRow.published_at).is_not(None)
_OF_MUNICIPALITY = (
    select(DeclarationSupplementRow)
    .where(col(DeclarationSupplementRow.municipality_id) == bindparam("municipality_id"), _PUBLISHED)
    .order_by(col(DeclarationSupplementRow.number).desc())
)
# Built once: each booking asks it, and that takes longer than to run it.
_DECLARED = _OF_MUNICIPALITY.limit(1).with_only_columns(
    *(col(getattr(DeclarationSupplementRow, name)) for name in ("number", "text_el", "text_en"))
)


def supplement_of(tx: Session, municipality: MunicipalityRow) -> Supplement | None:
    """The one that was published last."""
    found = tx.connection().execute(_DECLARED, {"municipality_id": municipality.id}).one_or_none()
    return Supplement(municipality.slug, found.number, {"el": found.text_el, "en": found.text_en}) if found else None


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
    return tx.scalars(_OF_MUNICIPALITY.limit(1), {"municipality_id": municipality_id}).one_or_none()


def published_of(tx: Session, municipality_id: int) -> list[DeclarationSupplementRow]:
    """All of a municipality, newest first."""
    return list(tx.scalars(_OF_MUNICIPALITY.limit(100), {"municipality_id": municipality_id}))


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
