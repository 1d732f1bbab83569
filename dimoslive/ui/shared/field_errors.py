"""What is wrong with a typed value, as pages say it."""

from dimoslive.i18n.refusals import say

__all__ = ["say"]
