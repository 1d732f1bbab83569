"""A department, as the set-up changes it."""

from dimoslive.db.rows.roots import RootKind
from dimoslive.db.tables.catalogue import DepartmentRow

DEPARTMENT = RootKind(
    DepartmentRow,
    "department",
    (
        "name_el",
        "name_en",
        "is_name_en_suggested",
        "address_el",
        "address_en",
        "phone",
        "email",
        "position",
    ),
)
