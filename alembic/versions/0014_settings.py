"""a municipality sets itself up: versions, pauses, crest, sites that frame it, and absences of several desks"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ROOTS = ("municipality", "department", "service", "desk", "closure", "official_right")
HAD_A_VERSION = ("desk", "official_right")


def upgrade() -> None:
    for table in ROOTS:
        # In place on both databases, where alembic's batches would copy the table.
        op.execute(f"ALTER TABLE {table} ADD COLUMN changed_by INTEGER REFERENCES official (id)")
    for table, column in _columns():
        op.add_column(table, column)
    op.execute("UPDATE municipality SET enrolled_at = joined_at")
    _make_tables()
    _absences_of_several_desks()


def downgrade() -> None:
    _absences_of_one_desk()
    for table in ("import_draft", "service_slug", "declaration_supplement", "frame_origin", "crest"):
        op.drop_table(table)
    gone: dict[str, list[str]] = {table: ["changed_by"] for table in ROOTS}
    for table, column in _columns():
        gone[table].append(column.name)
    for table, names in gone.items():
        with op.batch_alter_table(table) as batch:
            for name in names:
                batch.drop_column(name)


def _absences_of_several_desks() -> None:
    op.create_table(
        "absence_desk",
        sa.Column("absence_id", sa.Integer(), sa.ForeignKey("absence.id", ondelete="CASCADE"), primary_key=True),
        _of("desk_id", "desk", primary_key=True),
    )
    op.create_index("ix_absence_desk_desk_id", "absence_desk", ["desk_id"])
    op.execute("INSERT INTO absence_desk (absence_id, desk_id) SELECT id, desk_id FROM absence")
    op.execute("ALTER TABLE absence ADD COLUMN municipality_id INTEGER REFERENCES municipality (id)")
    op.execute("ALTER TABLE absence ADD COLUMN changed_by INTEGER REFERENCES official (id)")
    op.execute(
        "UPDATE absence SET municipality_id = (SELECT municipality_id FROM desk WHERE desk.id = absence.desk_id)"
    )
    for column in _columns_of_absence():
        op.add_column("absence", column)
    op.drop_index("ix_absence_desk_id", "absence")
    with op.batch_alter_table("absence") as batch:
        batch.drop_column("desk_id")
        batch.alter_column("municipality_id", existing_type=sa.Integer(), nullable=False)
    op.create_index("ix_absence_municipality_id", "absence", ["municipality_id"])


def _absences_of_one_desk() -> None:
    """Of an absence of several desks the first stays where it was; each of the others gets one of its own."""
    op.execute("ALTER TABLE absence ADD COLUMN desk_id INTEGER REFERENCES desk (id)")
    op.execute("UPDATE absence SET desk_id = (SELECT MIN(desk_id) FROM absence_desk WHERE absence_id = absence.id)")
    op.execute("DELETE FROM absence_desk WHERE desk_id = (SELECT desk_id FROM absence WHERE id = absence_id)")
    op.execute(
        "INSERT INTO absence (desk_id, municipality_id, starts_at, ends_at, is_active) "
        "SELECT absence_desk.desk_id, municipality_id, starts_at, ends_at, is_active FROM absence "
        "JOIN absence_desk ON absence_desk.absence_id = absence.id"
    )
    op.drop_table("absence_desk")
    # Then an absence was one that counts.
    op.execute("DELETE FROM absence WHERE desk_id IS NULL OR NOT is_active")
    op.drop_index("ix_absence_municipality_id", "absence")
    with op.batch_alter_table("absence") as batch:
        for name in ("municipality_id", "changed_by", *(column.name for column in _columns_of_absence())):
            batch.drop_column(name)
        batch.alter_column("desk_id", existing_type=sa.Integer(), nullable=False)
    op.create_index("ix_absence_desk_id", "absence", ["desk_id"])


def _columns() -> list[tuple[str, sa.Column]]:
    return [
        *((table, _number("version", "1")) for table in ROOTS if table not in HAD_A_VERSION),
        *((table, _instant("changed_at")) for table in ROOTS),
        *(
            (table, column)
            for table in ("municipality", "service")
            for column in (_instant("paused_at"), _text("pause_message_el"), _text("pause_message_en"))
        ),
        ("municipality", _instant("enrolled_at")),
        ("municipality", _instant("pause_until")),
        ("municipality", _text("website", 300)),
        ("municipality", _text("accent_color", 7, "#003375")),
        ("municipality", _text("data_protection_contact", 200)),
        ("municipality", _text("cancel_reasons")),
        ("department", _flag("is_name_en_suggested", default=False)),
        ("department", _text("phone")),
        ("department", _text("email")),
        ("department", _number("position", "1")),
        ("department", _flag("is_active", default=True)),
        ("service", _flag("is_name_en_suggested", default=False)),
        ("service", _number("position", "1")),
        ("service", sa.Column("reopens_on", sa.Date(), nullable=True)),
        ("service", _number("cancel_until_minutes", "0")),
        ("service", _flag("has_waiting_list", default=True)),
        ("service", _flag("has_reminders", default=True)),
        ("service", _flag("is_sensitive", default=False)),
        ("service", _text("mail_note_el")),
        ("service", _text("mail_note_en")),
        ("desk", _flag("is_name_en_suggested", default=False)),
        ("closure", sa.Column("copied_year", sa.Integer(), nullable=True)),
    ]


def _columns_of_absence() -> list[sa.Column]:
    return [_number("version", "1"), _instant("changed_at"), _text("note", 200), _flag("is_active", default=True)]


def _make_tables() -> None:
    op.create_table(
        "crest",
        _of("municipality_id", "municipality", primary_key=True),
        sa.Column("png", sa.LargeBinary(), nullable=False),
        _words("png_hash", 64),
    )
    op.create_table(
        "frame_origin",
        _of("municipality_id", "municipality", primary_key=True),
        sa.Column("origin", sqlmodel.AutoString(length=300), primary_key=True),
    )
    op.create_table(
        "declaration_supplement", _id(), _number("version", "1"), _instant("changed_at"),
        _of("changed_by", "official", nullable=True), _of("municipality_id", "municipality"),
        _words("declaration_version", 20), sa.Column("number", sa.Integer(), nullable=False), _words("text_el"),
        _words("text_en"), _words("text_hash", 64), _instant("published_at"),
    )  # fmt: skip
    op.create_index(
        "one_supplement_per_number",
        "declaration_supplement",
        ["municipality_id", "declaration_version", "number"],
        unique=True,
    )
    op.create_table(
        "service_slug",
        _of("municipality_id", "municipality", primary_key=True),
        sa.Column("slug", sqlmodel.AutoString(length=80), primary_key=True),
        _of("service_id", "service"),
    )
    op.create_index("ix_service_slug_service_id", "service_slug", ["service_id"])
    op.create_table(
        "import_draft", _id(), _of("municipality_id", "municipality"), _of("official_id", "official"),
        _words("kind", 20), _words("file_name", 200), sa.Column("content", sa.LargeBinary(), nullable=False),
        _words("encoding", 20), _at("created_at"), _at("expires_at"),
    )  # fmt: skip
    op.create_index("ix_import_draft_official_id", "import_draft", ["official_id"])
    op.create_index("ix_import_draft_expires_at", "import_draft", ["expires_at"])


def _id() -> sa.Column:
    return sa.Column("id", sa.Integer(), primary_key=True)


def _of(name: str, target: str, *, nullable: bool = False, primary_key: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(f"{target}.id"), nullable=nullable, primary_key=primary_key)


def _at(name: str) -> sa.Column:
    return sa.Column(name, sqlmodel.UTCDateTime(), nullable=False)


def _instant(name: str) -> sa.Column:
    return sa.Column(name, sqlmodel.UTCDateTime(), nullable=True)


def _words(name: str, length: int | None = None) -> sa.Column:
    return sa.Column(name, sqlmodel.AutoString(length=length), nullable=False)


def _text(name: str, length: int | None = None, default: str = "") -> sa.Column:
    return sa.Column(name, sqlmodel.AutoString(length=length), nullable=False, server_default=default)


def _number(name: str, default: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False, server_default=default)


def _flag(name: str, *, default: bool) -> sa.Column:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.true() if default else sa.false())
