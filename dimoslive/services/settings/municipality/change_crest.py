"""A municipality's crest: taken from a picture that was sent, or taken away."""

from hashlib import sha256

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.towns import crest_hash_of
from dimoslive.db.tables.settings import CrestRow
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.people.principals import Official
from dimoslive.integrations.files.crest_image import read_crest
from dimoslive.services.settings.municipality.kind import MUNICIPALITY
from dimoslive.services.settings.municipality.lock_municipality import check_municipality, lock_municipality
from dimoslive.services.settings.root_change import Act
from dimoslive.services.settings.save_root import write_root


def set_crest(context: AppContext, official: Official, municipality_id: int, content: bytes) -> None:
    """Keep what is made of the picture; the same one again changes nothing. Raises `InvalidInput` or `NotFound`."""
    check_municipality(official, municipality_id)
    if not content:
        raise InvalidInput("crest", "file_is_empty")
    # Before the transaction: a picture may take a while, and the row would be locked as long.
    png = read_crest(content)
    png_hash = sha256(png).hexdigest()
    with transaction(context.db) as tx:
        row = lock_municipality(tx, official, municipality_id)
        before = crest_hash_of(tx, row.id)
        if before == png_hash:
            return
        tx.merge(CrestRow(municipality_id=row.id, png=png, png_hash=png_hash))
        act = Act(official, context.clock.now(), municipality_id)
        write_root(tx, MUNICIPALITY, row, {"crest": png_hash}, act, action="crest_set", before={"crest": before})


def remove_crest(context: AppContext, official: Official, municipality_id: int) -> None:
    """None from now on; raises `NotFound`."""
    with transaction(context.db) as tx:
        row = lock_municipality(tx, official, municipality_id)
        crest = tx.get(CrestRow, row.id)
        if crest is not None:
            before = {"crest": crest.png_hash}
            tx.delete(crest)
            act = Act(official, context.clock.now(), municipality_id)
            write_root(tx, MUNICIPALITY, row, {"crest": ""}, act, action="crest_removed", before=before)
