"""Write what a municipality adds to the declaration; nobody declares it before it is published."""

from collections.abc import Mapping

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.supplements import last_published, next_number, unpublished_of
from dimoslive.db.rows.roots import values_of
from dimoslive.db.tables.settings import DeclarationSupplementRow
from dimoslive.domain.booking.consents import DECLARATION_VERSION
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.declaration import parse_supplement
from dimoslive.services.settings.add_root import add_root
from dimoslive.services.settings.declarations.kind import SUPPLEMENT
from dimoslive.services.settings.municipality.lock_municipality import lock_municipality
from dimoslive.services.settings.root_change import Act, Opened, Saved
from dimoslive.services.settings.save_root import save_root


def save_supplement(
    context: AppContext, official: Official, municipality_id: int, opened: Opened, raw: Mapping[str, object]
) -> Saved:
    """The text goes on being written, or begins to be: what is published stays as it is.

    Raises `InvalidDetails`, `ChangedMeanwhile` or `NotFound`.
    """
    mine = parse_supplement(raw)
    act = Act(official, context.clock.now(), municipality_id)
    with transaction(context.db) as tx:
        # Its lock is also the one of all that is written of the declaration.
        lock_municipality(tx, official, municipality_id)
        row, last = unpublished_of(tx, municipality_id), last_published(tx, municipality_id)
        if row is None:
            declared = values_of(tx, SUPPLEMENT, last) if last else dict.fromkeys(SUPPLEMENT.columns, "")
            if mine == declared:
                return Saved(last.version if last else 0, has_changed=False)
            row = DeclarationSupplementRow(
                municipality_id=municipality_id,
                declaration_version=DECLARATION_VERSION,
                number=next_number(tx, municipality_id),
                # Goes on counting, so that a form that was opened with another text is known by its version.
                version=last.version + 1 if last else 1,
            )
            return Saved(add_root(tx, SUPPLEMENT, row, mine, act).version)
        return save_root(tx, SUPPLEMENT, row, opened, mine, act)
