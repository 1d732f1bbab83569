"""a time that is given back comes back late"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "freed_time",
        sa.Column("hold_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("freed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("public_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["hold_id"], ["booking.id"]),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"]),
        sa.PrimaryKeyConstraint("hold_id"),
    )
    op.create_index("ix_freed_time_booking_id", "freed_time", ["booking_id"])


def downgrade() -> None:
    op.drop_index("ix_freed_time_booking_id", table_name="freed_time")
    op.drop_table("freed_time")
