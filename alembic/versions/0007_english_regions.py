"""where a municipality is, in English, and the names that people use"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# `make seed` fills them, and keeps them like the list.
ADDED = ("regional_unit_en", "region_en", "aliases")


def upgrade() -> None:
    for name in ADDED:
        op.add_column("municipality", sa.Column(name, sqlmodel.AutoString(), nullable=False, server_default=""))
    op.drop_column("municipality", "search_text")


def downgrade() -> None:
    op.add_column("municipality", sa.Column("search_text", sqlmodel.AutoString(), nullable=False, server_default=""))
    for name in ADDED:
        op.drop_column("municipality", name)
