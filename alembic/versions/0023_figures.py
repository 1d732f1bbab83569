"""figures: what was booked on a day"""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("booking_by_made", "booking", ["municipality_id", "booked_at"])


def downgrade() -> None:
    op.drop_index("booking_by_made", "booking")
