import { describe, expect, it } from "vitest";
import { bookedOf, stepOf } from "./frame_watch.ts";

describe("what a frame tells of itself", () => {
  it("names the step, and the services where the site asks for the municipality", () => {
    expect(stepOf({ step: "calendar", number: "3", of: "6" })).toEqual({
      type: "step",
      name: "calendar",
      number: 3,
      of: 6,
    });
    expect(stepOf({ step: "municipality", number: "1", of: "6" })).toMatchObject({ name: "services" });
    expect(stepOf({ step: "elsewhere" })).toBeNull();
  });

  it("names mode and service of a booking, and no service that is private", () => {
    expect(bookedOf({ booked: "video", service: "taxes" })).toEqual({
      type: "booked",
      service: "taxes",
      mode: "video",
    });
    expect(bookedOf({ booked: "phone", service: "" })).toMatchObject({ service: null });
    expect(bookedOf({ booked: "" })).toBeNull();
  });
});
