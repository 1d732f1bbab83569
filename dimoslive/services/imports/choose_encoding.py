"""Another encoding than the one that was found."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.imports.encodings import Encoding
from dimoslive.domain.people.principals import Official
from dimoslive.services.desk.find_workplace import Workplace
from dimoslive.services.imports.access_draft import access_draft
from dimoslive.services.imports.open_file import FileRead, open_file


def choose_encoding(
    context: AppContext, official: Official, place: Workplace, draft_id: int, encoding: str
) -> FileRead:
    """The file as it is understood in it. Raises `ImportGone`, `InvalidInput` or `NotFound`."""
    if encoding not in set(Encoding):
        raise InvalidInput("encoding", "not_a_choice")
    with transaction(context.db) as tx:
        access_draft(context, tx, official, place, draft_id).encoding = encoding
    return open_file(context, official, place, draft_id)
