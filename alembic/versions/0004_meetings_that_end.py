"""meetings that end by themselves"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None

IN_MEETING = sa.text("status IN ('waiting', 'in_service')")


def upgrade() -> None:
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.create_index(
            "in_meeting_by_end", ["ends_at"], unique=False, sqlite_where=IN_MEETING, postgresql_where=IN_MEETING
        )


def downgrade() -> None:
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.drop_index("in_meeting_by_end", sqlite_where=IN_MEETING, postgresql_where=IN_MEETING)
