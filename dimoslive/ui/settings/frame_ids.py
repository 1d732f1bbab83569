"""Ids of elements to which the focus goes."""

SAVED = "settings-saved"
REMOVED = "settings-removed"
CONFLICT_TITLE = "conflict-title"
