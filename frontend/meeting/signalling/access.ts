// The meeting's door: who asks is known from the cookie or the link's token in the page's address.
const STATES = [
  "open",
  "too_early",
  "meeting_over",
  "meeting_cancelled",
  "not_a_meeting",
  "not_found",
  "not_signed_in",
];

// The query of the meeting's addresses, or null when the page's address names no booking.
export function queryOf(search, asOfficial) {
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
export const isInvitation = (search) => new URLSearchParams(search).has("guest");

// What an official passes on: in the language of the official's own page.
export const guestAddress = ({ origin, pathname }, path) => origin + pathname.split("/desk/")[0] + path;

export function socketAddress(location, query) {
  return `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/api/meetings/socket?${query}`;
}

// Never throws: what cannot be reached is the state "unreachable".
export async function askDoor(query, language, fetcher = fetch) {
  if (!query) return { state: "not_found" };
  try {
    const answer = await fetcher(`/api/meetings/door?${query}&language=${language}`, {
      cache: "no-store",
      credentials: "same-origin",
    });
    const said = await answer.json();
    const state = said.state || said.code;
    return STATES.includes(state) ? { ...said, state } : { state: "unreachable" };
  } catch {
    return { state: "unreachable" };
  }
}
