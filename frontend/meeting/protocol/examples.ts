// Written by `make protocol` from dimoslive/http/meeting/protocol.py: change it there.
import type { Access, BrowserMessage, ServerMessage } from "./generated.ts";

export const BROWSER_EXAMPLES: BrowserMessage[] = [
  {"type": "hello", "client_id": "00000000000000000000000000000000", "page": "ffffffffffffffffffffffffffffffff", "take_over": false},
  {"type": "hello", "client_id": "00000000000000000000000000000000", "page": "ffffffffffffffffffffffffffffffff", "take_over": true},
  {"type": "signal", "to": "p1a2b3c4d5e", "data": {"from": "c1", "to": null, "description": {"type": "offer", "sdp": "v=0"}, "offer": 1}},
  {"type": "ping", "n": 7},
  {"type": "bye"},
  {"type": "admit"},
  {"type": "ask_document", "is_on": true},
  {"type": "ask_document", "is_on": false},
  {"type": "identity", "document": "passport"},
  {"type": "phone"},
  {"type": "invite", "name": "Μαρία Διερμηνέα"},
  {"type": "withdraw", "guest": 3},
  {"type": "end", "outcome": "served"},
];

export const SERVER_EXAMPLES: ServerMessage[] = [
  {"type": "welcome", "peer": "p5e4d3c2b1a", "role": "citizen", "state": "waiting", "peers": [], "join_link": null},
  {"type": "welcome", "peer": "p5e4d3c2b1a", "role": "citizen", "state": "admitted", "peers": [{"peer": "p1a2b3c4d5e", "role": "official", "name": "Νίκος Δήμου"}], "join_link": null},
  {"type": "welcome", "peer": "p1a2b3c4d5e", "role": "official", "state": "admitted", "peers": [{"peer": "p5e4d3c2b1a", "role": "citizen", "name": "Ελένη Παπαδοπούλου", "is_confirmed": true}], "join_link": {"kind": "jitsi", "url": "https://meet.example/room"}},
  {"type": "waiting", "ahead": 2, "delay_minutes": 10, "is_official_here": false},
  {"type": "waiting", "is_official_here": true},
  {"type": "waiting_room", "is_present": true, "since": "2026-11-24T07:05:00+00:00", "is_confirmed": true, "is_sent_back": false},
  {"type": "waiting_room", "is_present": false, "since": null, "is_confirmed": false, "is_sent_back": true},
  {"type": "admitted", "peers": [{"peer": "p1a2b3c4d5e", "role": "official", "name": "Νίκος Δήμου"}], "join_link": null},
  {"type": "admitted", "peers": [{"peer": "p5e4d3c2b1a", "role": "citizen", "name": "Ελένη Παπαδοπούλου", "is_confirmed": true}], "join_link": {"kind": "jitsi", "url": "https://meet.example/room"}},
  {"type": "peer_joined", "peer": {"peer": "p5e4d3c2b1a", "role": "citizen", "name": "Ελένη Παπαδοπούλου", "is_confirmed": true}},
  {"type": "peer_left", "peer": "p5e4d3c2b1a"},
  {"type": "signal", "from": "p1a2b3c4d5e", "data": {"from": "c1", "to": null, "description": {"type": "offer", "sdp": "v=0"}, "offer": 1}},
  {"type": "ask_document", "is_on": true},
  {"type": "identity", "document": "passport"},
  {"type": "phone"},
  {"type": "phone", "number": "+306912345678", "shown": "691 234 5678"},
  {"type": "guests", "guests": []},
  {"type": "guests", "guests": [{"id": 3, "name": "Μαρία Διερμηνέα"}]},
  {"type": "invited", "id": 3, "name": "Μαρία Διερμηνέα", "path": "/meeting?guest=x"},
  {"type": "already_joined"},
  {"type": "replaced"},
  {"type": "ended", "outcome": "served"},
  {"type": "ended", "outcome": null},
  {"type": "refused", "code": "meeting_over"},
  {"type": "problem", "code": "nobody_waits"},
  {"type": "pong", "n": 7},
];

export const ACCESS_EXAMPLES: Access[] = [
  {"state": "not_signed_in"},
  {"state": "open", "reference": "K7PM3XQ9", "number": "K7PM-3XQ9", "role": "citizen", "service": "Πιστοποιητικό", "municipality": "Δήμος Καβάλας", "citizen_name": "Ελένη Παπαδοπούλου", "served_person": "", "served_name": "", "subject": "", "help_needed": "", "starts_at": "2026-11-24T07:10:00+00:00", "ends_at": "2026-11-24T07:20:00+00:00", "opens_at": "2026-11-24T07:00:00+00:00", "closes_at": "2026-11-24T08:20:00+00:00", "now": "2026-11-24T07:05:00+00:00", "when": "Τρίτη 24 Νοεμβρίου 2026, 9:10 πμ", "ice_servers": [{"urls": ["stun:relay.example:3478"]}, {"urls": ["turn:relay.example:3478"], "username": "1795502700:x", "credential": "c2VjcmV0"}]},
];
