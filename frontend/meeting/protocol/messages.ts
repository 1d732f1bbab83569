// The meeting's wire as this browser takes it: generated from the server's side, but for what that leaves to browsers.
import type * as wire from "./generated.ts";
import type { IncomingSignal, Signal } from "./signals.ts";

export type {
  Admitted,
  Guest,
  IdentityDocument,
  JoinLink,
  Outcome,
  Peer,
  Phone,
  Role,
  Waiting,
  WaitingRoom,
  Welcome,
} from "./generated.ts";

export type GuestInvite = Omit<wire.Invited, "type">;

// All that the room hears. A refusal without a code is that of a socket that was closed before the code arrived.
export type RoomMessage =
  | Exclude<wire.ServerMessage, wire.Signal | wire.Pong>
  | (Omit<wire.Signal, "data"> & { data: IncomingSignal })
  | { type: "refused"; code: null };

export type ServerMessage = RoomMessage | wire.Pong;

export type BrowserMessage =
  | Exclude<wire.BrowserMessage, wire.SendSignal>
  | (Omit<wire.SendSignal, "data"> & { data: Signal });
