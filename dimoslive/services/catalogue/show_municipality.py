"""One municipality with its services, for its public page."""

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.catalogue import hours_of, municipality_by_slug, services_of
from dimoslive.db.rows.catalogue import modes_of, to_name, to_offered
from dimoslive.domain.catalogue.municipality import MunicipalityPage
from dimoslive.domain.errors import NotFound


def show_municipality(context: AppContext, slug: str) -> MunicipalityPage:
    """One municipality with its services; raises `NotFound`."""
    with reading(context.db) as tx:
        row = municipality_by_slug(tx, slug)
        if row is None:
            raise NotFound()
        offered = services_of(tx, row.id) if row.joined_at is not None else []
        hours = hours_of(tx, [service.id or 0 for service, _ in offered])
        return MunicipalityPage(
            municipality=to_name(row),
            address={"el": row.address_el, "en": row.address_en},
            phone=row.phone,
            email=row.email,
            # Nobody is served by a service that is offered in no way.
            services=tuple(
                to_offered(service, department, [h for h in hours if h.service_id == service.id])
                for service, department in offered
                if modes_of(service)
            ),
        )
