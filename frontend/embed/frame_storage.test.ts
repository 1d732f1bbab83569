import { describe, expect, it } from "vitest";
import { guardStorage, MemoryStorage } from "./frame_storage.ts";

const denying = () =>
  Object.defineProperty({} as { localStorage: Storage; sessionStorage: Storage }, "localStorage", {
    configurable: true,
    get: () => {
      throw new Error("denied");
    },
  });

describe("storage in a frame", () => {
  it("is kept in memory where reading it throws", () => {
    const target = Object.assign(denying(), {});
    guardStorage(target);
    target.localStorage.setItem("token", "1");
    expect(target.localStorage.getItem("token")).toBe("1");
    expect(target.localStorage.length).toBe(1);
    expect(target.localStorage.key(0)).toBe("token");
    target.localStorage.clear();
    expect(target.localStorage.getItem("token")).toBeNull();
  });

  it("stays the browser's own where it is allowed", () => {
    const own = new MemoryStorage();
    const target = { localStorage: own, sessionStorage: own };
    guardStorage(target);
    expect(target.localStorage).toBe(own);
  });
});
