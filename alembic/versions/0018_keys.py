"""programs of a municipality use the API by keys; bookings say when they changed, and what a program calls them"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_HAS_EXTERNAL_ID = sa.text("external_id <> ''")


def upgrade() -> None:
    _make_tables()
    # In place on both databases, where alembic's batches would copy the table.
    for table in ("booking", "booking_event"):
        op.execute(f"ALTER TABLE {table} ADD COLUMN api_key_id INTEGER REFERENCES api_key (id)")
    op.add_column(
        "booking", sa.Column("external_id", sqlmodel.AutoString(length=64), nullable=False, server_default="")
    )
    op.add_column("booking", _instant("changed_at"))
    op.execute(
        "UPDATE booking SET changed_at = COALESCE((SELECT MAX(at) FROM booking_event WHERE booking_id = booking.id), "
        "erased_at, cancelled_at, booked_at, created_at)"
    )
    op.create_index("booking_by_change", "booking", ["municipality_id", "changed_at", "id"])
    op.create_index(
        "one_booking_per_external_id",
        "booking",
        ["api_key_id", "external_id"],
        unique=True,
        sqlite_where=_HAS_EXTERNAL_ID,
        postgresql_where=_HAS_EXTERNAL_ID,
    )


def downgrade() -> None:
    op.drop_index("one_booking_per_external_id", "booking")
    op.drop_index("booking_by_change", "booking")
    with op.batch_alter_table("booking") as batch:
        for name in ("changed_at", "external_id", "api_key_id"):
            batch.drop_column(name)
    with op.batch_alter_table("booking_event") as batch:
        batch.drop_column("api_key_id")
    for table in ("idempotency_record", "api_key_use", "api_key"):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table(
        "api_key",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _instant("changed_at"),
        _of("changed_by", "official"),
        _of("municipality_id", "municipality", nullable=False),
        _text("handle", 8),
        _text("name", 60),
        _text("scopes", 300),
        _text("networks"),
        sa.Column("last_day", sa.Date(), nullable=False),
        _instant("made_at", nullable=False),
        _of("made_by", "official", nullable=False),
        _text("secret_hash", 64),
        _text("last_four", 4),
        _instant("rotated_at"),
        _text("former_hash", 64),
        _instant("former_until"),
        _instant("revoked_at"),
        _instant("last_used_at"),
        sa.Column("warned_days", sa.Integer(), nullable=False),
        _instant("unused_warned_at"),
        sa.UniqueConstraint("handle"),
    )
    op.create_index("ix_api_key_municipality_id", "api_key", ["municipality_id"])
    op.create_table(
        "api_key_use",
        _of("api_key_id", "api_key", primary_key=True),
        sa.Column("on_date", sa.Date(), primary_key=True),
        sa.Column("requests", sa.Integer(), nullable=False),
    )
    op.create_table(
        "idempotency_record",
        _of("api_key_id", "api_key", primary_key=True),
        sa.Column("value", sqlmodel.AutoString(length=64), primary_key=True),
        _text("fingerprint", 64),
        _text("answer_sealed"),
        _instant("created_at", nullable=False),
    )
    op.create_index("ix_idempotency_record_created_at", "idempotency_record", ["created_at"])


def _text(name: str, length: int | None = None) -> sa.Column:
    return sa.Column(name, sqlmodel.AutoString(length=length), nullable=False)


def _instant(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sqlmodel.sql.sqltypes.UTCDateTime(), nullable=nullable)


def _of(name: str, table: str, **words: bool) -> sa.Column:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(f"{table}.id"), **words)
