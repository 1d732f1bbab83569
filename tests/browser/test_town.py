"""A municipality shows itself: crest, colour and pause on its page, and a declaration that changes under a citizen."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.barriers import barriers
from tests.browser.small_screen import PHONE, misfits

FORM, DECLARATIONS, PUBLIC = "/admin/municipality?m=drama", "/admin/declarations?m=drama", "/m/drama"
