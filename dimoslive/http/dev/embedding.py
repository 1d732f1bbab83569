"""A page like those of other sites, with our elements in it, to look at while they are worked on."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from dimoslive.domain.people.permissions import Permission
from dimoslive.http.dependencies import SettingsDep, for_anyone

EXAMPLE = Path(__file__).parents[3] / "docs" / "embedding-example.html"
WRITTEN_FOR = "http://localhost:3000"

router = APIRouter(include_in_schema=False)


@router.get("/dev/embedding", dependencies=[for_anyone(Permission.VIEW_PUBLIC)])
def example(settings: SettingsDep) -> HTMLResponse:
    """The example of the documentation; from our own site, so that no municipality has to list it."""
    page = EXAMPLE.read_text(encoding="utf-8").replace(WRITTEN_FOR, settings.public_url)
    # Our own pages' policy would cut the window of the sign-in off, as hardly any other site does.
    return HTMLResponse(page, headers={"Cross-Origin-Opener-Policy": "same-origin-allow-popups"})
