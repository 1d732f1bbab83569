"""webhooks and calendar feeds"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    persons = sa.Column("feed_persons", sqlmodel.AutoString(length=20), nullable=False, server_default="none")
    op.add_column("municipality", persons)
    _make_feeds()
    _make_webhooks()


def _make_feeds() -> None:
    op.create_table(
        "calendar_feed",
        *(_id(), _words("token_hash", 64), _of("official"), _of("municipality", nullable=True)),
        *(_of("desk", nullable=True), _of("department", nullable=True), _words("language"), _at("created_at")),
        *(_instant("fetched_at"), _words("fetched_by", 40), _instant("ended_at")),
        sa.UniqueConstraint("token_hash"),
    )
    for name in ("official_id", "municipality_id", "desk_id", "department_id", "ended_at"):
        op.create_index(f"ix_calendar_feed_{name}", "calendar_feed", [name])


def _make_webhooks() -> None:
    op.create_table(
        "webhook_endpoint",
        *(_id(), _number("version"), _instant("changed_at"), _of("official", "changed_by", nullable=True)),
        *(_of("municipality"), _words("name", 60), _words("url", 300), _words("events")),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        *(_words("secret_sealed"), _words("former_secret_sealed"), _instant("former_secret_until")),
        *(_instant("failing_since"), _instant("switched_off_at"), _words("switched_off_because", 20)),
    )
    op.create_index("ix_webhook_endpoint_municipality_id", "webhook_endpoint", ["municipality_id"])
    op.create_table(
        "webhook_delivery",
        *(_id(), _of("webhook_endpoint", "endpoint_id"), _number("event_id"), _words("event_type", 40)),
        *(_words("reference", 8), _number("attempt"), _at("at"), _number("duration_ms")),
        *(sa.Column("status", sa.Integer(), nullable=True), _words("error", 20), _words("answer")),
    )
    op.create_index("ix_webhook_delivery_at", "webhook_delivery", ["at"])
    op.create_index("webhook_delivery_of_endpoint", "webhook_delivery", ["endpoint_id", "id"])
    op.create_index("webhook_delivery_of_event", "webhook_delivery", ["event_id", "endpoint_id"])


def downgrade() -> None:
    for table in ("webhook_delivery", "webhook_endpoint", "calendar_feed"):
        op.drop_table(table)
    with op.batch_alter_table("municipality") as batch:
        batch.drop_column("feed_persons")


def _id() -> sa.Column:
    return sa.Column("id", sa.Integer(), primary_key=True)


def _of(table: str, name: str = "", *, nullable: bool = False) -> sa.Column:
    return sa.Column(name or f"{table}_id", sa.Integer(), sa.ForeignKey(f"{table}.id"), nullable=nullable)


def _words(name: str, length: int | None = None) -> sa.Column:
    return sa.Column(name, sqlmodel.AutoString(length=length), nullable=False)


def _number(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False)


def _at(name: str) -> sa.Column:
    return sa.Column(name, sqlmodel.UTCDateTime(), nullable=False)


def _instant(name: str) -> sa.Column:
    return sa.Column(name, sqlmodel.UTCDateTime(), nullable=True)
