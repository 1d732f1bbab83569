"""A municipality that is not published yet, and who sets it up."""

from typing import Any

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.official import OfficialRightRow, OfficialRow
from dimoslive.domain.people.duties import DUTIES_VERSION
from dimoslive.domain.people.principals import Official, StaffRight, StaffRole
from dimoslive.domain.settings.usual import DEPARTMENTS, SERVICES
from dimoslive.ports import Identity
from dimoslive.services.settings.tasks.contact import open_contact, save_contact
from dimoslive.services.settings.tasks.usual_desks import add_usual_desks
from dimoslive.services.settings.tasks.usual_hours import set_usual_hours
from dimoslive.services.settings.tasks.usual_services import add_usual_services
from tests.support.meeting import ANNA, ZOE, enter_official
from tests.support.world import NOW, Town, a_municipality

CONTACT = {"address_el": "Πλατεία 1", "address_en": "", "phone": "2521 350600", "email": ""}


def a_new_municipality(town: Town, *, code: int = 0, slug: str = "drama", **words: Any) -> MunicipalityRow:
    """Enrolled, and nothing more; with a ministry's code where that matters."""
    with transaction(town.context.db) as tx:
        row = a_municipality(tx, "Δράμας", slug=slug, **words)
        row.joined_at, row.enrolled_at = None, NOW
        if code:
            tx.flush()
            row.id = code
        return row


def its_administrator(town: Town, municipality: MunicipalityRow, identity: Identity = ANNA) -> Official:
    """Somebody who may set it up."""
    official = enter_official(town, identity, of=municipality)
    with transaction(town.context.db) as tx:
        row = tx.get_one(OfficialRow, official.id)
        row.first_name, row.last_name = identity.first_name, identity.last_name
        tx.get_one(OfficialRightRow, (official.id, municipality.id)).role = StaffRole.ADMINISTRATOR.value
    right = StaffRight(municipality.id, StaffRole.ADMINISTRATOR)
    return Official(official.id, identity.first_name, identity.last_name, frozenset({right}))


def a_platform_administrator(town: Town, identity: Identity = ZOE) -> Official:
    """Somebody who runs the installation, works for no municipality, and has read the duties."""
    with transaction(town.context.db) as tx:
        row = OfficialRow(
            afm_hash=town.context.seal.afm_hash(identity.afm),
            first_name=identity.first_name,
            last_name=identity.last_name,
            is_platform_admin=True,
            duties_version=DUTIES_VERSION,
            duties_at=town.clock.now(),
        )
        tx.add(row)
        tx.flush()
        return Official(row.id or 0, row.first_name, row.last_name, frozenset(), is_platform_admin=True)


def set_all_up(town: Town, anna: Official, municipality: MunicipalityRow, *services: str) -> None:
    """All tasks but the last, by the helps; without names two usual services."""
    context, id_ = town.context, municipality.id
    save_contact(context, anna, id_, open_contact(context, anna, id_), CONTACT)
    add_usual_services(context, anna, id_, services or ("certificates", "fees"))
    add_usual_desks(context, anna, id_)
    set_usual_hours(context, anna, id_)


ALL_DEPARTMENTS = frozenset(one.key for one in DEPARTMENTS)
ALL_SERVICES = frozenset(one.key for one in SERVICES)
