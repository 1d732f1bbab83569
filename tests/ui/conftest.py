from collections.abc import AsyncIterator, Iterator

import pytest
from sqlalchemy import Engine

from dimoslive.ui.shared import call
from tests.support.database import sqlite_db, sqlite_files
from tests.support.world import Town, a_town
from tests.ui.page_socket import Wire, serving_pages

__all__ = ["sqlite_db", "sqlite_files"]


@pytest.fixture
def open_town(sqlite_db: Engine) -> Iterator[Town]:
    """A town whose services the pages call."""
    town = a_town(sqlite_db)
    call.configure(town.context)
    yield town
    call._configured.clear()


@pytest.fixture
async def wire(open_town: Town) -> AsyncIterator[Wire]:
    """The town's pages behind a real server."""
    async with serving_pages(open_town) as wire:
        yield wire
