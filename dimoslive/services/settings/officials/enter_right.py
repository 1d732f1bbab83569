"""Somebody becomes an official of a municipality: whoever enters them, and by whichever way."""

from dataclasses import dataclass

from sqlmodel import Session

from dimoslive.crypto import Seal
from dimoslive.db.queries.official_rights import has_any_right, right_of
from dimoslive.db.queries.officials import official_by_afm, official_by_email
from dimoslive.db.rows.roots import values_of
from dimoslive.db.tables.official import OfficialRightRow, OfficialRow
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.people.personal_data import Afm, EmailAddress
from dimoslive.domain.settings.three_way import Values
from dimoslive.services.settings.add_root import add_root
from dimoslive.services.settings.officials.kind import OFFICIAL
from dimoslive.services.settings.root_change import Act
from dimoslive.services.settings.save_root import write_root


@dataclass(frozen=True, slots=True, repr=False)
class WhoIsEntered:
    """By what the person will be recognised at the first sign-in, one of both at least, and the name until then."""

    afm: Afm | None
    email: EmailAddress | None
    first_name: str = ""
    last_name: str = ""


def enter_right(
    tx: Session, seal: Seal, who: WhoIsEntered, values: Values, act: Act, *, is_command: bool = False
) -> OfficialRightRow:
    """Give the person a right in the act's municipality.

    Whom others have entered before stays as whom they entered; this municipality's word is kept with its own right. A
    command may also change what there is. Raises `InvalidInput`.
    """
    person = find_person(tx, seal, who)
    is_ours = person is None or is_command or not (person.is_platform_admin or has_any_right(tx, person.id or 0))
    if person is not None and not is_ours and who.afm and person.afm_hash != seal.afm_hash(who.afm):
        # Found by the address alone: whoever has that AFM would come into the rights that others gave.
        raise InvalidInput("email", "belongs_to_another_official")
    if person is None or is_ours:
        person = fill_person(tx, seal, person, who)
    official_id = person.id or 0
    right = right_of(tx, official_id, act.municipality_id)
    if right is None:
        right = OfficialRightRow(official_id=official_id, municipality_id=act.municipality_id, entered_at=act.at)
        if not is_ours:
            right.email = who.email.text.lower() if who.email else ""
            right.afm_last_digits = who.afm.digits[-3:] if who.afm else ""
        person.is_active = True
        return add_root(tx, OFFICIAL, right, values, act, action="entered", facts=_told(who))
    if not is_command:
        raise InvalidInput("afm" if who.afm else "email", "already_entered")
    before = values_of(tx, OFFICIAL, right)
    changed = {name: value for name, value in values.items() if value != before[name]}
    if changed:
        write_root(tx, OFFICIAL, right, changed, act, action="changed", before=before)
    return right


def find_person(tx: Session, seal: Seal, who: WhoIsEntered) -> OfficialRow | None:
    """Whoever has the AFM or the address; raises `InvalidInput` if these are two."""
    by_afm = official_by_afm(tx, seal.afm_hash(who.afm)) if who.afm else None
    by_email = official_by_email(tx, who.email.text.lower()) if who.email else None
    if by_afm and by_email and by_afm.id != by_email.id:
        raise InvalidInput("email", "belongs_to_another_official")
    return by_afm or by_email


def fill_person(tx: Session, seal: Seal, person: OfficialRow | None, who: WhoIsEntered) -> OfficialRow:
    """Write by what somebody is recognised; only for those of whom nobody else has said it."""
    official = person or OfficialRow(first_name="", last_name="")
    if who.afm:
        official.afm_hash, official.afm_last_digits = seal.afm_hash(who.afm), who.afm.digits[-3:]
    if who.email:
        official.email = who.email.text.lower()
    if who.last_name:
        official.first_name, official.last_name = who.first_name, who.last_name
    official.is_active = True
    tx.add(official)
    tx.flush()
    return official


def _told(who: WhoIsEntered) -> dict[str, object]:
    """As the log has it."""
    told: dict[str, object] = {}
    if who.afm:
        told["afm"] = who.afm.masked
    if who.email:
        told["email"] = who.email.text.lower()
    return told
