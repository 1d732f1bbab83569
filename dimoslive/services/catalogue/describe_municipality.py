"""A municipality as programs of others read it."""

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.catalogue import services_of
from dimoslive.db.queries.supplements import supplement_of
from dimoslive.db.rows.catalogue import modes_of, to_name
from dimoslive.domain.catalogue.described import DescribedDepartment, DescribedMunicipality
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n.declarations import declaration_of
from dimoslive.services.access.access_offered import access_published
from dimoslive.services.catalogue.show_look import look_of


def describe_municipality(context: AppContext, slug: str) -> DescribedMunicipality:
    """One that is published, with its departments that offer something; raises `NotFound`. Four queries."""
    now = context.clock.now()
    with reading(context.db) as tx:
        row = access_published(tx, slug, now)
        look = look_of(tx, row, now)
        supplement = supplement_of(tx, row)
        offered = [(service, department) for service, department in services_of(tx, row.id) if modes_of(service)]
    departments = {department.id: department for _, department in offered}.values()
    modes = {mode for service, _ in offered for mode in modes_of(service)}
    declared = {mode: declaration_of(mode, "el") for mode in Mode if mode in modes}
    return DescribedMunicipality(
        municipality=to_name(row, now),
        look=look,
        zone=row.zone,
        departments=tuple(
            DescribedDepartment(
                {"el": one.name_el, "en": one.name_en},
                {"el": one.address_el, "en": one.address_en} if one.address_el else look.address,
            )
            for one in departments
        ),
        modes=tuple(declared),
        declarations={
            mode: (supplement.added_to(own) if supplement else own).version for mode, own in declared.items()
        },
    )
