"""A program reads how its municipality is set up."""

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.program_set_up import program_closures, program_desks, program_hours
from dimoslive.domain.keys.program_set_up import Days, ProgramClosure, ProgramDesk, ProgramHours
from dimoslive.domain.people.principals import ApiKey
from dimoslive.domain.scheduling.local_time import ATHENS, local_day


def list_program_desks(context: AppContext, key: ApiKey) -> list[ProgramDesk]:
    """In the order of their ids."""
    with reading(context.db) as tx:
        return program_desks(tx, key.municipality_id)


def list_program_hours(context: AppContext, key: ApiKey) -> list[ProgramHours]:
    """Of the services in use, in the order of their ids."""
    with reading(context.db) as tx:
        return program_hours(tx, key.municipality_id, local_day(context.clock.now(), ATHENS))


def list_program_closures(context: AppContext, key: ApiKey, days: Days) -> list[ProgramClosure]:
    """In the order of their ids."""
    with reading(context.db) as tx:
        return program_closures(tx, key.municipality_id, days, ATHENS)
