"""what officials have read of their duties, and when"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("official", sa.Column("duties_version", sqlmodel.AutoString(length=20), nullable=True))
    op.add_column("official", sa.Column("duties_at", sqlmodel.UTCDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("official", "duties_at")
    op.drop_column("official", "duties_version")
