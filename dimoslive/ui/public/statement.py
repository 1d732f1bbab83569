"""When the accessibility statement was last made true."""

from datetime import date

STATEMENT_DATE = date(2026, 11, 22)
