"""Keys that end soon, or that nobody uses: their administrators are warned, and what nobody uses ends."""

from datetime import datetime, timedelta

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.api_keys import administrators_to_mail, forget_old_records, forget_old_uses, live_keys
from dimoslive.db.rows.api_key import lifetime_of
from dimoslive.db.tables.api_key import ApiKeyRow
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.official import OfficialRow
from dimoslive.domain.events import KeyNews, KeyWarned
from dimoslive.domain.keys.lifetime import END_UNUSED, WARN_UNUSED
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.services.audit.record_audit import record_audit
from dimoslive.services.outbox.publish_event import publish_event

USES_KEPT = timedelta(days=30)
ANSWERS_KEPT = timedelta(hours=24)
"""For so long a program may send the same request again."""


def watch_keys(context: AppContext) -> int:
    """Warn, and end; returns how many administrators are told. Whoever was told once is not told again."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        due = [(row, municipality, news) for row, municipality, news in _all(tx, now) if news is not None]
        people = administrators_to_mail(tx, [municipality.id for _, municipality, _ in due])
        told = 0
        for row, municipality, news in due:
            _note(tx, row, news, now)
            for official in people.get(municipality.id, []):
                publish_event(tx, _event(row, municipality, news, official, now), now)
                told += 1
        return told


def forget_key_traces(context: AppContext) -> int:
    """Remove answers that need not be given again, and counts of days long ago; returns how many answers."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        forget_old_uses(tx, local_day(now - USES_KEPT, ATHENS))
        return forget_old_records(tx, now - ANSWERS_KEPT)


def _all(tx: Session, now: datetime) -> list[tuple[ApiKeyRow, MunicipalityRow, KeyNews | None]]:
    return [(row, municipality, _news(row, now)) for row, municipality in live_keys(tx, local_day(now, ATHENS))]


def _news(row: ApiKeyRow, now: datetime) -> KeyNews | None:
    """What its people have to be told now, if anything."""
    lifetime = lifetime_of(row)
    unused = lifetime.unused_for(now)
    # It ends a month after the warning, however late that came.
    if row.unused_warned_at is not None and now - row.unused_warned_at >= END_UNUSED - WARN_UNUSED:
        return KeyNews.UNUSED_ENDED
    days = lifetime.warning(now)
    if days and (not row.warned_days or days < row.warned_days):
        return KeyNews.ENDS_SOON
    return KeyNews.UNUSED if unused >= WARN_UNUSED and row.unused_warned_at is None else None


def _note(tx: Session, row: ApiKeyRow, news: KeyNews, now: datetime) -> None:
    match news:
        case KeyNews.ENDS_SOON:
            row.warned_days = lifetime_of(row).warning(now)
        case KeyNews.UNUSED:
            row.unused_warned_at = now
        case KeyNews.UNUSED_ENDED:
            row.revoked_at, row.changed_at, row.changed_by = now, now, None
            row.version += 1
            record_audit(
                tx,
                now,
                "key.revoked",
                by="job",
                subject=("key", row.id),
                municipality_id=row.municipality_id,
                after={"name": row.name, "revoked_at": now.isoformat()},
                reason="unused",
            )
    tx.add(row)
    tx.flush()


def _event(
    row: ApiKeyRow, municipality: MunicipalityRow, news: KeyNews, official: OfficialRow, now: datetime
) -> KeyWarned:
    return KeyWarned(
        key_id=row.id or 0,
        key_name=row.name,
        news=news,
        days=(row.last_day - local_day(now, ATHENS)).days,
        last_day=row.last_day.isoformat(),
        municipality_id=municipality.id,
        municipality_slug=municipality.slug,
        municipality_name={"el": municipality.name_el, "en": municipality.name_en},
        email=official.email or "",
        language=official.language,
    )
