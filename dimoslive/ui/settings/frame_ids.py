"""Ids of elements to which the focus goes."""

SAVED = "settings-saved"
PROBLEM = "settings-problem"
REMOVED = "settings-removed"
CONFLICT_TITLE = "conflict-title"
