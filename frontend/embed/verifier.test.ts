import { expect, it } from "vitest";
import { makeVerifier } from "./verifier.ts";

it("makes another verifier each time, with its hash as the challenge", async () => {
  const [one, other] = [await makeVerifier(), await makeVerifier()];
  expect(one.verifier).toMatch(/^[\w-]{43}$/);
  expect(one.challenge).toMatch(/^[\w-]{43}$/);
  expect(one.verifier).not.toBe(other.verifier);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(one.verifier));
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const bytes = atob(one.challenge.replaceAll("-", "+").replaceAll("_", "/"));
  expect([...bytes].map((char) => char.charCodeAt(0).toString(16).padStart(2, "0")).join("")).toBe(hex);
});
