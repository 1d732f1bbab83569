"""Make a key, give it a new secret, change what it is good for, or end it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.api_keys import count_live_keys
from dimoslive.db.tables.api_key import ApiKeyRow
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.keys.errors import TooManyKeys
from dimoslive.domain.keys.key_text import HANDLE_BITS, SECRET_BITS, KeyText, make_handle, make_key_text, parse_key_text
from dimoslive.domain.keys.lifetime import MAX_KEYS, MAX_OVERLAP
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.domain.settings.key import parse_key
from dimoslive.services.settings.add_root import add_root
from dimoslive.services.settings.keys.access_key import access_key
from dimoslive.services.settings.keys.kind import KEY
from dimoslive.services.settings.municipality.lock_municipality import lock_municipality
from dimoslive.services.settings.root_change import Act, Opened, Saved
from dimoslive.services.settings.save_root import save_root, write_root


@dataclass(frozen=True, slots=True)
class NewSecret:
    """A key with its secret, which nobody can ever be shown again."""

    key_id: int
    text: str = ""

    def __repr__(self) -> str:
        return f"NewSecret({self.key_id})"


def add_key(context: AppContext, official: Official, municipality_id: int, raw: Mapping[str, object]) -> NewSecret:
    """A new one. Raises `InvalidDetails`, `TooManyKeys`, or `NotFound` for whoever may not."""
    now = context.clock.now()
    today = local_day(now, ATHENS)
    with transaction(context.db) as tx:
        lock_municipality(tx, official, municipality_id, Permission.MANAGE_KEYS)
        values = parse_key(raw, today)
        if count_live_keys(tx, municipality_id, today) >= MAX_KEYS:
            raise TooManyKeys(limit=MAX_KEYS)
        text = make_key_text(make_handle(secrets.randbits(HANDLE_BITS)), secrets.randbits(SECRET_BITS))
        parsed = _parsed(text)
        row = ApiKeyRow(
            municipality_id=municipality_id,
            # What the form says is written over these.
            name="",
            scopes="",
            last_day=today,
            handle=parsed.handle,
            secret_hash=parsed.secret_hash,
            last_four=parsed.last_four,
            made_at=now,
            made_by=official.id,
        )
        return NewSecret(add_root(tx, KEY, row, values, Act(official, now, municipality_id)).id or 0, text)


def save_key(  # which one, and how it was and is to be
    context: AppContext,
    official: Official,
    municipality_id: int,
    key_id: int,
    opened: Opened,
    raw: Mapping[str, object],
) -> Saved:
    """Change its name, scopes, networks or end. Raises `InvalidDetails`, `ChangedMeanwhile`, `KeyEnded`, `NotFound`."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_key(tx, official, municipality_id, key_id)
        was, mine = row.last_day, parse_key(raw, local_day(now, ATHENS))
        saved = save_root(tx, KEY, row, opened, mine, Act(official, now, municipality_id))
        if row.last_day != was:
            row.warned_days = 0
            tx.add(row)
        return saved


def rotate_key(
    context: AppContext, official: Official, municipality_id: int, key_id: int, overlap_days: int
) -> NewSecret:
    """A new secret for the same key; the former one works for as many days more, none for none.

    Raises `InvalidInput` (the days), `KeyEnded` or `NotFound`.
    """
    overlap = timedelta(days=overlap_days)
    if not timedelta() <= overlap <= MAX_OVERLAP:
        raise InvalidInput("overlap", "out_of_range", low=0, high=MAX_OVERLAP.days)
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_key(tx, official, municipality_id, key_id)
        text = make_key_text(row.handle, secrets.randbits(SECRET_BITS))
        parsed = _parsed(text)
        former_hash = row.secret_hash if overlap_days else ""
        row.secret_hash, row.last_four, row.rotated_at = parsed.secret_hash, parsed.last_four, now
        row.former_hash, row.former_until = former_hash, now + overlap if overlap_days else None
        tx.add(row)
        tx.flush()
        act = Act(official, now, municipality_id)
        write_root(tx, KEY, row, {"overlap_days": overlap_days}, act, action="rotated", before={})
        return NewSecret(key_id, text)


def revoke_key(context: AppContext, official: Official, municipality_id: int, key_id: int) -> None:
    """End it: no request after this one is let in. Raises `KeyEnded` or `NotFound`."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_key(tx, official, municipality_id, key_id)
        act = Act(official, now, municipality_id)
        write_root(tx, KEY, row, {"revoked_at": now.isoformat()}, act, action="revoked", before={})


def _parsed(text: str) -> KeyText:
    parsed = parse_key_text(text)
    assert parsed is not None
    return parsed
