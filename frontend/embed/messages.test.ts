import { describe, expect, it } from "vitest";
import { readConnect, readFromFrame, readFromHost, readHello } from "./messages.ts";

const said = (type: string, fields: object = {}) => ({ dimoslive: 1, type, ...fields });

describe("messages over the border", () => {
  it("reads what each side may say", () => {
    expect(readHello(said("hello"))).not.toBeNull();
    expect(readConnect(said("connect", { lang: "el", display: "inline" }))).not.toBeNull();
    expect(readConnect(said("connect", { lang: "en", display: "dialog", accent: "#003476" }))).not.toBeNull();
    expect(readFromFrame(said("height", { px: 640 }))).not.toBeNull();
    expect(readFromFrame(said("booked", { service: null, mode: "video" }))).not.toBeNull();
    expect(readFromFrame(said("close"))).not.toBeNull();
    expect(readFromHost(said("accent", { accent: "#00ff00" }))).not.toBeNull();
  });

  it.each([
    ["another type", said("grow", { px: 640 })],
    ["a name of the language's own", said("toString")],
    ["a field more", said("height", { px: 640, name: "Ελένη" })],
    ["a field less", said("height")],
    ["a fraction", said("height", { px: 640.5 })],
    ["too much", said("height", { px: 20_001 })],
    ["too long", said("ready", { title: "x".repeat(201) })],
    ["no object", "height"],
    ["another protocol", { dimoslive: 2, type: "height", px: 640 }],
  ])("drops %s", (_, data) => {
    expect(readFromFrame(data)).toBeNull();
  });

  it("lets neither side speak for the other", () => {
    expect(readFromFrame(said("focus"))).toBeNull();
    expect(readFromHost(said("booked", { service: null, mode: "video" }))).toBeNull();
    expect(readHello(said("hello", { reference: "AB12" }))).toBeNull();
  });

  it("drops an accent that is no plain colour", () => {
    expect(readConnect(said("connect", { lang: "el", display: "inline", accent: "url(x)" }))).toBeNull();
  });
});
