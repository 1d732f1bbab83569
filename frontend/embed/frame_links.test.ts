import { describe, expect, it } from "vitest";
import { staysInFrame } from "./frame_links.ts";

const HERE = "https://book.example.gr/embed/mode?m=kavala";

describe("links in a frame", () => {
  it.each([
    ["/embed/calendar?m=kavala", true],
    ["/en/embed/services?m=kavala", true],
    ["mailto:info@town.gr", true],
    ["/my-bookings/AB12", false],
    ["/embedded", false],
    ["https://www.gov.gr/embed/x", false],
  ])("%s stays: %s", (href, stays) => {
    expect(staysInFrame(href, HERE)).toBe(stays);
  });
});
