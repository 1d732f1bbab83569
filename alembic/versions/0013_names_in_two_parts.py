"""a booking's name has two parts where somebody gave two, and officials say which mails they want"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("first_name", "last_name"):
        op.add_column("booking", sa.Column(name, sqlmodel.AutoString(), server_default="", nullable=False))
    op.add_column("official", sa.Column("mails", sqlmodel.AutoString(length=20), server_default="none", nullable=False))
    # Who booked for themselves was named in two parts by the sign-in.
    op.execute(
        "UPDATE booking SET "
        "first_name = (SELECT citizen.first_name FROM citizen WHERE citizen.id = booking.citizen_id), "
        "last_name = (SELECT citizen.last_name FROM citizen WHERE citizen.id = booking.citizen_id) "
        "WHERE served_person = 'self' AND erased_at IS NULL AND EXISTS (SELECT 1 FROM citizen "
        "WHERE citizen.id = booking.citizen_id AND citizen.last_name <> '' "
        "AND booking.person_name = TRIM(citizen.first_name || ' ' || citizen.last_name))"
    )


def downgrade() -> None:
    op.drop_column("official", "mails")
    for name in ("last_name", "first_name"):
        op.drop_column("booking", name)
