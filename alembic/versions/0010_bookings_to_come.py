"""what a citizen has still to come is found without looking at the municipality's past"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("booking_of_citizen", "booking")
    op.create_index("booking_of_citizen", "booking", ["citizen_id", "status", "ends_at"])


def downgrade() -> None:
    op.drop_index("booking_of_citizen", "booking")
    op.create_index("booking_of_citizen", "booking", ["citizen_id", "status"])
