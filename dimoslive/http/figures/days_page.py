"""In how many days one is served where: a page for everybody, made on the server, that needs no script."""

import asyncio
from datetime import datetime

from fastapi import APIRouter, Request, Response

from dimoslive.domain.errors import TooManyAttempts
from dimoslive.domain.figures.days_to_next import MunicipalityDays
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.http.dependencies import ClientAddress, ContextDep, for_anyone
from dimoslive.http.figures.days_lines import lines_of, said_at
from dimoslive.http.figures.days_wish import DaysWish, Sort
from dimoslive.http.pages import page
from dimoslive.http.public_v1.answers import Body, body_of, send
from dimoslive.http.public_v1.kept import KeptDep
from dimoslive.http.public_v1.quotas import PUBLIC
from dimoslive.i18n import LANGUAGES, texts_of
from dimoslive.i18n.search_key import search_key
from dimoslive.services.figures.narrow_days import narrow_days
from dimoslive.urls import DAYS_TO_NEXT, language_of, localized, my_bookings_path, other_language, public_figures_path

PATHS = tuple(public_figures_path(language) for language in LANGUAGES)
CACHING = "public, max-age=600"
_FOOT = ("terms", "privacy", "accessibility", "contact")

router = APIRouter(include_in_schema=False)


@router.api_route(PATHS[0], methods=["GET", "HEAD"], dependencies=[for_anyone(Permission.VIEW_PUBLIC)])
@router.api_route(PATHS[1], methods=["GET", "HEAD"], dependencies=[for_anyone(Permission.VIEW_PUBLIC)])
async def show_days(request: Request, context: ContextDep, kept: KeptDep, address: ClientAddress) -> Response:
    """Sorted, narrowed and unfolded as the address says."""
    counted = await context.request_limiter.count(PUBLIC, address)
    if not counted.is_allowed:
        raise TooManyAttempts(minutes=1)
    days, _ = await kept.days_to_next()
    wish = DaysWish.read(request.query_params)
    body = await asyncio.to_thread(_made, days, wish, request.url.path, context.clock.now(), context.public_url)
    return send(request, body, CACHING, {"Vary": "Accept-Encoding"}, media_type="text/html; charset=utf-8")


def _made(days: tuple[MunicipalityDays, ...], wish: DaysWish, path: str, now: datetime, public_url: str) -> Body:
    language = language_of(path)
    t = texts_of(language)
    lines = lines_of(narrow_days(days, region=wish.region, words=wish.words, mode=wish.mode), wish, path, t)
    regions = {one.municipality.region["en"]: one.municipality.region[language] for one in days}
    html = page(
        "days_to_next.html",
        language,
        path=path,
        public_url=public_url,
        languages=dict(zip(LANGUAGES, PATHS, strict=True)),
        wish=wish,
        lines=lines,
        number=t.count("days_to_next.number", len(lines)),
        computed=t("days_to_next.computed", at=said_at(days, now)) if days else "",
        regions=sorted(regions.items(), key=lambda one: search_key(one[1])),
        modes=[(mode, t(f"mode.{mode}")) for mode in Mode],
        sorts=[(sort, t(f"days_to_next.sort.{sort}")) for sort in Sort],
        columns={column: wish.sorted_by(column).address(path) for column in ("name", "days", "median")},
        other=wish.address(other_language(path)),
        other_language="en" if language == "el" else "el",
        front=localized("/", language),
        my_bookings=my_bookings_path(language),
        foot=[(t(f"layout.{name}"), localized(f"/{name}", language)) for name in _FOOT],
        csv=f"{DAYS_TO_NEXT}.csv?language={language}",
        json=DAYS_TO_NEXT,
    )
    return body_of(bytes(html.body))
