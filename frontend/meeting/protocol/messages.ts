// What this browser and the server say to each other: the wire of `docs/meeting-protocol.md`.
import type { IncomingSignal, Signal } from "./signals.ts";

export type Role = "citizen" | "official" | "guest";

export type Peer = { peer: string; role: Role; name: string; is_confirmed?: boolean | undefined };

// Where the pictures are when another provider carries them.
export type JoinLink = { kind: string; url: string };

export type Guest = { id: number; name: string };

export type GuestInvite = Guest & { path: string };

export type Waiting = { type: "waiting"; ahead?: number; delay_minutes?: number; is_official_here?: boolean };

export type WaitingRoom = {
  type: "waiting_room";
  is_present: boolean;
  since?: string;
  is_confirmed?: boolean;
  is_sent_back?: boolean;
};

// The citizen is told that the official will call, the official the number too.
export type Phone = { type: "phone"; number?: string; shown?: string };

export type Welcome = {
  type: "welcome";
  peer: string;
  role: Role;
  state: "waiting" | "admitted";
  peers?: Peer[];
  join_link?: JoinLink | null;
};

export type Admitted = { type: "admitted"; peers?: Peer[]; join_link?: JoinLink | null };

export type Pong = { type: "pong"; n: number };

// All that the room hears.
export type RoomMessage =
  | Welcome
  | Waiting
  | WaitingRoom
  | Admitted
  | Phone
  | { type: "peer_joined"; peer: Peer }
  | { type: "peer_left"; peer: string }
  | { type: "signal"; from: string; data: IncomingSignal | null }
  | { type: "ask_document"; is_on: boolean }
  | { type: "identity"; document: string }
  | { type: "guests"; guests: Guest[] }
  | ({ type: "invited" } & GuestInvite)
  | { type: "already_joined" }
  | { type: "replaced" }
  | { type: "ended"; outcome: string | null }
  | { type: "refused"; code: string | null }
  | { type: "problem"; code: string };

export type ServerMessage = RoomMessage | Pong;

export type BrowserMessage =
  | { type: "hello"; client_id: string; page: string; take_over: boolean }
  | { type: "signal"; to: string; data: Signal }
  | { type: "ping"; n: number }
  | { type: "bye" }
  | { type: "admit" }
  | { type: "ask_document"; is_on: boolean }
  | { type: "identity"; document: string }
  | { type: "phone" }
  | { type: "invite"; name: string }
  | { type: "withdraw"; guest: number }
  | { type: "end"; outcome: string };
