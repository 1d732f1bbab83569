"""the waiting list for an earlier time"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_AT = sqlmodel.sql.sqltypes.UTCDateTime
_ON_THE_LIST = sa.text("left_at IS NULL")
_IS_RUNNING = sa.text("state = 'running'")
_IS_LOOKED_AT = sa.text("next_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "waiting_entry",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", _AT(), nullable=False),
        sa.Column("left_at", _AT(), nullable=True),
        sa.Column("notices", sa.Integer(), nullable=False),
        sa.Column("last_notice_on", sa.Date(), nullable=True),
        sa.Column("weekdays", sqlmodel.AutoString(length=7), nullable=False),
        sa.Column("from_clock", sa.Time(), nullable=True),
        sa.Column("until_clock", sa.Time(), nullable=True),
        sa.Column("not_before", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"]),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"]),
        sa.PrimaryKeyConstraint("booking_id"),
    )
    op.create_index(
        "waiting_of_service",
        "waiting_entry",
        ["service_id"],
        sqlite_where=_ON_THE_LIST,
        postgresql_where=_ON_THE_LIST,
    )
    op.create_table(
        "waiting_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hold_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("offered_at", _AT(), nullable=False),
        sa.Column("ends_at", _AT(), nullable=False),
        sa.Column("state", sqlmodel.AutoString(length=20), nullable=False),
        sa.Column("former_notice_on", sa.Date(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["hold_id"], ["booking.id"]),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("hold_id", "round", name="one_offer_per_round"),
    )
    op.create_index("offers_of_booking", "waiting_offer", ["booking_id"])
    for name, column in (("one_running_per_hold", "hold_id"), ("one_running_per_person", "person")):
        op.create_index(
            name, "waiting_offer", [column], unique=True, sqlite_where=_IS_RUNNING, postgresql_where=_IS_RUNNING
        )
    op.add_column("freed_time", sa.Column("next_at", _AT(), nullable=True))
    op.create_index(
        "freed_by_next_look",
        "freed_time",
        ["next_at"],
        sqlite_where=_IS_LOOKED_AT,
        postgresql_where=_IS_LOOKED_AT,
    )


def downgrade() -> None:
    op.drop_index("freed_by_next_look", table_name="freed_time")
    with op.batch_alter_table("freed_time") as table:
        table.drop_column("next_at")
    for name in ("one_running_per_person", "one_running_per_hold", "offers_of_booking"):
        op.drop_index(name, table_name="waiting_offer")
    op.drop_table("waiting_offer")
    op.drop_index("waiting_of_service", table_name="waiting_entry")
    op.drop_table("waiting_entry")
