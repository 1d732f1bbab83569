"""The table of the wizard's drafts."""

from datetime import datetime

from sqlmodel import Field

from dimoslive.db.tables.details import DetailsColumns


class DraftRow(DetailsColumns, table=True):
    """What a citizen has chosen and typed in the wizard, as typed; the held time is a `BookingRow`."""

    __tablename__ = "booking_draft"

    citizen_id: int = Field(foreign_key="citizen.id", primary_key=True)
    municipality_id: int | None = Field(default=None, foreign_key="municipality.id")
    service_id: int | None = Field(default=None, foreign_key="service.id")
    mode: str = ""
    moving_id: int | None = Field(default=None, foreign_key="booking.id")
    remember_contact: bool = False
    details_given: bool = False
    changed_at: datetime
