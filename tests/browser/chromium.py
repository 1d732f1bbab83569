"""The browser of the stories."""

from playwright.sync_api import Browser, Playwright

from tests.browser.networks import Telephone
from tools.apt import unshifted
from tools.chromium import shell_on_path

# No sandbox, as containers run tests as root; no calls home.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A camera that shows a moving picture, and calls between two processes of one machine. Half of the usual
# pictures in a second are as good a proof, and two processors have three browsers' pictures to pack and unpack.
_CAMERA_FLAGS = [
    "--use-fake-device-for-media-stream=fps=10",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
]


def start_chromium(playwright: Playwright, *, has_camera: bool = False, on: Telephone | None = None) -> Browser:
    """The system's Chromium, else Playwright's own. Pages of one process share its invented camera.

    Calls between networks take the whole browser, which people have; all else takes its shell, which is quicker.
    """
    flags = FLAGS + (_CAMERA_FLAGS if has_camera else []) + (on.flags if on else [])
    # A clock that is shifted for the whole run stays outside: pages have the story's.
    environment: dict[str, str | float | bool] = {**unshifted()}
    program = on.browser if on else shell_on_path()
    return playwright.chromium.launch(executable_path=program, args=flags, env=environment)
