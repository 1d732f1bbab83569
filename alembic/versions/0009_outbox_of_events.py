"""the outbox holds events, and each has its deliveries"""

import json

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

RENAMED = (("kind", "event"), ("content", "payload"))
WAITING = sa.text("done_at IS NULL")


def upgrade() -> None:
    op.drop_index("outbox_due", "outbox")
    op.drop_index("ix_outbox_booking_id", "outbox")
    op.create_table(
        "delivery_before",
        sa.Column("id", sa.Integer(), primary_key=True),
        *_delivery_columns(),
    )
    op.execute(
        "INSERT INTO delivery_before (id, due_at, attempts, leased_until, done_at, failed_at, error) "
        "SELECT id, due_at, attempts, leased_until, done_at, failed_at, error FROM outbox"
    )
    _make_events()
    op.create_table(
        "outbox_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("deliverer", sqlmodel.AutoString(length=40), nullable=False),
        sa.Column("destination", sqlmodel.AutoString(length=80), nullable=False),
        *_delivery_columns(),
        sa.ForeignKeyConstraint(["event_id"], ["outbox.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("event_id", "deliverer", "destination", name="one_delivery_per_destination"),
    )
    # A mail keeps its number: its Message-ID is made from it.
    op.execute(
        "INSERT INTO outbox_delivery "
        "(id, event_id, deliverer, destination, due_at, attempts, leased_until, done_at, failed_at, error) "
        "SELECT id, id, 'mail', 'citizen', due_at, attempts, leased_until, done_at, failed_at, error "
        "FROM delivery_before"
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('outbox_delivery', 'id'), max(id)) FROM outbox_delivery "
            "HAVING max(id) IS NOT NULL"
        )
    op.drop_table("delivery_before")
    op.create_index(
        "outbox_delivery_due",
        "outbox_delivery",
        ["deliverer", "due_at"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_index("outbox_of_subject", "outbox", ["subject_kind", "subject_id"])


def downgrade() -> None:
    op.drop_index("outbox_of_subject", "outbox")
    op.create_table(
        "delivery_before",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        *_delivery_columns(),
    )
    op.execute(
        "INSERT INTO delivery_before (id, event_id, due_at, attempts, leased_until, done_at, failed_at, error) "
        "SELECT id, event_id, due_at, attempts, leased_until, done_at, failed_at, error FROM outbox_delivery "
        "WHERE deliverer = 'mail' AND destination = 'citizen'"
    )
    op.drop_index("outbox_delivery_due", "outbox_delivery")
    op.drop_table("outbox_delivery")
    _make_mails()
    op.drop_table("delivery_before")
    op.create_index("ix_outbox_booking_id", "outbox", ["booking_id"])
    op.create_index("outbox_due", "outbox", ["due_at"], sqlite_where=WAITING, postgresql_where=WAITING)


def _make_events() -> None:
    """Each mail was of one event. A kind that nobody knows becomes an event that nobody knows, and waits."""
    op.add_column("outbox", sa.Column("subject_kind", sqlmodel.AutoString(length=40), nullable=True))
    for name in ("subject_id", "municipality_id", "schema_version"):
        op.add_column("outbox", sa.Column(name, sa.Integer(), nullable=True))
    for before, after in RENAMED:
        op.execute(f"ALTER TABLE outbox RENAME COLUMN {before} TO {after}")
    op.execute(
        "UPDATE outbox SET subject_kind = 'booking', subject_id = booking_id, schema_version = 1, "
        "municipality_id = (SELECT municipality_id FROM booking WHERE booking.id = outbox.booking_id), "
        "payload = CASE payload WHEN '' THEN '' ELSE '{\"booking\": ' || payload || '}' END, "
        "event = CASE event WHEN 'moved' THEN 'booking.rescheduled' WHEN 'cancelled' THEN 'booking.cancelled' "
        "WHEN 'booked' THEN CASE WHEN EXISTS (SELECT 1 FROM outbox AS earlier "
        "WHERE earlier.booking_id = outbox.booking_id AND earlier.id < outbox.id) "
        "THEN 'booking.details_changed' ELSE 'booking.confirmed' END ELSE event END"
    )
    with op.batch_alter_table("outbox") as table:
        for name in ("subject_kind", "schema_version", "subject_id"):
            table.alter_column(name, nullable=False)
        for name in ("booking_id", *(column.name for column in _delivery_columns())):
            table.drop_column(name)


def _make_mails() -> None:
    """The mails of bookings' events; what else happened, the release before has no words for."""
    connection = op.get_bind()
    kinds = {
        "booking.confirmed": "booked",
        "booking.details_changed": "booked",
        "booking.rescheduled": "moved",
        "booking.cancelled": "cancelled",
    }
    op.add_column("outbox", sa.Column("booking_id", sa.Integer(), nullable=True))
    for column in _delivery_columns():
        column.nullable = True
        op.add_column("outbox", column)
    op.execute(
        "UPDATE outbox SET booking_id = subject_id, (due_at, attempts, leased_until, done_at, failed_at, error) = "
        "(SELECT due_at, attempts, leased_until, done_at, failed_at, error FROM delivery_before "
        "WHERE event_id = outbox.id)"
    )
    op.execute("DELETE FROM outbox WHERE due_at IS NULL OR subject_kind <> 'booking'")
    for event, kind in kinds.items():
        connection.execute(
            sa.text("UPDATE outbox SET event = :kind WHERE event = :event"), {"kind": kind, "event": event}
        )
    known = sa.text("SELECT id, payload FROM outbox WHERE payload <> ''")
    for id_, payload in connection.execute(known).all():
        content = json.dumps(json.loads(payload)["booking"], ensure_ascii=False)
        connection.execute(
            sa.text("UPDATE outbox SET payload = :content WHERE id = :id"), {"content": content, "id": id_}
        )
    for before, after in RENAMED:
        op.execute(f"ALTER TABLE outbox RENAME COLUMN {after} TO {before}")
    with op.batch_alter_table("outbox") as table:
        for name in ("booking_id", "due_at", "attempts", "error"):
            table.alter_column(name, nullable=False)
        for name in ("subject_kind", "subject_id", "municipality_id", "schema_version"):
            table.drop_column(name)
        table.create_foreign_key("outbox_booking_id_fkey", "booking", ["booking_id"], ["id"])


def _delivery_columns() -> list[sa.Column]:
    return [
        sa.Column("due_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("done_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("failed_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("error", sqlmodel.AutoString(), nullable=False),
    ]
