"""Changes of the set-up that hit bookings, and what is decided about each of these."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

AT_WORK = text("applied_at IS NOT NULL AND closed_at IS NULL")
KEEPS_A_PLACE = text("kept_to IS NOT NULL")
"""Word for word: only a query that says it like its index is answered from the index."""


class PlanRow(SQLModel, table=True):
    """A change that is proposed, was applied, or was undone. Nothing of a person."""

    __tablename__ = "plan"
    __table_args__ = (
        Index("plans_of_municipality", "municipality_id", "state"),
        Index("plans_at_work", "id", sqlite_where=AT_WORK, postgresql_where=AT_WORK),
    )

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id")
    kind: str = Field(max_length=20)
    state: str = Field(max_length=20)
    change: str = Field(description="What is proposed, as JSON")
    way_back: str = Field(default="", description="The change that undoes it, as JSON")
    base_versions: str = Field(description="Of the roots that it changes, as JSON; once applied, those that it left")
    fingerprint: str = Field(max_length=64, description="Of the bookings that it hits")
    made_by: int = Field(foreign_key="official.id")
    made_at: datetime
    applied_by: int | None = Field(default=None, foreign_key="official.id")
    applied_at: datetime | None = None
    mails_at: datetime | None = Field(default=None, description="When people are told")
    looked_at: datetime | None = Field(default=None, description="When the bookings were last looked for")
    told_at: datetime | None = Field(default=None, description="When all places that were kept were let go")
    closed_at: datetime | None = Field(default=None, description="Finished, dropped, or put back")
    message_el: str = ""
    message_en: str = ""
    healed: int = 0
    already_out: int = 0
    lost: int = 0
    gained: int = 0
    modes_lost: int = 0
    lost_times: str = Field(default="[]", description="The first of them, as JSON of seconds and service")


class PlanItemRow(SQLModel, table=True):
    """A booking that is hit: as it stood, where it could go, and what was decided and done."""

    __tablename__ = "plan_item"
    __table_args__ = (
        UniqueConstraint("plan_id", "booking_id", name="one_item_per_booking"),
        Index("items_by_state", "plan_id", "state"),
        Index("kept_places", "was_desk_id", sqlite_where=KEEPS_A_PLACE, postgresql_where=KEEPS_A_PLACE),
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id")
    booking_id: int = Field(foreign_key="booking.id", index=True)
    position: int = Field(description="In the one order of bookings")
    state: str = Field(max_length=20)
    contact: str = Field(max_length=10)
    was_status: str = Field(max_length=30)
    was_starts_at: datetime
    was_desk_id: int = Field(foreign_key="desk.id")
    proposal: str = Field(max_length=20)
    proposed_starts_at: datetime | None = None
    proposed_desk_id: int | None = Field(default=None, foreign_key="desk.id")
    proposed_mode: str = Field(default="", max_length=20)
    decision: str = Field(default="", max_length=20, description="Empty: somebody has to decide")
    target_starts_at: datetime | None = None
    target_desk_id: int | None = Field(default=None, foreign_key="desk.id")
    target_mode: str = Field(default="", max_length=20)
    problem: str = Field(default="", max_length=20)
    before: str = Field(default="", description="What the booking was, as JSON, to put it back; nothing of a person")
    left_version: int = Field(default=0, description="The booking's, as the plan left it")
    event_id: int | None = Field(default=None, description="What is to be mailed")
    needs_call: bool = False
    call_id: int | None = Field(default=None, description="What is to be said by telephone; it may be erased")
    kept_from: datetime | None = Field(default=None, description="The former place, kept until people are told")
    kept_to: datetime | None = None
    done_at: datetime | None = None
