"""Retention: persons are erased from old bookings, events lose their facts; counts stay."""

from dataclasses import dataclass
from datetime import timedelta

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.audit import forget_old_audit, forget_search_words
from dimoslive.db.queries.bookings import erase_persons
from dimoslive.db.queries.catalogue import retention_terms
from dimoslive.db.queries.claims import forget_past_claims
from dimoslive.db.queries.drafts import forget_old_drafts
from dimoslive.db.queries.frames import forget_old_codes, forget_old_sightings
from dimoslive.db.queries.history import forget_old_history
from dimoslive.db.queries.limits import forget_attempts, window_of
from dimoslive.db.queries.outbox import forget_old_events
from dimoslive.db.queries.people import forget_gone_citizens, forget_old_states
from dimoslive.db.queries.sessions import forget_old_sessions
from dimoslive.db.queries.webhooks import forget_log
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.domain.scheduling.slots import ticks
from dimoslive.domain.webhooks.attempts import LOG_KEPT
from dimoslive.services.access.limit_attempts import RateLimit
from dimoslive.services.embed.note_refused_origin import SIGHTINGS_KEPT

BOOKINGS_KEPT = timedelta(days=MunicipalityRow.model_fields["retention_days"].default)
BOOKINGS_KEPT_AT_MOST = timedelta(days=365)
"""Whatever a municipality sets, longer is not promised to anybody."""
MAILS_KEPT = timedelta(days=30)
"""Their text is made from what events say of a person."""
DRAFTS_KEPT = timedelta(days=30)
CITIZENS_KEPT = timedelta(days=365)
"""After the last sign-in, if nothing else of theirs is left."""
HISTORY_KEPT = timedelta(days=365)
"""Of bookings, of what officials did, and that they searched."""
SEARCH_WORDS_KEPT = timedelta(days=30)
"""What officials searched for names persons."""
ATTEMPTS_KEPT = timedelta(days=1)
"""Counts of attempts name addresses of the network."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What one run erased."""

    bookings: int
    events: int


def erase_old_data(context: AppContext) -> Erased:
    """Erase what the retention rules no longer allow to be kept."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        bookings = 0
        for days in retention_terms(tx):
            kept = min(timedelta(days=days), BOOKINGS_KEPT_AT_MOST)
            bookings += erase_persons(tx, days, now - kept, now)
        events = forget_old_events(tx, now - MAILS_KEPT)
        forget_old_history(tx, now - HISTORY_KEPT)
        forget_old_drafts(tx, now - DRAFTS_KEPT)
        # Claims guard the future; those of past days are of no more use.
        forget_past_claims(tx, ticks(now - timedelta(days=2), now).start)
        for limit in RateLimit:
            within = limit.value.window
            forget_attempts(tx, limit.value.name, window_of(now - ATTEMPTS_KEPT + within, within))
        forget_log(tx, now - LOG_KEPT)
        forget_search_words(tx, now - SEARCH_WORDS_KEPT)
        forget_old_audit(tx, now - HISTORY_KEPT)
        forget_old_sessions(tx, now)
        forget_old_codes(tx, now - timedelta(days=1))
        forget_old_sightings(tx, local_day(now - SIGHTINGS_KEPT, ATHENS))
        forget_old_states(tx, now - timedelta(days=1))
        forget_gone_citizens(tx, now - CITIZENS_KEPT)
    return Erased(bookings, events)
