// The way into the meeting: who asks is known from the cookie or the link's token in the page's address.
import { ACCESS_STATES, type Access as Answered } from "../protocol/generated.ts";

// Whether this visitor may go in, when, and what the page shows: `GET /api/meetings/access`.
export type Access = Omit<Answered, "state"> & { state: Answered["state"] | "unreachable" };

// As it comes; a refusal has a code instead of a state.
type Answer = Omit<Answered, "state"> & { state?: string; code?: string };

// The query of the meeting's addresses, or null when the page's address names no booking.
export function queryOf(search: string, asOfficial: boolean): string | null {
  const given = new URLSearchParams(search);
  const query = new URLSearchParams();
  for (const name of ["guest", "link", "reference"]) {
    const value = given.get(name);
    if (value) {
      query.set(name, value);
      if (asOfficial) query.set("as", "official");
      return query.toString();
    }
  }
  return null;
}

// Whether the page's address is an invitation; also one that is no longer good.
export const isInvitation = (search: string | undefined) => new URLSearchParams(search).has("guest");

// What an official passes on: in the language of the official's own page.
export const guestAddress = ({ origin, pathname }: Pick<Location, "origin" | "pathname">, path: string) =>
  origin + pathname.split("/desk/")[0] + path;

export function socketAddress(location: Pick<Location, "protocol" | "host">, query: string) {
  return `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/api/meetings/socket?${query}`;
}

// Never throws: what cannot be reached is the state "unreachable".
export async function requestAccess(query: string | null, language: string, fetcher = fetch): Promise<Access> {
  if (!query) return { state: "not_found" };
  try {
    const answer = await fetcher(`/api/meetings/access?${query}&language=${language}`, {
      cache: "no-store",
      credentials: "same-origin",
    });
    const said: Answer = await answer.json();
    const word = said.state || said.code;
    const state = ACCESS_STATES.find((known) => known === word);
    return state ? { ...said, state } : { state: "unreachable" };
  } catch {
    return { state: "unreachable" };
  }
}
