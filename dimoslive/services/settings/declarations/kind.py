"""What a municipality adds to the declaration, as the set-up changes it."""

from dimoslive.db.rows.roots import RootKind
from dimoslive.db.tables.settings import DeclarationSupplementRow

SUPPLEMENT = RootKind(DeclarationSupplementRow, "declaration", ("text_el", "text_en"), has_archive=False)
