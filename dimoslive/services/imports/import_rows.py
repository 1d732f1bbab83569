"""The last press of an import: all that is new or changed, in one transaction."""

from collections.abc import Mapping

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.imports import lock_set_up
from dimoslive.domain.errors import RowsAreWrong
from dimoslive.domain.imports.verdicts import Verdict, count_verdicts
from dimoslive.domain.people.principals import Official
from dimoslive.services.audit.record_audit import record_audit
from dimoslive.services.desk.find_workplace import Workplace
from dimoslive.services.imports.access_draft import access_draft, importer_of, rows_of
from dimoslive.services.imports.importer import judge


def import_rows(
    context: AppContext, official: Official, place: Workplace, draft_id: int, *, is_good_only: bool
) -> Mapping[Verdict, int]:
    """How many rows had each verdict. The rows are judged anew, as things stand at this moment.

    Raises `RowsAreWrong` if one is and not all the good ones alone are wanted, `ImportGone`, `InvalidInput` or
    `NotFound`; then nothing is imported.
    """
    with reading(context.db) as tx:
        # Before the transaction, in which all others wait who write.
        rows = rows_of(context, access_draft(context, tx, official, place, draft_id)).rows
    with transaction(context.db) as tx:
        lock_set_up(tx, place.municipality_id)
        draft = access_draft(context, tx, official, place, draft_id)
        importer = importer_of(context, tx, official, place, draft)
        judged = judge(importer, rows)
        counts = count_verdicts(judged)
        if counts[Verdict.WRONG] and not is_good_only:
            raise RowsAreWrong(number=counts[Verdict.WRONG])
        importer.write([one for one in judged if one.verdict in (Verdict.NEW, Verdict.CHANGE)])
        record_audit(
            tx,
            context.clock.now(),
            f"{draft.kind}.imported",
            by=official,
            subject=("import", draft_id),
            municipality_id=place.municipality_id,
            after={verdict.value: number for verdict, number in counts.items()} | {"file": draft.file_name},
        )
        tx.delete(draft)
        return counts
