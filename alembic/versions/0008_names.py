"""columns say their unit, and tables what they hold"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = (("closing_room", "pending_closure"), ("used_state", "used_sign_in_state"))
COLUMNS = (
    ("service", "duration", "duration_minutes"),
    ("service", "step", "step_minutes"),
    ("service", "buffer_before", "buffer_before_minutes"),
    ("service", "buffer_after", "buffer_after_minutes"),
    ("service", "notice", "notice_minutes"),
    ("booking", "moves", "reschedule_count"),
    ("attempts", "door", "rate_limit"),
    ("attempts", "stretch", "window"),
)


INDEX = "ix_used_%sstate_used_at"


def upgrade() -> None:
    for before, after in TABLES:
        op.rename_table(before, after)
    op.drop_index(INDEX % "", "used_sign_in_state")
    op.create_index(INDEX % "sign_in_", "used_sign_in_state", ["used_at"])
    for table, before, after in COLUMNS:
        _rename_column(table, before, after)


def downgrade() -> None:
    for table, before, after in COLUMNS:
        _rename_column(table, after, before)
    op.drop_index(INDEX % "sign_in_", "used_sign_in_state")
    op.create_index(INDEX % "", "used_sign_in_state", ["used_at"])
    for before, after in TABLES:
        op.rename_table(after, before)


def _rename_column(table: str, before: str, after: str) -> None:
    # Both databases do so in place, where alembic's batches would copy the table.
    op.execute(f'ALTER TABLE {table} RENAME COLUMN "{before}" TO "{after}"')
