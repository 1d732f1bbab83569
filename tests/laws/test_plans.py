"""What holds of plans whatever happens in between: claims stay with their bookings, and nobody is told twice."""

import asyncio
from collections import Counter
from datetime import timedelta
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from dimoslive.db.engine import reading
from dimoslive.db.queries.plans import items_in
from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.db.tables.desk import CallTaskRow
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.db.tables.plan import PlanItemRow, PlanRow
from dimoslive.domain.booking.statuses import OPEN, BookingStatus
from dimoslive.domain.errors import DomainError
from dimoslive.domain.plans.statuses import ItemState
from dimoslive.domain.scheduling.proposals import Decision
from dimoslive.services.desk.cancel_by_municipality import cancel_by_municipality
from dimoslive.services.outbox.deliver_events import deliver_events
from dimoslive.services.outbox.deliver_mail import MAIL
from dimoslive.services.plans.carry_out import carry_out
from dimoslive.services.plans.decide_item import decide_all, decide_item
from dimoslive.services.plans.undo_plan import undo_plan
from dimoslive.services.upkeep import work_plans
from tests.support.database import db, postgresql_db, postgresql_server, sqlite_db, sqlite_files
from tests.support.desk import seen
from tests.support.planning import Afternoon, an_afternoon, keeps_its_claims
from tests.support.world import a_town, rows

__all__ = ["TemporaryDirectory", "db", "postgresql_db", "postgresql_server", "sqlite_db", "sqlite_files"]
