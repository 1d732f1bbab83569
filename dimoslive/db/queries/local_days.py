"""Instants by the local day, in SQL: both databases group by the municipality's calendar without knowing its zone."""

import sqlite3
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, case, func, literal, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Session

from dimoslive.domain.scheduling.local_time import DAY_SECONDS, offset_until
from dimoslive.domain.scheduling.periods import Period

# It takes a third of the time, but came with SQLite 3.38, and Python 3.11 may bring an older one.
_HAS_UNIXEPOCH = sqlite3.sqlite_version_info >= (3, 38)


class seconds_of(FunctionElement[int]):  # noqa: N801  # used like a function of SQL
    """An instant's whole seconds since 1970."""

    type = BigInteger()
    inherit_cache = True


@compiles(seconds_of, "sqlite")
def _sqlite(element: seconds_of, compiler: SQLCompiler, **how: Any) -> str:
    instant = compiler.process(element.clauses, **how)
    return f"unixepoch({instant})" if _HAS_UNIXEPOCH else f"CAST(strftime('%s', {instant}) AS INTEGER)"


@compiles(seconds_of, "postgresql")
def _postgresql(element: seconds_of, compiler: SQLCompiler, **how: Any) -> str:
    return f"CAST(floor(extract(epoch FROM {compiler.process(element.clauses, **how)})) AS bigint)"


def local_day_number(instant: ColumnElement[Any], period: Period, zone: str) -> ColumnElement[int]:
    """The days from 1970 to the local day of an instant within the period, by each offset that holds in it."""
    offsets: list[tuple[int, datetime]] = []
    at, end = int(period.starts_at.timestamp()), int(period.ends_at.timestamp())
    while at < end:
        offset, at = offset_until(at, zone)
        if offsets and offsets[-1][0] == offset:
            offsets.pop()
        offsets.append((offset, datetime.fromtimestamp(at, UTC)))
    *before, (last, _) = offsets
    # The column itself is compared: making seconds of it is what costs most.
    changes = [(instant < until, literal(offset, BigInteger)) for offset, until in before]
    shift = case(*changes, else_=literal(last, BigInteger)) if changes else literal(last, BigInteger)
    return (seconds_of(instant) + shift) // literal(DAY_SECONDS, BigInteger)


def tallied(tx: Session, each: Select[*tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """How often each combination of the query's columns occurs: the combination, then the number."""
    one = each.subquery()
    return [tuple(found) for found in tx.execute(select(*one.c, func.count()).group_by(*one.c))]
