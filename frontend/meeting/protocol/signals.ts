// What two browsers say to each other through the server, until their own connection stands.

export type SignalContent =
  | { ready: true; is_back?: true }
  | { restart: true }
  | { description: RTCSessionDescriptionInit; offer: number }
  | { candidate: RTCIceCandidateInit };

// `from` and `to` are the ids of the two connections; `to` is null while the other's is not known.
export type Signal = { from: string; to: string | null } & SignalContent;

// As it comes from another browser: any of it may be missing.
export type IncomingSignal = {
  from?: string;
  to?: string | null;
  ready?: boolean;
  is_back?: boolean;
  restart?: boolean;
  description?: RTCSessionDescriptionInit;
  offer?: number;
  candidate?: RTCIceCandidateInit;
};
