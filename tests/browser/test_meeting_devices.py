"""A person's devices in a real browser; the rules of switching them are tested beside their module."""

from playwright.sync_api import Page

# A module's own media, opened, and what is on of it.
_OPENED = """
    const {createOwnMedia} = await import("/modules/media/own_media.ts");
    const media = createOwnMedia();
    const now = () => media.store.get();
    const isLive = name => now()[name].track?.readyState === "live" && now()[name].track.enabled;
    await media.open();
"""


def test_a_document_is_shown_by_a_camera_that_was_off(workbench: Page) -> None:
    found = workbench.evaluate(f"""async () => {{ {_OPENED}
        await media.setCamera(false);
        await media.showDocument(true);
        return [now().document.isOn, isLive("camera"), now().camera.track.contentHint];
    }}""")

    assert found == [True, True, "detail"]


def test_a_relay_that_does_not_answer_is_a_failed_one(workbench: Page) -> None:
    nobody = [{"urls": ["turn:127.0.0.1:9"], "username": "nobody", "credential": "nothing"}]
    read = """async all =>
        (await import('/modules/media/measure_relay.ts')).measureRelay(all, new AbortController().signal)"""

    found = workbench.evaluate(read, nobody)

    assert found == {"state": "failed", "kbps": None, "roundTripMs": None}
