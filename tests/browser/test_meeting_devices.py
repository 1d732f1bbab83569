"""A person's own camera and microphone: on when they switched it on, and off when they did not."""

import pytest
from playwright.sync_api import Page

# A module's own media, opened, and what is on of it.
_OPENED = """
    const {createOwnMedia} = await import("/modules/media/own_media.ts");
    const kept = [];
    const media = createOwnMedia({onKeep: record => kept.push(record)});
    const now = () => media.store.get();
    const isLive = name => now()[name].track?.readyState === "live" && now()[name].track.enabled;
    await media.open();
"""

# Cameras as a system lists them, with pictures of a canvas: the fake devices of Chromium face nobody.
_CAMERAS = """
    const cameras = %s;
    navigator.mediaDevices.enumerateDevices = async () =>
        cameras.map(({deviceId}) => ({kind: "videoinput", deviceId, label: deviceId}));
    const asked = [];
    navigator.mediaDevices.getUserMedia = async ({video}) => {
        if (!video) throw new DOMException("", "NotFoundError");
        asked.push(video);
        const found = cameras.find(one => one.deviceId === video.deviceId?.exact)
            || cameras.find(one => one.facingMode === video.facingMode?.ideal) || cameras[0];
        const stream = document.createElement("canvas").captureStream();
        stream.getVideoTracks()[0].getSettings = () => found;
        return stream;
    };
"""


@pytest.mark.parametrize(
    "act",
    [
        "await media.choose('camera', now().devices.cameras[0].id)",
        "await media.nextCamera()",
        "await media.showDocument(true); await media.showDocument(false)",
    ],
)
def test_a_camera_that_was_switched_off_stays_off(workbench: Page, act: str) -> None:
    found = workbench.evaluate(f"""async () => {{ {_OPENED}
        await media.setCamera(false);
        {act};
        const after = [now().camera.isOn, now().document.isOn, Boolean(isLive("camera"))];
        await media.setCamera(true);
        return [...after, isLive("camera")];
    }}""")

    assert found == [False, False, False, True]


def test_a_muted_microphone_stays_muted_when_another_is_chosen(workbench: Page) -> None:
    found = workbench.evaluate(f"""async () => {{ {_OPENED}
        await media.setMicrophone(false);
        await media.choose("microphone", now().devices.microphones.at(-1).id);
        const after = [now().microphone.isOn, isLive("microphone")];
        await media.setMicrophone(true);
        return [...after, isLive("microphone")];
    }}""")

    assert found == [False, False, True]


def test_a_document_is_shown_by_a_camera_that_was_off(workbench: Page) -> None:
    found = workbench.evaluate(f"""async () => {{ {_OPENED}
        await media.setCamera(false);
        await media.showDocument(true);
        return [now().document.isOn, isLive("camera"), now().camera.track.contentHint];
    }}""")

    assert found == [True, True, "detail"]


def test_what_failed_is_not_remembered_as_switched_off(workbench: Page) -> None:
    kept = workbench.evaluate(f"""async () => {{
        const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = async wish => {{
            if (wish.audio) throw new DOMException("", "NotAllowedError");
            return ask(wish);
        }};
        {_OPENED}
        await media.setMicrophone(true);
        const {{microphone}} = now();
        await media.setCamera(false);
        return [microphone.problem, kept.at(-1).isMicrophoneOff, kept.at(-1).isCameraOff];
    }}""")

    assert kept == ["denied", False, True]


def test_a_second_failure_for_the_same_reason_is_news(workbench: Page) -> None:
    failures = workbench.evaluate(f"""async () => {{
        navigator.mediaDevices.getUserMedia = async () => {{ throw new DOMException("", "NotAllowedError"); }};
        {_OPENED}
        const seen = [];
        for (let press = 0; press < 2; press += 1) {{
            await media.setCamera(true);
            seen.push([now().camera.problem, now().camera.failures]);
        }}
        return seen;
    }}""")

    assert failures == [["denied", 1], ["denied", 2]]


def test_to_try_again_leaves_nothing_open_and_opens_what_is_wanted(workbench: Page) -> None:
    found = workbench.evaluate("""async () => {
        const {createOwnMedia} = await import("/modules/media/own_media.ts");
        const media = createOwnMedia({kept: {isCameraOff: true, isMicrophoneOff: true}});
        const now = () => media.store.get();
        await media.open();
        const before = [now().camera.isOn, now().microphone.isOn];
        await media.setCamera(true);
        const first = [now().camera.track, now().microphone.track];
        await media.open();
        return [before, [now().camera.isOn, now().microphone.isOn], first.map(track => track.readyState)];
    }""")

    assert found == [[False, False], [True, True], ["ended", "ended"]]


@pytest.mark.parametrize("is_on", ["true", "false"])
def test_a_document_is_not_shown_by_the_camera_that_faces_its_user(workbench: Page, is_on: str) -> None:
    phone = "[{deviceId: 'front', facingMode: 'user'}, {deviceId: 'back', facingMode: 'environment'}]"
    found = workbench.evaluate(f"""async () => {{ {_CAMERAS % phone} {_OPENED}
        await media.choose("camera", "front");
        await media.setCamera({is_on});
        await media.showDocument(true);
        const shown = now().camera.openId;
        await media.showDocument(false);
        await media.setCamera(true);
        return [shown, now().camera.openId];
    }}""")

    assert found == ["back", "front"]


def test_what_the_system_holds_back_is_said_and_goes_on_by_itself(workbench: Page) -> None:
    found = workbench.evaluate(f"""async () => {{ {_OPENED}
        const {{isLive: isSent}} = await import("/modules/media/own_media.ts");
        const seen = [];
        for (const event of ["mute", "unmute"]) {{
            now().camera.track.dispatchEvent(new Event(event));
            seen.push([now().camera.problem, now().camera.isOn, isSent(now().camera)]);
        }}
        return seen;
    }}""")

    assert found == [["interrupted", True, False], [None, True, True]]


@pytest.mark.parametrize(
    ("there", "ways"),
    [
        # A phone: from the front to the back and again.
        (
            "[{deviceId: 'front', facingMode: 'user'}, {deviceId: 'back', facingMode: 'environment'}]",
            ["back", "front", "back"],
        ),
        # A computer whose own camera says that it faces the user, and one on a cable.
        ("[{deviceId: 'lid', facingMode: 'user'}, {deviceId: 'desk'}]", ["desk", "lid", "desk"]),
        ("[{deviceId: 'one'}, {deviceId: 'two'}, {deviceId: 'three'}]", ["two", "three", "one"]),
        ("[{deviceId: 'only', facingMode: 'user'}]", ["only", "only", "only"]),
    ],
)
def test_another_camera_is_one_press_away(workbench: Page, there: str, ways: list[str]) -> None:
    found = workbench.evaluate(f"""async () => {{ {_CAMERAS % there} {_OPENED}
        const ways = [];
        for (let press = 0; press < 3; press += 1) {{
            await media.nextCamera();
            ways.push(now().camera.openId);
        }}
        return ways;
    }}""")

    assert found == ways


def test_a_chosen_camera_that_is_gone_is_replaced_by_another_as_sharp(workbench: Page) -> None:
    found = workbench.evaluate(f"""async () => {{ {_CAMERAS % "[{deviceId: 'other'}]"}
        const {{openTrack, cameraConstraints}} = await import("/modules/media/devices.ts");
        const answer = navigator.mediaDevices.getUserMedia;
        navigator.mediaDevices.getUserMedia = async wish => {{
            if (wish.video.deviceId) throw new DOMException("", "OverconstrainedError");
            return answer(wish);
        }};
        await openTrack("video", cameraConstraints({{id: "gone"}}));
        const {{deviceId, ...rest}} = cameraConstraints({{id: "gone"}});
        return JSON.stringify(asked) === JSON.stringify([rest]);
    }}""")

    assert found is True


@pytest.mark.parametrize(
    ("agent", "browser"),
    [
        ("Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", "in_app"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605 Mobile/15E148 [FBAN/FBIOS]", "in_app"),
        ("Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0 Mobile", "chrome_android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604", "safari_ios"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "firefox"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605", "safari_mac"),
    ],
)
def test_the_advice_names_the_menus_of_the_browser_in_use(workbench: Page, agent: str, browser: str) -> None:
    read = "async userAgent => (await import('/modules/media/devices.ts')).browserOf({userAgent})"

    assert workbench.evaluate(read, agent) == browser


@pytest.mark.parametrize(
    ("way", "verdict"),
    [
        ({"state": "none", "kbps": None, "roundTripMs": None}, "good"),
        ({"state": "works", "kbps": 9000, "roundTripMs": 20}, "good"),
        ({"state": "works", "kbps": 300, "roundTripMs": 20}, "stutters"),
        ({"state": "works", "kbps": 9000, "roundTripMs": 700}, "stutters"),
        ({"state": "failed", "kbps": None, "roundTripMs": None}, "stutters"),
    ],
)
def test_a_slow_way_through_the_relay_is_told_beforehand(workbench: Page, way: dict[str, object], verdict: str) -> None:
    line = {"downKbps": 9000, "upKbps": 9000, "roundTripMs": 20, "relay": way}

    found = workbench.evaluate(
        "async line => (await import('/modules/media/measure_connection.ts')).verdictOf(line)", line
    )

    assert found == verdict


def test_a_relay_that_does_not_answer_is_a_failed_one(workbench: Page) -> None:
    nobody = [{"urls": ["turn:127.0.0.1:9"], "username": "nobody", "credential": "nothing"}]
    read = """async all =>
        (await import('/modules/media/measure_relay.ts')).measureRelay(all, new AbortController().signal)"""

    found = workbench.evaluate(read, nobody)

    assert found == {"state": "failed", "kbps": None, "roundTripMs": None}
