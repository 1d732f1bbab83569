import { expect, test } from "vitest";
import { guestAddress, isInvitation, queryOf, requestAccess, socketAddress } from "./access.ts";

const answering = (body: unknown) => async () => new Response(JSON.stringify(body));

test("an address names one booking, by link or reference", () => {
  expect(queryOf("?reference=K7PM3XQ9&now=1", false)).toBe("reference=K7PM3XQ9");
  expect(queryOf("?link=a%26b", true)).toBe("link=a%26b&as=official");
  expect(queryOf("?guest=&reference=K7PM3XQ9", false)).toBe("reference=K7PM3XQ9");
  expect(queryOf("", false)).toBeNull();
});

test("an invitation is one also when it is no longer good", () => {
  expect(isInvitation("?guest=")).toBe(true);
  expect(isInvitation("?link=guest")).toBe(false);
  expect(isInvitation(undefined)).toBe(false);
});

test("what an official passes on is in the language of the official's page", () => {
  const page = { origin: "https://a.example", pathname: "/en/desk/meeting" };
  expect(guestAddress(page, "/meeting?guest=x")).toBe("https://a.example/en/meeting?guest=x");
});

test("the socket is as safe as the page", () => {
  expect(socketAddress({ protocol: "https:", host: "a.example" }, "link=x")).toMatch(/^wss:\/\/a\.example\/api\//);
  expect(socketAddress({ protocol: "http:", host: "a.example" }, "link=x")).toMatch(/^ws:/);
});

test("what the server says of the way in is taken over", async () => {
  const access = await requestAccess("link=x", "el", answering({ state: "open", role: "citizen" }));
  expect(access).toEqual({ state: "open", role: "citizen" });
});

test("a refusal has a code instead of a state", async () => {
  expect(await requestAccess("link=x", "el", answering({ code: "not_found" }))).toMatchObject({ state: "not_found" });
});

test("what cannot be reached or understood is unreachable, and never an error", async () => {
  const unreachable = { state: "unreachable" };
  expect(await requestAccess("link=x", "el", answering({ state: "later" }))).toEqual(unreachable);
  expect(await requestAccess("link=x", "el", async () => new Response("<html>"))).toEqual(unreachable);
  const failing = () => Promise.reject(new TypeError("offline"));
  expect(await requestAccess("link=x", "el", failing)).toEqual(unreachable);
});

test("an address without a booking asks nobody", async () => {
  const failing = () => Promise.reject(new Error("asked"));
  expect(await requestAccess(null, "el", failing)).toEqual({ state: "not_found" });
});
