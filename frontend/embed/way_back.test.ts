import { describe, expect, it } from "vitest";
import { siteAround, withWayBack } from "./way_back.ts";

const BOOK = "https://book.example.gr/booking/mode?municipality=kavala";

describe("the way back to a host", () => {
  it.each([
    [["https://inner.gr", "https://www.kavala.gr"], "https://inner.gr/", "https://www.kavala.gr"],
    [undefined, "https://www.kavala.gr/page?a=1", "https://www.kavala.gr"],
    [undefined, "", ""],
  ])("is that of the outermost page: %s, %s", (ancestors, referrer, site) => {
    expect(siteAround(ancestors, referrer)).toBe(site);
  });

  it("goes along to the site, unless it is the site itself", () => {
    expect(withWayBack(BOOK, "https://www.kavala.gr")).toBe(`${BOOK}&back=https%3A%2F%2Fwww.kavala.gr`);
    for (const site of ["", "https://book.example.gr"]) expect(withWayBack(BOOK, site)).toBe(BOOK);
  });
});
