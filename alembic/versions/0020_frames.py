"""frames in other sites: sessions of their own, codes of their sign-ins, and which sites asked"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("session") as batch:
        batch.add_column(sa.Column("kind", sqlmodel.AutoString(length=10), nullable=False, server_default="full"))
        batch.add_column(sa.Column("municipality_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("told_reference", sqlmodel.AutoString(length=8), nullable=False, server_default=""))
        batch.create_foreign_key("session_municipality_id_fkey", "municipality", ["municipality_id"], ["id"])
    op.create_table(
        "frame_code",
        sa.Column("code_hash", sqlmodel.AutoString(length=64), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("challenge", sqlmodel.AutoString(length=43), nullable=False),
        sa.Column("window_hash", sqlmodel.AutoString(length=64), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("used_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"]),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"]),
        sa.PrimaryKeyConstraint("code_hash"),
    )
    op.create_index("ix_frame_code_citizen_id", "frame_code", ["citizen_id"])
    op.create_index("ix_frame_code_created_at", "frame_code", ["created_at"])
    op.create_table(
        "frame_sighting",
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("origin", sqlmodel.AutoString(length=300), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"]),
        sa.PrimaryKeyConstraint("municipality_id", "day", "origin"),
    )


def downgrade() -> None:
    op.drop_table("frame_sighting")
    op.drop_table("frame_code")
    op.execute("DELETE FROM session WHERE kind = 'frame'")
    with op.batch_alter_table("session") as batch:
        batch.drop_constraint("session_municipality_id_fkey", type_="foreignkey")
        for name in ("told_reference", "municipality_id", "kind"):
            batch.drop_column(name)
