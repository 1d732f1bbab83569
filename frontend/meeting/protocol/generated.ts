// Written by `make protocol` from dimoslive/http/meeting/protocol.py: change it there.

export const CLOSE_CODES = {"NORMAL": 1000, "GOING_AWAY": 1001, "WRONG_KIND": 1003, "TOO_MANY": 1008, "TOO_LARGE": 1009, "TRY_AGAIN": 1013, "REPLACED": 4000, "REFUSED": 4001} as const;

export const CLIENT_ID_PATTERN = "^[0-9a-f]{32}$";

export const PING_EVERY_MS = 1000;

export const MAX_PROBE_SIZE = 2000000;

export const MAX_GUEST_NAME_LENGTH = 100;

// May whoever asks join, when, and what the page shows. Who has no right hears the state alone.
export type Access = {
  state: AccessState;
  reference?: string;
  number?: string;
  role?: Role;
  service?: string;
  municipality?: string;
  citizen_name?: string;
  served_person?: string;
  served_name?: string;
  guest_name?: string;
  subject?: string;
  help_needed?: string;
  starts_at?: string;
  ends_at?: string;
  opens_at?: string;
  closes_at?: string;
  now?: string;
  when?: string;
  ice_servers?: IceServer[];
};

// Whether somebody may join, or why not: by the codes of the errors.
export const ACCESS_STATES = ["open", "too_early", "meeting_over", "meeting_cancelled", "not_a_meeting", "not_found", "not_signed_in", "declaration_needed"] as const;
export type AccessState = (typeof ACCESS_STATES)[number];

// Lets the waiting citizen in.
export type Admit = {
  type: "admit";
};

// From now on signals are relayed.
export type Admitted = {
  type: "admitted";
  peers: Peer[];
  join_link: JoinLink | null;
};

// The same person is in on another device: `Hello` with `take_over` takes its place.
export type AlreadyJoined = {
  type: "already_joined";
};

// Asks the citizen's browser to turn document mode on or off.
export type AskDocument = {
  type: "ask_document";
  is_on: boolean;
};

// Asks for the citizen's number, to go on by telephone.
export type AskPhone = {
  type: "phone";
};

// Leaves on purpose.
export type Bye = {
  type: "bye";
};

// For the citizen: turn document mode on or off.
export type DocumentAsked = {
  type: "ask_document";
  is_on: boolean;
};

// Ends the meeting for all.
export type EndMeeting = {
  type: "end";
  outcome: Outcome;
};

// The meeting is over. Officials alone are told how.
export type Ended = {
  type: "ended";
  outcome: Outcome | null;
};

// Who is invited.
export type Guest = {
  id: number;
  name: string;
};

// For officials: who is invited.
export type Guests = {
  type: "guests";
  guests: Guest[];
};

// The first message: which tab this is, and which load of the page.
export type Hello = {
  type: "hello";
  client_id: string;
  page: string;
  take_over: boolean;
};

// One of those that `RTCPeerConnection` takes.
export type IceServer = {
  urls: string[];
  username?: string;
  credential?: string;
};

// What was held to the camera: the kind alone, never a number or a picture.
export const IDENTITY_DOCUMENTS = ["identity_card", "passport", "residence_permit", "driving_licence"] as const;
export type IdentityDocument = (typeof IDENTITY_DOCUMENTS)[number];

// For officials: identity was shown, by this kind of document.
export type IdentityRecorded = {
  type: "identity";
  document: IdentityDocument;
};

// Asks for a third person's link. What is wrong with a name is answered by `Problem`.
export type InviteGuest = {
  type: "invite";
  name: string;
};

// For the official who asked: the page of the guest, who is told it in no other way.
export type Invited = {
  type: "invited";
  id: number;
  name: string;
  path: string;
};

// The way into the room of another provider, who carries the pictures.
export type JoinLink = {
  kind: "jitsi" | "teams";
  url: string;
};

// How a meeting ended.
export const OUTCOMES = ["served", "not_identified", "no_show", "referred", "technical_failure"] as const;
export type Outcome = (typeof OUTCOMES)[number];

// An admitted participant. Officials alone are told `is_confirmed`: by TAXISnet, or by the mail's link alone.
export type Peer = {
  peer: string;
  role: Role;
  name: string;
  is_confirmed?: boolean;
};

// Somebody else was admitted.
export type PeerJoined = {
  type: "peer_joined";
  peer: Peer;
};

// One of the admitted has gone.
export type PeerLeft = {
  type: "peer_left";
  peer: string;
};

// The official will call. The official alone is told the number.
export type Phone = {
  type: "phone";
  number?: string;
  shown?: string;
};

// Asks whether the server is there.
export type Ping = {
  type: "ping";
  n: number;
};

// The answer to the `Ping` of this number.
export type Pong = {
  type: "pong";
  n: number;
};

// What was just asked for cannot be done; the conversation goes on.
export type Problem = {
  type: "problem";
  code: string;
};

// Identity was shown, by this kind of document.
export type RecordIdentity = {
  type: "identity";
  document: IdentityDocument;
};

// Nothing more is to be had here: the code of an error says why.
export type Refused = {
  type: "refused";
  code: string;
};

// Another device took the place.
export type Replaced = {
  type: "replaced";
};

// As whom somebody is in the meeting.
export const ROLES = ["citizen", "official", "guest"] as const;
export type Role = (typeof ROLES)[number];

// For the peer `to`. What two browsers say of their connection is theirs: the server reads nothing of it.
export type SendSignal = {
  type: "signal";
  to: string;
  data: Record<string, unknown>;
};

// What the peer `from` sent by `SendSignal`.
export type Signal = {
  type: "signal";
  from: string;
  data: Record<string, unknown>;
};

// How things stand for whoever waits. A guest hears `is_official_here` alone.
export type Waiting = {
  type: "waiting";
  ahead?: number;
  delay_minutes?: number;
  is_official_here: boolean;
};

// For the official who waits: whether the citizen does, and since when.
export type WaitingRoom = {
  type: "waiting_room";
  is_present: boolean;
  since: string | null;
  is_confirmed: boolean;
  is_sent_back: boolean;
};

// The answer to `Hello`. `peers` is empty while waiting.
export type Welcome = {
  type: "welcome";
  peer: string;
  role: Role;
  state: "waiting" | "admitted";
  peers: Peer[];
  join_link: JoinLink | null;
};

// Takes the invite of that guest back.
export type WithdrawGuest = {
  type: "withdraw";
  guest: number;
};

export type BrowserMessage =
  | Hello
  | SendSignal
  | Ping
  | Bye
  | Admit
  | AskDocument
  | RecordIdentity
  | AskPhone
  | InviteGuest
  | WithdrawGuest
  | EndMeeting;

export type ServerMessage =
  | Welcome
  | Waiting
  | WaitingRoom
  | Admitted
  | PeerJoined
  | PeerLeft
  | Signal
  | DocumentAsked
  | IdentityRecorded
  | Phone
  | Guests
  | Invited
  | AlreadyJoined
  | Replaced
  | Ended
  | Refused
  | Problem
  | Pong;
