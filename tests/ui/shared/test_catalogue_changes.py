"""What anybody may see is kept for some seconds, but never longer than until a municipality changes it."""

import asyncio
from contextlib import suppress

from dimoslive.jobs.announce_days import announce_days
from dimoslive.services.catalogue.show_municipality import show_municipality
from dimoslive.services.settings.departments.open_department import open_department
from dimoslive.services.settings.departments.save_department import save_department
from dimoslive.ui.shared.call import call_public
from dimoslive.ui.shared.catalogue_changes import hear_catalogue_changes
from tests.support.settings import enter_administrator
from tests.support.world import Town


async def department_shown() -> str:
    page = await call_public(show_municipality, "kavala")
    return page.services[0].department["el"]


async def test_a_change_of_the_set_up_is_seen_at_once_though_the_clock_stands(open_town: Town) -> None:
    nikos, department_id = enter_administrator(open_town), open_town.service.department_id
    context, town_id = open_town.context, open_town.municipality.id
    others = list[str]()
    hearing = hear_catalogue_changes(context, lambda: others.append("forgotten"))
    tasks = [asyncio.create_task(work) for work in (hearing, announce_days(context))]
    await asyncio.sleep(0)
    try:
        assert await department_shown() == "Τμήμα Δημοτολογίου"
        opened = open_department(context, nikos, town_id, department_id).opened
        raw = {**opened.values, "name_el": "Ληξιαρχείο"}
        await asyncio.to_thread(save_department, context, nikos, town_id, department_id, opened, raw)
        async with asyncio.timeout(5):
            while await department_shown() != "Ληξιαρχείο":  # noqa: ASYNC110  # it is the page that is asked
                await asyncio.sleep(0)
        # Once when it began to listen, and once for the change.
        assert others == ["forgotten"] * 2
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
