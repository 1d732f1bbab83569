"""The board: one column a desk, five minutes a row, as a table that a screen reader can read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from dimoslive.domain.booking.statuses import CANCELLED, FINAL
from dimoslive.domain.desk.day import DayBooking
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import TICK_SECONDS, ticks
from dimoslive.i18n import Texts
from dimoslive.i18n.dates import desk_clock
from dimoslive.services.desk.show_day import Day, DayDesk
from dimoslive.ui.staff.day.rows import show_row
from dimoslive.ui.staff.day.view_models import desk_words

DESKS_A_PAGE = 6


@dataclass(frozen=True)
class Block:
    """A booking, as tall as it lasts: ``top`` and ``height`` are rows of the part of the column that it stands in."""

    reference: str
    time: str
    name: str
    status: str
    tag_class: str
    mode: str
    mode_icon: str
    kind: str
    label: str
    href: str
    top: int
    height: int
    is_off: bool
    """Its time was given back: it stands on the right, and what has the time now on the left."""
    search: str


@dataclass(frozen=True)
class Part:
    """Some rows of a column: ``free``, ``closed``, ``absent``, or ``booked`` with blocks in it."""

    first: int
    rows: int
    kind: str
    label: str
    blocks: list[Block]


@dataclass(frozen=True)
class Column:
    """A desk, or a lane of it for what is over capacity."""

    id: int
    name: str
    is_lane: bool
    parts: list[Part]


@dataclass(frozen=True)
class Board:
    """``times`` are the labels of the rows; ``now`` is the row of the present, or -1."""

    times: list[str]
    columns: list[Column]
    now: int
    now_label: str
    page: int
    pages: int


def show_board(day: Day, bookings: Sequence[DayBooking], desks: Sequence[DayDesk], page: int, t: Texts) -> Board:
    """Of these desks those of one page, each with its lanes beside it."""
    own = [desk for desk in desks if desk.overflow_of is None]
    pages = max(1, -(-len(own) // DESKS_A_PAGE))
    page = min(page, pages)
    shown = own[(page - 1) * DESKS_A_PAGE : page * DESKS_A_PAGE]
    with_lanes = [one for desk in shown for one in (desk, *(lane for lane in desks if lane.overflow_of == desk.id))]
    span = _span(with_lanes, bookings)
    if span is None:
        return Board([], [], -1, "", page, pages)
    columns = [_column(desk, [one for one in bookings if one.desk_id == desk.id], span, day, t) for desk in with_lanes]
    at = int(day.now.timestamp()) // TICK_SECONDS
    return Board(
        times=[_label(tick, day.place.zone) for tick in span],
        columns=columns,
        now=at - span.start if at in span else -1,
        now_label=t("day.now", time=desk_clock(day.now, day.place.zone)),
        page=page,
        pages=pages,
    )


def _span(desks: Iterable[DayDesk], bookings: Iterable[DayBooking]) -> range | None:
    """From the earlier of opening and first booking to the later of closing and last booking."""
    ids = {desk.id for desk in desks}
    periods = [period for desk in desks for period in desk.is_open]
    periods += [booking.period for booking in bookings if booking.desk_id in ids]
    if not periods:
        return None
    return ticks(min(one.starts_at for one in periods), max(one.ends_at for one in periods))


def _label(tick: int, zone: str) -> str:
    return desk_clock(datetime.fromtimestamp(tick * TICK_SECONDS, UTC), zone)


def _column(desk: DayDesk, bookings: Sequence[DayBooking], span: range, day: Day, t: Texts) -> Column:
    name = desk_words(desk, t)
    if desk.overflow_of is not None:
        name = t("day.board.over", desk=name)
    parts: list[Part] = []
    at = span.start
    for cluster in _clusters(bookings):
        begins = min(one.start for one, _ in cluster)
        ends = max(one.stop for one, _ in cluster)
        parts += _gaps(range(at, begins), desk, span, t)
        blocks = [_block(booking, place, begins, len(cluster) > 1, day, t) for place, booking in cluster]
        parts.append(Part(begins - span.start, ends - begins, "booked", "", blocks))
        at = ends
    parts += _gaps(range(at, span.stop), desk, span, t)
    return Column(desk.id, name, desk.overflow_of is not None, parts)


def _clusters(bookings: Sequence[DayBooking]) -> list[list[tuple[range, DayBooking]]]:
    """Bookings that touch each other's rows stand in one part: a cancelled one beside what took its time."""
    clusters: list[list[tuple[range, DayBooking]]] = []
    ends = 0
    for booking in sorted(bookings, key=lambda one: one.period.starts_at):
        place = ticks(booking.period.starts_at, booking.period.ends_at)
        if clusters and place.start < ends:
            clusters[-1].append((place, booking))
        else:
            clusters.append([(place, booking)])
        ends = max(ends, place.stop)
    return clusters


def _gaps(gap: range, desk: DayDesk, span: range, t: Texts) -> list[Part]:
    """What is between bookings: runs of rows that are free, closed or absent."""
    parts: list[Part] = []
    absent, is_open = _ticks_of(desk.absent), _ticks_of(desk.is_open)
    for tick in gap:
        kind = "absent" if tick in absent else "free" if tick in is_open or desk.overflow_of else "closed"
        if parts and parts[-1].kind == kind:
            last = parts.pop()
            parts.append(Part(last.first, last.rows + 1, kind, last.label, []))
        else:
            parts.append(Part(tick - span.start, 1, kind, t(f"day.board.{kind}"), []))
    return parts


def _ticks_of(periods: Iterable[Period]) -> set[int]:
    return {tick for period in periods for tick in ticks(period.starts_at, period.ends_at)}


def _block(booking: DayBooking, place: range, begins: int, has_neighbours: bool, day: Day, t: Texts) -> Block:
    row = show_row(booking, day, t)
    return Block(
        reference=row.reference,
        time=row.time,
        name=row.name,
        status=row.tag,
        tag_class=row.tag_class,
        mode=row.mode,
        mode_icon=row.mode_icon,
        kind=row.kind,
        label=", ".join([row.time, row.spoken, row.mode, row.tag, *row.marks]),
        href=row.href,
        top=place.start - begins,
        height=len(place),
        is_off=booking.status in CANCELLED or (booking.status in FINAL and has_neighbours),
        search=row.search,
    )
