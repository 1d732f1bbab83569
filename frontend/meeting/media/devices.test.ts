import { expect, test } from "vitest";
import { plugIn } from "../../testing/devices.ts";
import { adviceKey, browserOf, cameraConstraints, classifyProblem, openBoth, openTrack } from "./devices.ts";

test("a chosen camera that is gone is replaced by another as sharp", async () => {
  const { asked } = plugIn({ cameras: [{ deviceId: "other" }] });
  const real = navigator.mediaDevices.getUserMedia;
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    if (constraints && (constraints.video as MediaTrackConstraints).deviceId) {
      throw new DOMException("", "OverconstrainedError");
    }
    return real(constraints);
  };
  await openTrack("video", cameraConstraints({ id: "gone" }));
  const { deviceId, ...rest } = cameraConstraints({ id: "gone" });
  expect(deviceId).toEqual({ exact: "gone" });
  expect(asked).toEqual([{ video: rest }]);
});

test("one of the two is opened when the other cannot be had", async () => {
  const { refused } = plugIn();
  refused.video = "NotReadableError";
  const { camera, microphone } = await openBoth({ camera: {}, microphone: {} });
  expect(camera).toEqual({ problem: "in_use" });
  expect(microphone.track).toBeDefined();
});

test.each([
  ["Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", "in_app"],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605 Mobile/15E148 [FBAN/FBIOS]", "in_app"],
  ["Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0 Mobile", "chrome_android"],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604", "safari_ios"],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "firefox"],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605", "safari_mac"],
])("the advice names the menus of the browser in use (%#)", (userAgent, browser) => {
  expect(browserOf({ userAgent })).toBe(browser);
});

test("only a denied permission has its cure in the browser's menus", () => {
  expect(adviceKey("denied", "firefox")).toBe("advice.denied.firefox");
  expect(adviceKey("in_use", "firefox")).toBe("advice.in_use");
});

test.each([
  [new DOMException("", "NotAllowedError"), "denied"],
  [new DOMException("Permission denied by system", "NotAllowedError"), "denied_by_system"],
  [new DOMException("", "NotFoundError"), "none"],
  [new DOMException("", "NotReadableError"), "in_use"],
  [new TypeError("?"), "failed"],
])("what went wrong is said in words of ours (%s)", (error, problem) => {
  plugIn();
  expect(classifyProblem(error)).toBe(problem);
});
