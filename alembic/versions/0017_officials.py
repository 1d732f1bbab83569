"""a municipality has its own word on each official: since when, and as whom it entered them"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0017"
down_revision = "0015"
branch_labels = None
depends_on = None

TEXTS = {"last_name": None, "first_name": None, "email": 254, "afm_last_digits": 3}


def upgrade() -> None:
    op.add_column("official_right", sa.Column("entered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    for name, length in TEXTS.items():
        text = sa.Column(name, sqlmodel.AutoString(length=length), nullable=False, server_default="")
        op.add_column("official_right", text)


def downgrade() -> None:
    with op.batch_alter_table("official_right") as batch:
        for name in ("entered_at", *TEXTS):
            batch.drop_column(name)
