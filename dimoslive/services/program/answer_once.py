"""A request that is sent twice does its work once: what it was answered is kept in the transaction of what it did."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.queries.api_keys import begin_record, forget_old_records, record_of
from dimoslive.domain.keys.errors import IdempotencyInProgress, IdempotencyMismatch
from dimoslive.domain.people.principals import ApiKey
from dimoslive.services.upkeep.watch_keys import ANSWERS_KEPT

_LOCK_NOT_AVAILABLE = "55P03"


@dataclass(frozen=True, slots=True)
class Once:
    """The name that the program gave its request, and a hash of all that it asks."""

    value: str
    fingerprint: str


@dataclass(frozen=True, slots=True, repr=False)
class Answered:
    """The answer as text, and whether it is one of before."""

    text: str
    is_replayed: bool = False


def answer_once(
    context: AppContext, tx: Session, key: ApiKey, once: Once | None, now: datetime, do: Callable[[], str]
) -> Answered:
    """What ``do`` returns, or what it returned when the same was asked before.

    A refusal rolls all of it back, so that the same may be tried again. Raises `IdempotencyMismatch`, or
    `IdempotencyInProgress` where the first is not done after a while.
    """
    if once is None:
        return Answered(do())
    forget_old_records(tx, now - ANSWERS_KEPT, key.id, once.value)
    if not _begin(tx, key, once, now):
        return Answered(_answered(context, tx, key, once), is_replayed=True)
    answer = do()
    record = record_of(tx, key.id, once.value)
    assert record is not None
    record.answer_sealed = context.seal.encrypt(answer)
    tx.add(record)
    tx.flush()
    return Answered(answer)


def _begin(tx: Session, key: ApiKey, once: Once, now: datetime) -> bool:
    is_postgresql = tx.connection().dialect.name == "postgresql"
    try:
        if is_postgresql:
            tx.execute(text("SET LOCAL lock_timeout = '10s'"))
        begun = begin_record(tx, key.id, once.value, once.fingerprint, now)
        if is_postgresql:
            tx.execute(text("SET LOCAL lock_timeout TO DEFAULT"))
    except OperationalError as problem:
        if getattr(problem.orig, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
            raise
        raise IdempotencyInProgress() from None
    return begun


def _answered(context: AppContext, tx: Session, key: ApiKey, once: Once) -> str:
    record = record_of(tx, key.id, once.value)
    if record is None:
        # The one that we waited for has been erased meanwhile: it was a day old.
        raise IdempotencyInProgress()
    if record.fingerprint != once.fingerprint:
        raise IdempotencyMismatch()
    answer = context.seal.decrypt(record.answer_sealed)
    if answer is None:
        # Sealed with another secret of the installation.
        raise IdempotencyMismatch()
    return answer
