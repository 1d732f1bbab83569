"""Whose program asks: looked up with each request, so that a key which was revoked is no key at once."""

from datetime import datetime
from hmac import compare_digest

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.api_keys import key_by_handle
from dimoslive.db.rows.api_key import lifetime_of, to_principal
from dimoslive.db.tables.api_key import ApiKeyRow
from dimoslive.domain.keys.errors import KeyMissing, KeyUnknown, NetworkNotAllowed, ScopeMissing
from dimoslive.domain.keys.key_text import KeyText, parse_key_text
from dimoslive.domain.keys.lifetime import KeyStatus
from dimoslive.domain.keys.networks import is_within
from dimoslive.domain.people.permissions import ALLOWED, Permission, can
from dimoslive.domain.people.principals import ApiKey, Scope
from dimoslive.services.keys.note_use import note_use

_SCHEME = "bearer "


def find_key(context: AppContext, authorization: str, address: str, permission: Permission) -> ApiKey:
    """The principal of an ``Authorization`` header that came from an address, if its key is good for this.

    Raises `KeyMissing`, `KeyUnknown` (wrong, expired or revoked), `NetworkNotAllowed` or `ScopeMissing`.
    """
    if not authorization:
        raise KeyMissing()
    is_bearer = authorization[: len(_SCHEME)].lower() == _SCHEME
    sent = parse_key_text(authorization[len(_SCHEME) :].strip()) if is_bearer else None
    if sent is None:
        # A typo is told by its check: that costs the database nothing.
        raise KeyUnknown()
    now = context.clock.now()
    with reading(context.db) as tx:
        found = key_by_handle(tx, sent.handle)
    row = found[0] if found else None
    if row is None or not _is_secret(row, sent, now) or lifetime_of(row).status(now) is not KeyStatus.ACTIVE:
        raise KeyUnknown()
    if row.networks and not is_within(address, row.networks.split()):
        raise NetworkNotAllowed()
    key = to_principal(row)
    note_use(context, key.id, now)
    if not can(key, permission):
        raise ScopeMissing(scope=next((scope.value for scope in Scope if scope in ALLOWED[permission]), ""))
    return key


def _is_secret(row: ApiKeyRow, sent: KeyText, now: datetime) -> bool:
    is_former = row.former_until is not None and now < row.former_until
    return compare_digest(sent.secret_hash, row.secret_hash) or (
        is_former and compare_digest(sent.secret_hash, row.former_hash)
    )
