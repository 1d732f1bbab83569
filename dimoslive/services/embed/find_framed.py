"""Who is in a frame, and for which municipality."""

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.catalogue import municipality_by_slug
from dimoslive.domain.catalogue.publication import is_published
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.principals import FramedCitizen
from dimoslive.services.identity.auth_realm import CITIZENS, FRAMES
from dimoslive.services.identity.sessions import find_principal


def find_framed(context: AppContext, slug: str, *, session: str, frame: str) -> FramedCitizen | None:
    """By the cookies that came with the frame's request; raises `NotFound` for a municipality that is not published.

    The citizen's own session counts first, where the browser lets it into the frame. It is good for no more there than
    the frame's own: for the wizard, with this municipality. One for another municipality is none.
    """
    municipality_id = published_id(context, slug)
    citizen = find_principal(context, CITIZENS, session)
    if citizen is not None:
        return FramedCitizen(citizen.id, citizen.first_name, citizen.last_name, citizen.session_id, municipality_id)
    framed = find_principal(context, FRAMES, frame)
    return framed if framed is not None and framed.municipality_id == municipality_id else None


def published_id(context: AppContext, slug: str) -> int:
    """The id of a published municipality; raises `NotFound`."""
    with reading(context.db) as tx:
        municipality = municipality_by_slug(tx, slug)
    if municipality is None or not is_published(municipality.joined_at, context.clock.now()):
        raise NotFound()
    return municipality.id
