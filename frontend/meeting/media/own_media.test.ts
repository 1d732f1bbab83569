// A person's own camera and microphone: on when they switched it on, and off when they did not.
import { expect, test } from "vitest";
import { FakeTrack, plugIn } from "../../testing/devices.ts";
import { createOwnMedia, type OwnMedia } from "./own_media.ts";
import { type DeviceChoice, isLive } from "./own_state.ts";

const PHONE = [
  { deviceId: "front", facingMode: "user" },
  { deviceId: "back", facingMode: "environment" },
];

async function opened(kept: DeviceChoice = {}) {
  const records: DeviceChoice[] = [];
  const media = createOwnMedia({ kept, onKeep: (record) => records.push(record) });
  await media.open();
  return { media, now: media.store.get, records };
}

function trackOf(media: OwnMedia, name: "camera" | "microphone"): FakeTrack {
  const { track } = media.store.get()[name];
  if (!(track instanceof FakeTrack)) throw new Error(`no ${name}`);
  return track;
}

function isOpen(media: OwnMedia, name: "camera" | "microphone"): boolean {
  const track = media.store.get()[name].track;
  return track !== null && track.readyState === "live" && track.enabled;
}

test.each<[string, (media: OwnMedia) => Promise<void>]>([
  ["another is chosen", (media) => media.choose("camera", "back")],
  ["the next is asked for", (media) => media.nextCamera()],
  ["a document was shown", (media) => media.showDocument(true).then(() => media.showDocument(false))],
])("a camera that was switched off stays off when %s", async (_, act) => {
  plugIn({ cameras: PHONE });
  const { media, now } = await opened();
  await media.setCamera(false);
  await act(media);
  expect([now().camera.isOn, now().document.isOn, isOpen(media, "camera")]).toEqual([false, false, false]);
  await media.setCamera(true);
  expect(isOpen(media, "camera")).toBe(true);
});

test("a muted microphone stays muted when another is chosen", async () => {
  plugIn({ microphones: [{ deviceId: "one" }, { deviceId: "two" }] });
  const { media, now } = await opened();
  await media.setMicrophone(false);
  await media.choose("microphone", "two");
  expect(trackOf(media, "microphone").device.deviceId).toBe("two");
  expect([now().microphone.isOn, isOpen(media, "microphone")]).toEqual([false, false]);
  await media.setMicrophone(true);
  expect(isOpen(media, "microphone")).toBe(true);
});

test("a document is shown by a camera that was off, as sharp as it can be", async () => {
  plugIn();
  const { media, now } = await opened();
  await media.setCamera(false);
  await media.showDocument(true);
  expect([now().document.isOn, isOpen(media, "camera")]).toEqual([true, true]);
  expect(trackOf(media, "camera").contentHint).toBe("detail");
});

test("what failed is not remembered as switched off", async () => {
  const { refused } = plugIn();
  refused.audio = "NotAllowedError";
  const { media, now, records } = await opened();
  await media.setMicrophone(true);
  expect(now().microphone.problem).toBe("denied");
  await media.setCamera(false);
  expect(records.at(-1)).toMatchObject({ isMicrophoneOff: false, isCameraOff: true });
});

test("a second failure for the same reason is news", async () => {
  const { refused } = plugIn();
  refused.video = "NotAllowedError";
  const { media, now } = await opened();
  const seen = [];
  for (let press = 0; press < 2; press += 1) {
    await media.setCamera(true);
    seen.push([now().camera.problem, now().camera.failures]);
  }
  expect(seen).toEqual([
    ["denied", 1],
    ["denied", 2],
  ]);
});

test("to try again leaves nothing open and opens what is wanted", async () => {
  plugIn();
  const { media, now } = await opened({ isCameraOff: true, isMicrophoneOff: true });
  expect([now().camera.isOn, now().microphone.isOn]).toEqual([false, false]);
  await media.setCamera(true);
  const first = [trackOf(media, "camera"), trackOf(media, "microphone")];
  await media.open();
  expect([now().camera.isOn, now().microphone.isOn]).toEqual([true, true]);
  expect(first.map(({ readyState }) => readyState)).toEqual(["ended", "ended"]);
});

test.each([true, false])("a document is not shown by the camera that faces its user (on before: %s)", async (isOn) => {
  plugIn({ cameras: PHONE });
  const { media, now } = await opened();
  await media.choose("camera", "front");
  await media.setCamera(isOn);
  await media.showDocument(true);
  expect(now().camera.openId).toBe("back");
  await media.showDocument(false);
  await media.setCamera(true);
  expect(now().camera.openId).toBe("front");
});

test("what the system holds back is said and goes on by itself", async () => {
  plugIn();
  const { media, now } = await opened();
  trackOf(media, "camera").onmute?.();
  expect([now().camera.problem, now().camera.isOn, isLive(now().camera)]).toEqual(["interrupted", true, false]);
  trackOf(media, "camera").onunmute?.();
  expect([now().camera.problem, now().camera.isOn, isLive(now().camera)]).toEqual([null, true, true]);
});

test("a camera that is unplugged is lost, and told to the others", async () => {
  plugIn();
  const { media, now } = await opened();
  const told: unknown[] = [];
  media.onTrack((kind, track) => told.push([kind, track]));
  trackOf(media, "camera").onended?.();
  expect([now().camera.problem, now().camera.isOn]).toEqual(["lost", false]);
  expect(told).toEqual([["video", null]]);
});

test.each([
  ["a phone, from the front to the back and again", PHONE, ["back", "front", "back"]],
  [
    "a computer whose own camera says that it faces the user, and one on a cable",
    [{ deviceId: "lid", facingMode: "user" }, { deviceId: "desk" }],
    ["desk", "lid", "desk"],
  ],
  ["cables alone", [{ deviceId: "one" }, { deviceId: "two" }, { deviceId: "three" }], ["two", "three", "one"]],
  ["one camera", [{ deviceId: "only", facingMode: "user" }], ["only", "only", "only"]],
])("another camera is one press away: %s", async (_, cameras, ways) => {
  plugIn({ cameras });
  const { media, now } = await opened();
  const found = [];
  for (let press = 0; press < 3; press += 1) {
    await media.nextCamera();
    found.push(now().camera.openId);
  }
  expect(found).toEqual(ways);
});

test("two quick presses open one camera after the other", async () => {
  plugIn();
  const { media } = await opened();
  const first = trackOf(media, "camera");
  await Promise.all([media.setCamera(false), media.setCamera(true)]);
  expect(first.readyState).toBe("ended");
  expect(isOpen(media, "camera")).toBe(true);
});

test("a closed page leaves nothing open, also what was still being opened", async () => {
  plugIn();
  const { media, now } = await opened();
  const [camera, microphone] = [trackOf(media, "camera"), trackOf(media, "microphone")];
  media.close();
  expect([camera.readyState, microphone.readyState]).toEqual(["ended", "ended"]);
  await media.setCamera(true);
  expect(now().camera.track).toBeNull();
});
