"""citizens are reminded of bookings"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_BOOKED = sa.text("status = 'booked'")


def upgrade() -> None:
    op.create_table(
        "reminder",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.AutoString(length=20), nullable=False),
        sa.Column("starts_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("state", sqlmodel.AutoString(length=20), nullable=False),
        sa.Column("reason", sqlmodel.AutoString(length=20), nullable=False),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"]),
        sa.PrimaryKeyConstraint("booking_id", "kind", "starts_at"),
    )
    op.create_index("booked_by_start", "booking", ["starts_at"], sqlite_where=_BOOKED, postgresql_where=_BOOKED)


def downgrade() -> None:
    op.drop_index("booked_by_start", table_name="booking")
    op.drop_table("reminder")
