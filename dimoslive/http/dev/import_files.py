"""Two files for trying an import in an installation for development; they fit the demo's Ioannina."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse

from dimoslive.domain.imports.kinds import ImportKind
from dimoslive.domain.people.permissions import Permission
from dimoslive.http.dependencies import for_anyone
from dimoslive.integrations.files.csv_file import MEDIA_TYPE

router = APIRouter(prefix="/dev/import", include_in_schema=False)
FILES = Path(__file__).parent / "files"


@router.get("/{kind}.csv", dependencies=[for_anyone(Permission.VIEW_PUBLIC)])
def download(kind: ImportKind) -> FileResponse:
    """Officials in the encoding of Greek Windows, all good; services of which some rows are wrong."""
    # The encoding is what is tried: nobody is told which one it is.
    return FileResponse(FILES / f"{kind}.csv", media_type=MEDIA_TYPE.partition(";")[0], filename=f"{kind}.csv")
