"""Which pictures of a crest are taken."""

MAX_CREST_BYTES = 512 * 1024
MIN_CREST_SIDE, MAX_CREST_SIDE = 96, 4_000
"""So never more than 16 megapixels."""
