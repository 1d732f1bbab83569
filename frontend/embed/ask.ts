/** Questions to our own server from a host's page, and what the webmaster is told. */
import { SITE } from "./site.ts";

const ANSWER_MS = 5000;

export type Said = Record<string, unknown>;

export function asObject(data: unknown): Said | null {
  return typeof data === "object" && data !== null ? (data as Said) : null;
}

/** The answer's JSON; null where none came. A refusal has a `code`, like all of ours. */
export async function ask(path: string): Promise<Said | null> {
  try {
    const answer = await fetch(SITE + path, { credentials: "omit", signal: AbortSignal.timeout(ANSWER_MS) });
    return asObject(await answer.json());
  } catch {
    tellWebmaster(`${SITE} does not answer: is it in frame-src and connect-src?`);
    return null;
  }
}

const told = new Set<string>();

/** A line in the console of the host's page; the same one once. */
export function tellWebmaster(line: string): void {
  if (told.has(line)) return;
  told.add(line);
  // biome-ignore lint/suspicious/noConsole: where webmasters look when something does not show
  console.warn(`myDimosLive: ${line}`);
}
