"""The pages of webhooks."""

import asyncio
from dataclasses import replace
from typing import Any

from dimoslive.db.engine import announcing, transaction
from dimoslive.domain.events import ProgramsTold
from dimoslive.domain.webhooks.attempts import Attempt, AttemptError
from dimoslive.services.outbox.publish_event import publish_event
from dimoslive.ui.settings.webhooks.list_state import WebhooksState
from dimoslive.ui.settings.webhooks.log_state import WebhookLogState
from dimoslive.ui.shared import call
from tests.support.meeting import staff_token
from tests.support.ports import RecordingReceiver
from tests.support.settings import enter_administrator
from tests.support.webhooks import an_endpoint, deliver
from tests.support.world import Town
from tests.ui.opened import a_page, press


async def opened(town: Town, state: Any, end: str = "") -> Any:
    page = a_page(state, town, f"/admin/webhooks{end}?m=kavala", staff=staff_token(town))
    await press(page, "load")
    return page


async def test_an_open_list_hears_of_a_receiver_that_wants_no_more_and_the_log_says_why(open_town: Town) -> None:
    town = open_town
    enter_administrator(town)
    endpoint = an_endpoint(town)
    town.context = replace(
        town.context, webhooks=RecordingReceiver(Attempt(status=410, error=AttemptError.STATUS, answer="gone"))
    )
    call.configure(town.context)
    page = await opened(town, WebhooksState)
    assert [row.state for row in page.rows] == ["Ενεργό"]
    with transaction(town.context.db) as tx:
        now = town.clock.now()
        publish_event(tx, ProgramsTold("booking.made", now, town.municipality.id, {"reference": "K7PM3XQ9"}), now)
    said: list[Any] = []
    with announcing(town.context.db, said.extend):
        await asyncio.to_thread(deliver, town.context)
    assert [(change.municipality_id, change.kind) for change in said] == [(town.municipality.id, "webhook")]
    # What the page's listener does.
    await press(page, "refresh")
    [row] = page.rows
    assert (row.is_off, row.state) == (True, "Απενεργοποιήθηκε: απάντησε 410")
    log = await opened(town, WebhookLogState, f"/{endpoint}/log")
    [line] = log.lines
    assert (line.result, line.is_failure) == ("Απάντησε ότι δεν θέλει άλλα μηνύματα", True)
    assert log.off_line.startswith("Απενεργοποιήθηκε μόνο του στις 20/11 10:00: ")
