"""meetings that end by themselves, and rooms that are closed afterwards"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

IN_MEETING = sa.text("status IN ('waiting', 'in_service')")


def upgrade() -> None:
    op.create_table(
        "closing_room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("provider", sqlmodel.AutoString(), nullable=False),
        sa.Column("room", sqlmodel.AutoString(), nullable=False),
        sa.Column("since", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("due_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_id"],
            ["booking.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.create_index(
            "in_meeting_by_end", ["ends_at"], unique=False, sqlite_where=IN_MEETING, postgresql_where=IN_MEETING
        )


def downgrade() -> None:
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.drop_index("in_meeting_by_end", sqlite_where=IN_MEETING, postgresql_where=IN_MEETING)

    op.drop_table("closing_room")
