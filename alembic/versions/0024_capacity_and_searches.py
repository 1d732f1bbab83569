"""for how long desks were open, and what citizens' searches found"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "capacity_day",
        sa.Column("desk_id", sa.Integer(), sa.ForeignKey("desk.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("municipality_id", sa.Integer(), sa.ForeignKey("municipality.id"), nullable=False),
        sa.Column("open_minutes", sa.Integer(), nullable=True),
        sa.Column("public_minutes", sa.Integer(), nullable=True),
    )
    op.create_index("capacity_of_municipality", "capacity_day", ["municipality_id", "day"])
    op.create_table(
        "search_tally",
        sa.Column("service_id", sa.Integer(), sa.ForeignKey("service.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("mode", sqlmodel.AutoString(length=20), primary_key=True),
        sa.Column("kind", sqlmodel.AutoString(length=20), primary_key=True),
        sa.Column("searches", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("search_tally")
    op.drop_table("capacity_day")
