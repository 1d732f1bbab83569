"""What a municipality sets up beside its catalogue."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from dimoslive.db.tables.root import Root


class CrestRow(SQLModel, table=True):
    """A municipality's crest, as it is shown: PNG, made anew from what was sent."""

    __tablename__ = "crest"

    municipality_id: int = Field(foreign_key="municipality.id", primary_key=True)
    png: bytes
    png_hash: str = Field(max_length=64, description="Part of its address, so that a browser can keep it")


class FrameOriginRow(SQLModel, table=True):
    """A site that may show the municipality's pages in a frame."""

    __tablename__ = "frame_origin"

    municipality_id: int = Field(foreign_key="municipality.id", primary_key=True)
    origin: str = Field(primary_key=True, max_length=300)


class DeclarationSupplementRow(Root, table=True):
    """What a municipality adds to the declaration; once published, its texts stay as they are."""

    __tablename__ = "declaration_supplement"
    __table_args__ = (
        Index("one_supplement_per_number", "municipality_id", "declaration_version", "number", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id")
    declaration_version: str = Field(max_length=20, description="The platform's own, such as 2026-11")
    number: int = Field(description="Counted by municipality: the 3 of 2026-11+kavala.3")
    text_el: str = ""
    text_en: str = ""
    text_hash: str = Field(default="", max_length=64)
    published_at: datetime | None = Field(default=None, description="Empty: still being written")


class ServiceSlugRow(SQLModel, table=True):
    """An address that a service had before: it leads to the service for good."""

    __tablename__ = "service_slug"

    municipality_id: int = Field(foreign_key="municipality.id", primary_key=True)
    slug: str = Field(primary_key=True, max_length=80)
    service_id: int = Field(foreign_key="service.id", index=True)


class ImportDraftRow(SQLModel, table=True):
    """A file that an official sent and has not imported yet; kept for an hour."""

    __tablename__ = "import_draft"

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id")
    official_id: int = Field(foreign_key="official.id", index=True)
    kind: str = Field(max_length=20)
    file_name: str = Field(default="", max_length=200)
    content: bytes
    encoding: str = Field(default="", max_length=20)
    created_at: datetime
    expires_at: datetime = Field(index=True)
