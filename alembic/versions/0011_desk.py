"""officials have roles, desks have departments and lanes, and a booking tells what became of it"""

import unicodedata

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

REFERENCES = (
    ("booking", "cancelled_by", "official"),
    ("booking", "made_by", "official"),
    ("booking", "told_by", "official"),
    ("booking", "served_by", "official"),
    ("desk", "department_id", "department"),
    ("desk", "overflow_of", "desk"),
    ("staff_session", "municipality_id", "municipality"),
    ("staff_session", "desk_id", "desk"),
)


def upgrade() -> None:
    _make_tables()
    # In place on both databases, where alembic's batches would copy the table.
    for table, name, target in REFERENCES:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {name} INTEGER REFERENCES {target} (id)")
    op.execute("ALTER TABLE desk RENAME COLUMN name TO name_el")
    for table, column in _columns():
        op.add_column(table, column)
    op.execute(
        "UPDATE desk SET department_id = (SELECT MIN(service.department_id) FROM service JOIN service_desk "
        "ON service_desk.service_id = service.id WHERE service_desk.desk_id = desk.id), "
        "name_en = name_el, position = id"
    )
    op.create_index("booking_of_phone", "booking", ["phone"])
    _fill_name_keys()
    op.create_index("one_desk_per_lane", "desk", ["overflow_of", "lane"], unique=True)
    op.create_index("official_by_email", "official", ["email"], unique=True)
    still_open = sa.text("status IN ('booked', 'waiting', 'in_service')")
    op.create_index(
        "open_of_municipality",
        "booking",
        ["municipality_id", "ends_at"],
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    with op.batch_alter_table("official") as table:
        table.alter_column("afm_hash", existing_type=sqlmodel.AutoString(length=64), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM official_identity")
    op.drop_index("open_of_municipality", "booking")
    op.drop_index("official_by_email", "official")
    op.drop_index("one_desk_per_lane", "desk")
    op.drop_index("booking_of_phone", "booking")
    # Whom an e-mail alone names cannot be named without it.
    op.execute("UPDATE official SET afm_hash = 'none-' || id WHERE afm_hash IS NULL")
    with op.batch_alter_table("official") as table:
        table.alter_column("afm_hash", existing_type=sqlmodel.AutoString(length=64), nullable=False)
    for table, column in reversed(_columns()):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column.name)
    op.execute("ALTER TABLE desk RENAME COLUMN name_el TO name")
    for table, name, _ in reversed(REFERENCES):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(name)
    for name in TABLES:
        op.drop_table(name)


def _fill_name_keys() -> None:
    """The names of bookings, as they are searched for: the database knows neither Greek accents nor the final sigma."""
    connection, last = op.get_bind(), 0
    booking = sa.table("booking", sa.column("id"), sa.column("person_name"), sa.column("name_key"))
    read = sa.select(booking.c.id, booking.c.person_name).order_by(booking.c.id).limit(BATCH)
    write = sa.update(booking).where(booking.c.id == sa.bindparam("row")).values(name_key=sa.bindparam("key"))
    while found := connection.execute(read.where(booking.c.id > last)).all():
        keys = [{"row": row, "key": _folded(name)} for row, name in found if name]
        if keys:
            connection.execute(write, keys)
        last = found[-1].id


def _folded(name: str) -> str:
    """As `search_key` of this version does it."""
    letters = unicodedata.normalize("NFD", name.casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


BATCH = 1000
TABLES = (
    "audit_event",
    "official_identity",
    "search_event",
    "official_department",
    "desk_delay",
    "desk_official",
    "booking_event",
    "booking_note",
    "call_task",
    "demo_row",
)


def _text(name: str, length: int | None = None, default: str = "") -> sa.Column:
    return sa.Column(name, sqlmodel.AutoString(length=length), nullable=False, server_default=default)


def _number(name: str, default: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False, server_default=default)


def _flag(name: str, default: bool) -> sa.Column:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.true() if default else sa.false())


def _instant(name: str) -> sa.Column:
    return sa.Column(name, sqlmodel.UTCDateTime(), nullable=True)


def _columns() -> list[tuple[str, sa.Column]]:
    return [
        ("booking", _text("source", 20, "citizen")),
        ("booking", _text("name_key")),
        ("booking", _instant("first_starts_at")),
        ("booking", _flag("is_outside_hours", default=False)),
        ("booking", _text("staff_reason")),
        ("booking", _instant("arrived_at")),
        ("booking", _instant("started_at")),
        ("booking", _instant("ended_at")),
        ("booking", _text("outcome", 30)),
        ("booking", _text("outcome_note")),
        ("booking", _number("call_attempts", "0")),
        ("booking", _text("identity_document", 30)),
        ("booking", _instant("identity_at")),
        ("booking", _number("version", "1")),
        ("desk", _text("name_en")),
        ("desk", _text("place_el")),
        ("desk", _text("place_en")),
        ("desk", _number("position", "1")),
        ("desk", _flag("is_active", default=True)),
        ("desk", _number("lane", "0")),
        ("desk", _number("version", "1")),
        ("official", _text("afm_last_digits", 3)),
        ("official", sa.Column("email", sqlmodel.AutoString(length=254), nullable=True)),
        ("official", _flag("is_platform_admin", default=False)),
        ("official", _text("language", None, "el")),
        ("official", _flag("has_sound", default=False)),
        ("official_right", _text("role", 30, "official")),
        ("official_right", _number("version", "1")),
        ("service", _text("short_name_el", 40)),
        ("service", _text("short_name_en", 40)),
        ("staff_session", _flag("is_extended", default=False)),
        ("staff_session", _text("realm", 20, "staff")),
        ("staff_session", sa.Column("desk_on", sa.Date(), nullable=True)),
    ]


def _id() -> sa.Column:
    return sa.Column("id", sa.Integer(), primary_key=True)


def _of(name: str, target: str, *, nullable: bool = False, primary_key: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(f"{target}.id"), nullable=nullable, primary_key=primary_key)


def _at(name: str) -> sa.Column:
    return sa.Column(name, sqlmodel.UTCDateTime(), nullable=False)


def _words(name: str, length: int | None = None) -> sa.Column:
    return sa.Column(name, sqlmodel.AutoString(length=length), nullable=False)


def _make_tables() -> None:
    op.create_table(
        "audit_event", _id(), _at("at"), _of("municipality_id", "municipality", nullable=True), _words("actor", 20),
        _of("official_id", "official", nullable=True), _words("action", 40), _words("subject_kind", 30),
        sa.Column("subject_id", sa.Integer(), nullable=True), _words("before"), _words("after"), _words("reason"),
    )  # fmt: skip
    op.create_index("audit_of_municipality", "audit_event", ["municipality_id", "at"])
    op.create_index("ix_audit_event_at", "audit_event", ["at"])
    op.create_index("ix_audit_event_official_id", "audit_event", ["official_id"])
    op.create_table(
        "official_identity",
        sa.Column("issuer", sqlmodel.AutoString(length=300), primary_key=True),
        sa.Column("subject", sqlmodel.AutoString(length=255), primary_key=True),
        _of("official_id", "official"),
    )
    op.create_index("ix_official_identity_official_id", "official_identity", ["official_id"])
    op.create_table(
        "search_event", _id(), _of("municipality_id", "municipality"), _of("official_id", "official"), _at("at"),
        _words("kind", 20), _words("query_sealed"), sa.Column("found", sa.Integer(), nullable=False),
    )  # fmt: skip
    op.create_index("searches_of_municipality", "search_event", ["municipality_id", "at"])
    op.create_index("ix_search_event_at", "search_event", ["at"])
    op.create_index("ix_search_event_official_id", "search_event", ["official_id"])
    op.create_table(
        "official_department",
        _of("official_id", "official", primary_key=True),
        _of("department_id", "department", primary_key=True),
    )
    op.create_index("ix_official_department_department_id", "official_department", ["department_id"])
    op.create_table(
        "desk_delay", _of("desk_id", "desk", primary_key=True), sa.Column("minutes", sa.Integer(), nullable=False),
        _at("until"), _at("stated_at"), _of("stated_by", "official"),
    )  # fmt: skip
    op.create_table(
        "desk_official",
        _of("desk_id", "desk", primary_key=True),
        _of("official_id", "official", primary_key=True),
        sa.Column("is_usual", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_desk_official_official_id", "desk_official", ["official_id"])
    op.create_table(
        "booking_event", _id(), _of("booking_id", "booking"), _at("at"),
        _of("official_id", "official", nullable=True), _words("action", 40), _words("before"), _words("after"),
        _words("reason"),
    )  # fmt: skip
    op.create_index("ix_booking_event_at", "booking_event", ["at"])
    op.create_index("ix_booking_event_booking_id", "booking_event", ["booking_id"])
    op.create_table(
        "booking_note", _id(), _of("booking_id", "booking"), _of("official_id", "official"), _at("written_at"),
        _words("text"),
    )  # fmt: skip
    op.create_index("ix_booking_note_booking_id", "booking_note", ["booking_id"])
    op.create_table(
        "call_task", _id(), _of("municipality_id", "municipality"), _of("booking_id", "booking"), _words("kind", 30),
        _words("facts"), _at("created_at"), sa.Column("attempts", sa.Integer(), nullable=False), _instant("tried_at"),
        _of("taken_by", "official", nullable=True), _instant("done_at"), _of("done_by", "official", nullable=True),
    )  # fmt: skip
    op.create_index("calls_of_municipality", "call_task", ["municipality_id", "done_at"])
    op.create_index("ix_call_task_booking_id", "call_task", ["booking_id"])
    op.create_table(
        "demo_row",
        sa.Column("table_name", sqlmodel.AutoString(length=40), primary_key=True),
        sa.Column("row_id", sa.Integer(), primary_key=True, autoincrement=False),
    )
