"""What runs by the clock, in the app's own process: outbox, holds, meetings, retention."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from dimoslive.context import AppContext
from dimoslive.jobs.announce_days import announce_days
from dimoslive.services.figures.note_search import write_searches
from dimoslive.services.keys.note_use import write_key_uses
from dimoslive.services.outbox.deliver_events import deliver_events
from dimoslive.services.outbox.deliver_webhooks import WebhookRounds
from dimoslive.services.outbox.deliverer import Deliverer
from dimoslive.services.outbox.deliverers import ONE_AFTER_THE_OTHER
from dimoslive.services.upkeep.close_meetings import close_meetings
from dimoslive.services.upkeep.close_rooms import close_rooms
from dimoslive.services.upkeep.compute_days_to_next import compute_days_to_next
from dimoslive.services.upkeep.drop_plans import drop_plans
from dimoslive.services.upkeep.drop_webhooks import drop_webhooks
from dimoslive.services.upkeep.end_feeds import end_feeds
from dimoslive.services.upkeep.erase_old_data import erase_old_data
from dimoslive.services.upkeep.expire_holds import expire_holds
from dimoslive.services.upkeep.forget_imports import forget_imports
from dimoslive.services.upkeep.offer_freed_times import offer_freed_times
from dimoslive.services.upkeep.remember_capacity import remember_capacity
from dimoslive.services.upkeep.send_reminders import send_reminders
from dimoslive.services.upkeep.watch_keys import forget_key_traces, watch_keys
from dimoslive.services.upkeep.work_plans import work_plans

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """Runs again and again; several processes may run it at once without harm."""

    name: str
    every: timedelta
    run: Callable[[AppContext], Awaitable[object]]


async def _deliver(deliverer: Deliverer, context: AppContext) -> object:
    return await deliver_events(context, deliverer)


def _in_thread(work: Callable[[AppContext], object]) -> Callable[[AppContext], Awaitable[object]]:
    return lambda context: asyncio.to_thread(work, context)


JOBS = (
    # One for each: a slow mail server holds up nothing but mails.
    *(Job(f"outbox_{each.name}", timedelta(seconds=2), partial(_deliver, each)) for each in ONE_AFTER_THE_OTHER),
    Job("outbox_webhook", timedelta(seconds=1), WebhookRounds().begin_due),
    Job("holds", timedelta(minutes=1), _in_thread(expire_holds)),
    Job("waiting_list", timedelta(seconds=5), _in_thread(offer_freed_times)),
    Job("meetings", timedelta(minutes=1), _in_thread(close_meetings)),
    Job("rooms", timedelta(seconds=5), close_rooms),
    Job("plans", timedelta(seconds=2), work_plans),
    Job("old_plans", timedelta(minutes=5), _in_thread(drop_plans)),
    Job("reminders", timedelta(minutes=1), _in_thread(send_reminders)),
    Job("days_to_next", timedelta(minutes=1), _in_thread(compute_days_to_next)),
    Job("imports", timedelta(minutes=5), _in_thread(forget_imports)),
    Job("webhooks", timedelta(minutes=5), _in_thread(drop_webhooks)),
    Job("feeds", timedelta(minutes=15), _in_thread(end_feeds)),
    Job("key_uses", timedelta(minutes=1), _in_thread(write_key_uses)),
    Job("searches", timedelta(minutes=1), _in_thread(write_searches)),
    Job("capacity", timedelta(minutes=1), _in_thread(remember_capacity)),
    Job("keys", timedelta(hours=1), _in_thread(watch_keys)),
    Job("key_traces", timedelta(hours=1), _in_thread(forget_key_traces)),
    Job("retention", timedelta(hours=6), _in_thread(erase_old_data)),
)


async def run_jobs(context: AppContext) -> None:
    """Run all jobs until cancelled; what citizens searched for until then is not lost."""
    try:
        await asyncio.gather(announce_days(context), *(_again_and_again(job, context) for job in JOBS))
    finally:
        write_searches(context)


async def _again_and_again(job: Job, context: AppContext) -> None:
    while True:
        try:
            await job.run(context)
        except Exception:  # noqa: BLE001  # whatever it was, the next round must come
            _log.exception("job %s failed", job.name)
        await context.clock.sleep(job.every.total_seconds())
