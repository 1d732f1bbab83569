"""changes of the set-up are planned: what they hit, what is decided about each booking, and what was done"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

AT_WORK = sa.text("applied_at IS NOT NULL AND closed_at IS NULL")
KEEPS_A_PLACE = sa.text("kept_to IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.AutoString(length=20), nullable=False),
        sa.Column("state", sqlmodel.AutoString(length=20), nullable=False),
        sa.Column("change", sqlmodel.AutoString(), nullable=False),
        sa.Column("way_back", sqlmodel.AutoString(), nullable=False),
        sa.Column("base_versions", sqlmodel.AutoString(), nullable=False),
        sa.Column("fingerprint", sqlmodel.AutoString(length=64), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("applied_by", sa.Integer(), nullable=True),
        sa.Column("applied_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("mails_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("looked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("told_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("closed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("message_el", sqlmodel.AutoString(), nullable=False),
        sa.Column("message_en", sqlmodel.AutoString(), nullable=False),
        sa.Column("healed", sa.Integer(), nullable=False),
        sa.Column("already_out", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.Column("gained", sa.Integer(), nullable=False),
        sa.Column("modes_lost", sa.Integer(), nullable=False),
        sa.Column("lost_times", sqlmodel.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["applied_by"],
            ["official.id"],
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["official.id"],
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("plans_at_work", "plan", ["id"], sqlite_where=AT_WORK, postgresql_where=AT_WORK)
    op.create_index("plans_of_municipality", "plan", ["municipality_id", "state"])
    op.create_table(
        "plan_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sqlmodel.AutoString(length=20), nullable=False),
        sa.Column("contact", sqlmodel.AutoString(length=10), nullable=False),
        sa.Column("was_status", sqlmodel.AutoString(length=30), nullable=False),
        sa.Column("was_starts_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("was_desk_id", sa.Integer(), nullable=False),
        sa.Column("proposal", sqlmodel.AutoString(length=20), nullable=False),
        sa.Column("proposed_starts_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("proposed_desk_id", sa.Integer(), nullable=True),
        sa.Column("proposed_mode", sqlmodel.AutoString(length=20), nullable=False),
        sa.Column("decision", sqlmodel.AutoString(length=20), nullable=False),
        sa.Column("target_starts_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("target_desk_id", sa.Integer(), nullable=True),
        sa.Column("target_mode", sqlmodel.AutoString(length=20), nullable=False),
        sa.Column("problem", sqlmodel.AutoString(length=20), nullable=False),
        sa.Column("before", sqlmodel.AutoString(), nullable=False),
        sa.Column("left_version", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("needs_call", sa.Boolean(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.Column("kept_from", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("kept_to", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("done_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["booking_id"],
            ["booking.id"],
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["plan.id"],
        ),
        sa.ForeignKeyConstraint(
            ["proposed_desk_id"],
            ["desk.id"],
        ),
        sa.ForeignKeyConstraint(
            ["target_desk_id"],
            ["desk.id"],
        ),
        sa.ForeignKeyConstraint(
            ["was_desk_id"],
            ["desk.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("plan_id", "booking_id", name="one_item_per_booking"),
    )
    op.create_index("items_by_state", "plan_item", ["plan_id", "state"])
    op.create_index("ix_plan_item_booking_id", "plan_item", ["booking_id"])
    op.create_index(
        "kept_places", "plan_item", ["was_desk_id"], sqlite_where=KEEPS_A_PLACE, postgresql_where=KEEPS_A_PLACE
    )


def downgrade() -> None:
    op.drop_table("plan_item")
    op.drop_table("plan")
