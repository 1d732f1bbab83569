"""What search engines ask for: which pages they may look at, and which there are."""

from datetime import datetime, timedelta
from hashlib import sha256
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request, Response

from dimoslive.domain.people.permissions import Permission
from dimoslive.http.dependencies import ContextDep, for_anyone
from dimoslive.http.etags import is_known
from dimoslive.i18n import LANGUAGES
from dimoslive.services.catalogue.list_public_pages import PublicPage, list_public_pages
from dimoslive.urls import localized, municipality_path, public_figures_path

ROBOTS, SITEMAP = "/robots.txt", "/sitemap.xml"
PATHS = (ROBOTS, SITEMAP)
CLOSED_PAGES = ("/embed", "/b/", "/desk", "/admin", "/platform")
CLOSED = ("/api/", "/auth", "/feeds")
"""Nothing there is for somebody who only searches. ``/b/`` ends with a slash, because ``/booking`` is open."""
KEPT = timedelta(minutes=10)
"""The list of pages is made once for all who ask within this time."""

router = APIRouter(tags=["search engines"])
_CACHING = {"Cache-Control": "public, max-age=3600"}


@router.api_route(
    ROBOTS, methods=["GET", "HEAD"], response_class=Response, dependencies=[for_anyone(Permission.VIEW_PUBLIC)]
)
def robots(context: ContextDep) -> Response:
    """In each language all but what is closed."""
    pages = [
        localized(path, language).rstrip("/") + "/" * path.endswith("/")
        for language in LANGUAGES
        for path in CLOSED_PAGES
    ]
    closed = [f"Disallow: {path}" for path in (*pages, *CLOSED)]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {context.public_url}{SITEMAP}"]
    return Response("\n".join(lines) + "\n", media_type="text/plain; charset=utf-8", headers=_CACHING)


@router.api_route(
    SITEMAP,
    methods=["GET", "HEAD"],
    response_class=Response,
    responses={200: {"content": {"application/xml": {}}}, 304: {}},
    dependencies=[for_anyone(Permission.VIEW_PUBLIC)],
)
def sitemap(request: Request, context: ContextDep) -> Response:
    """The front page, the figures, published municipalities and their services, each in all languages."""
    state, now = request.app.state, context.clock.now()
    made: tuple[datetime, bytes] | None = getattr(state, "sitemap", None)
    if made is None or not timedelta() <= now - made[0] < KEPT:
        state.sitemap = made = now, _sitemap(list_public_pages(context), context.public_url)
    etag = f'"{sha256(made[1]).hexdigest()[:32]}"'
    headers = _CACHING | {"ETag": etag}
    if is_known(request.headers.get("If-None-Match", ""), etag):
        return Response(status_code=304, headers=headers)
    return Response(made[1], media_type="application/xml", headers=headers)


def _sitemap(pages: list[PublicPage], public_url: str) -> bytes:
    there = [
        {language: public_url + localized(path, language) for language in LANGUAGES}
        for path in ("/", public_figures_path("el"))
    ]
    there += [{language: public_url + _path(page, language) for language in LANGUAGES} for page in pages]
    urls = "".join(_url(addresses, language) for addresses in there for language in LANGUAGES)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        f"{urls}</urlset>\n"
    ).encode()


def _path(page: PublicPage, language: str) -> str:
    path = municipality_path(page.municipality, language)
    return f"{path}?service={page.service}" if page.service else path


def _url(addresses: dict[str, str], language: str) -> str:
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{other}" href="{escape(address)}"/>'
        for other, address in addresses.items()
    )
    return f"<url><loc>{escape(addresses[language])}</loc>{others}</url>\n"
