"""days to the next free time"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "municipality", sa.Column("has_public_figures", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    op.create_table("days_to_next", *_numbers(), sa.PrimaryKeyConstraint("service_id", "mode"))
    op.create_index("ix_days_to_next_municipality_id", "days_to_next", ["municipality_id"])
    op.create_table(
        "days_to_next_history",
        *_numbers(),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("service_id", "mode", "day"),
    )
    op.create_index("days_to_next_of_day", "days_to_next_history", ["municipality_id", "day"])
    op.create_table(
        "days_to_next_round",
        sa.Column("municipality_id", sa.Integer(), sa.ForeignKey("municipality.id"), primary_key=True),
        sa.Column("computed_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("leased_until", sqlmodel.UTCDateTime(), nullable=True),
    )


def downgrade() -> None:
    for table in ("days_to_next_round", "days_to_next_history", "days_to_next"):
        op.drop_table(table)
    with op.batch_alter_table("municipality") as batch:
        batch.drop_column("has_public_figures")


def _numbers() -> list[sa.Column]:
    return [
        sa.Column("service_id", sa.Integer(), sa.ForeignKey("service.id"), nullable=False),
        sa.Column("mode", sqlmodel.AutoString(length=20), nullable=False),
        sa.Column("municipality_id", sa.Integer(), sa.ForeignKey("municipality.id"), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("none_until", sa.Date(), nullable=True),
    ]
