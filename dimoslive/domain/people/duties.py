"""What officials are told of their duties before they see anybody, and by which version it is known what that was."""

DUTIES_VERSION = "2026-12"
"""The one shown now. Whoever has read another one reads it anew; a changed text is a new version."""

DUTIES = ("purpose", "confidential", "logged", "no_recording", "paper", "own_account")
"""Their texts, in this order."""
