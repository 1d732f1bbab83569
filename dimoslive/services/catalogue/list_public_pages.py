"""The pages of published municipalities and of their services, for search engines."""

from dataclasses import dataclass

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.catalogue import published_services


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A municipality's page, or with ``service`` the one that leads to a service of it. Both are slugs."""

    municipality: str
    service: str = ""


def list_public_pages(context: AppContext) -> list[PublicPage]:
    """Each municipality, followed by its services."""
    with reading(context.db) as tx:
        found = published_services(tx, context.clock.now())
    pages: dict[PublicPage, None] = {}
    for municipality, service in found:
        pages[PublicPage(municipality)] = None
        if service:
            pages[PublicPage(municipality, service)] = None
    return list(pages)
