"""The files for trying an import fit the demo: the one is good, of the other four rows are wrong."""

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.officials import official_by_afm, rights_of
from dimoslive.domain.imports.encodings import Encoding
from dimoslive.domain.imports.kinds import ImportKind
from dimoslive.domain.people.principals import Official
from dimoslive.http.dev.import_files import FILES
from dimoslive.integrations.identity.persons import SPYRIDON
from dimoslive.seeds.demo import seed_demo
from dimoslive.seeds.municipalities import seed_municipalities
from dimoslive.services.desk.find_workplace import find_workplace
from dimoslive.services.imports.judge_file import judge_file
from dimoslive.services.imports.keep_file import keep_file
from dimoslive.services.imports.open_file import open_file
from tests.support.clock import FrozenClock
from tests.support.database import context_for
from tests.support.world import NOW

EXPECTED = {
    ImportKind.OFFICIALS: (Encoding.WINDOWS_1253, ["new"] * 12),
    ImportKind.SERVICES: (Encoding.UTF_8, [*["new"] * 3, "wrong", "new", *["wrong"] * 3, "new", "new"]),
}


@pytest.mark.parametrize("kind", list(ImportKind))
def test_each_file_shows_what_it_is_for(sqlite_db: Engine, kind: ImportKind) -> None:
    context = context_for(sqlite_db, FrozenClock(NOW))
    with transaction(sqlite_db) as tx:
        seed_municipalities(tx)
        tx.flush()
        seed_demo(tx, NOW, context.seal)
    with reading(sqlite_db) as tx:
        row = official_by_afm(tx, context.seal.afm_hash(SPYRIDON.afm))
        assert row is not None
        spyridon = Official(row.id or 0, "", "", rights_of(tx, row.id or 0))
    place = find_workplace(context, spyridon, "ioannina")
    content = (FILES / f"{kind}.csv").read_bytes()
    draft = keep_file(context, spyridon, place, kind=kind, file_name="α.csv", content=content)
    encoding, verdicts = EXPECTED[kind]
    assert open_file(context, spyridon, place, draft).encoding is encoding
    assert [one.verdict.value for one in judge_file(context, spyridon, place, draft).rows] == verdicts
