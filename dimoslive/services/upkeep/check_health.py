"""Whether the system can work."""

import logging

from sqlalchemy.exc import SQLAlchemyError

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.catalogue import has_municipalities

_log = logging.getLogger(__name__)


def database_answers(context: AppContext) -> bool:
    """Whether the database is there and has its tables."""
    try:
        with reading(context.db) as tx:
            has_municipalities(tx)
    except SQLAlchemyError as error:
        # The message may hold the address with its password.
        _log.error("the database does not answer: %s", type(error).__name__)
        return False
    return True
