"""The declaration that is made now: the platform's, and after it what the municipality adds."""

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.supplements import supplement_numbered, supplement_of
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.booking.consents import Declaration, read_version
from dimoslive.domain.errors import DeclarationChanged
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n.declarations import declaration_of


def current_declaration(tx: Session, municipality: MunicipalityRow, mode: Mode, language: str) -> Declaration:
    """The wording for a mode; an unknown language gets Greek."""
    platforms, supplement = declaration_of(mode, language), supplement_of(tx, municipality)
    return supplement.added_to(platforms) if supplement else platforms


def check_declaration(tx: Session, municipality: MunicipalityRow, shown: Declaration) -> None:
    """Raises `DeclarationChanged` where what was shown is not what is declared now."""
    if shown != current_declaration(tx, municipality, shown.mode, shown.language):
        raise DeclarationChanged()


def show_declaration(context: AppContext, municipality_id: int, mode: Mode, language: str) -> Declaration:
    """The wording that a page is to show."""
    with reading(context.db) as tx:
        return current_declaration(tx, tx.get_one(MunicipalityRow, municipality_id), mode, language)


def declaration_numbered(tx: Session, label: str, mode: Mode, language: str) -> Declaration:
    """The wording that a booking kept, by its version; raises `UnknownText`."""
    version, slug, number = read_version(label)
    platforms = declaration_of(mode, language, version)
    supplement = supplement_numbered(tx, slug, number) if slug else None
    return supplement.added_to(platforms) if supplement else platforms
