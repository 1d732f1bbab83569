"""What the frames in municipalities' own sites leave behind: which sites asked, and sign-ins on their way back."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel


class FrameSightingRow(SQLModel, table=True):
    """How often a site asked for a municipality's pages in a frame on one day; of the address its origin alone."""

    __tablename__ = "frame_sighting"

    municipality_id: int = Field(foreign_key="municipality.id", primary_key=True)
    day: date = Field(primary_key=True)
    origin: str = Field(primary_key=True, max_length=300)
    count: int


class FrameCodeRow(SQLModel, table=True):
    """A sign-in in the window beside a frame: who shows code and verifier opens the frame's session with it, once."""

    __tablename__ = "frame_code"

    code_hash: str = Field(primary_key=True, max_length=64)
    citizen_id: int = Field(foreign_key="citizen.id", index=True)
    municipality_id: int = Field(foreign_key="municipality.id")
    challenge: str = Field(max_length=43, description="SHA-256 of the frame's verifier")
    window_hash: str = Field(max_length=64, description="Of the window's own cookie, which can go on without the frame")
    created_at: datetime = Field(index=True)
    used_at: datetime | None = None
