import type { BrowserMessage, RoomMessage, ServerMessage } from "../protocol/messages.ts";
import { randomHex } from "../random_hex.ts";

// The meeting's socket: says hello with the tab's id, opens again by itself after every cut, measures the round trip.
const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 5000;
// A ping without an answer tells of a network that went away without a word: with both of these, within three seconds,
// which leaves two of five to come back in.
const PING_EVERY_MS = 1000;
const FIRST_PATIENCE_MS = 2000;
const LONGEST_PATIENCE_MS = 6000;
const PROMPT_MS = 1000;
// To open takes several times there and back; the first attempt may be lost in a network that is just going.
const FIRST_OPENS_WITHIN_MS = 4000;
const OPENS_WITHIN_MS = 10000;
const TROUBLE_AFTER = 4;

// This load of the page: the others' connections to it go on after a cut socket, and end with a reload.
const PAGE = randomHex(16);

// The server's last words: another device took the place, or the door is closed.
const FINAL_CODES = [4000, 4001];
const FINAL_MESSAGES = ["ended", "replaced", "refused"];

// Not all at the same moment: a server that was started anew has many to welcome.
const waitBefore = (attempt: number) =>
  Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS) * (0.75 + Math.random() / 4);

// "open" means that hello was said; "lost" that it is opened again by itself.
export type SocketState = "connecting" | "open" | "lost" | "closed";

export type SignallingOptions = {
  address: string;
  clientId: string;
  onMessage: (message: RoomMessage) => void;
  onState: (state: SocketState) => void;
  onRoundTrip?: (ms: number) => void;
  // Opening fails again and again.
  onTrouble?: (() => void) | undefined;
  Socket?: typeof WebSocket;
};

type Timer = ReturnType<typeof setTimeout> | undefined;

// Of networks, where the browser tells of them; the library's types know nothing of it.
type WithNetwork = { connection?: EventTarget };

export type Signalling = ReturnType<typeof openSignalling>;

export function openSignalling({
  address,
  clientId,
  onMessage,
  onState,
  onRoundTrip,
  onTrouble,
  Socket = WebSocket,
}: SignallingOptions) {
  let socket: WebSocket | null = null;
  let attempts = 0;
  let isOver = false;
  let isTakingOver = false;
  let retry: Timer;
  let pings: Timer;
  let sentAt = new Map<number, number>();
  let pingNumber = 0;
  let heardAt = 0;
  let patience = FIRST_PATIENCE_MS;

  const write = (message: BrowserMessage) => {
    if (socket?.readyState !== 1) return false;
    socket.send(JSON.stringify(message));
    return true;
  };
  const hello = () => write({ type: "hello", seat: clientId, page: PAGE, take_over: isTakingOver });

  const stopTimers = () => {
    clearTimeout(retry);
    clearInterval(pings);
    sentAt = new Map();
  };
  const drop = () => {
    const old = socket;
    socket = null;
    stopTimers();
    if (old) old.close();
  };

  const ping = () => {
    const asked = socket;
    const now = performance.now();
    pingNumber += 1;
    sentAt.set(pingNumber, now);
    write({ type: "ping", n: pingNumber });
    // In a hidden tab clocks run slowly: what counts is a ping without an answer, not the time since the last one.
    setTimeout(() => {
      if (socket === asked && heardAt < now) giveUp();
    }, patience);
  };

  // Nothing comes through, but on a slow line it might have: next time it may take longer.
  const giveUp = () => {
    drop();
    patience = Math.min(patience * 2, LONGEST_PATIENCE_MS);
    again();
  };

  const again = () => {
    if (isOver) return;
    onState("lost");
    clearTimeout(retry);
    retry = setTimeout(connect, waitBefore(attempts));
    attempts += 1;
    if (attempts % TROUBLE_AFTER === 0) onTrouble?.();
  };

  const receive = (message: ServerMessage) => {
    heardAt = performance.now();
    if (message.type === "pong") {
      const since = sentAt.get(message.n);
      sentAt.delete(message.n);
      if (since === undefined) return;
      if (heardAt - since < PROMPT_MS) patience = FIRST_PATIENCE_MS;
      onRoundTrip?.(Math.round(heardAt - since));
      return;
    }
    if (message.type === "welcome") {
      attempts = 0;
      isTakingOver = false;
    }
    if (FINAL_MESSAGES.includes(message.type)) isOver = true;
    onMessage(message);
    if (isOver) close();
  };

  function connect() {
    if (isOver) return;
    stopTimers();
    onState("connecting");
    const opened = new Socket(address);
    socket = opened;
    // Some networks swallow the attempt: it neither opens nor fails.
    const within = attempts > 1 ? OPENS_WITHIN_MS : FIRST_OPENS_WITHIN_MS;
    retry = setTimeout(() => {
      if (socket === opened && opened.readyState === 0) {
        drop();
        again();
      }
    }, within);
    opened.onopen = () => {
      if (socket !== opened) return;
      clearTimeout(retry);
      heardAt = performance.now();
      hello();
      onState("open");
      pings = setInterval(ping, PING_EVERY_MS);
      ping();
    };
    opened.onmessage = (event) => {
      if (socket !== opened) return;
      let message: { type?: unknown } | null = null;
      try {
        message = JSON.parse(event.data);
      } catch {
        return;
      }
      if (message && typeof message.type === "string") receive(message as ServerMessage);
    };
    opened.onclose = (event) => {
      if (socket !== opened) return;
      socket = null;
      stopTimers();
      if (FINAL_CODES.includes(event.code)) {
        isOver = true;
        onState("closed");
        onMessage(event.code === 4000 ? { type: "replaced" } : { type: "refused", code: null });
      } else {
        again();
      }
    };
  }

  function close() {
    isOver = true;
    globalThis.removeEventListener?.("online", reopen);
    network?.removeEventListener?.("change", doubt);
    drop();
    onState("closed");
  }

  // The network is back, mostly another one: a socket of the old one looks open and is dead.
  function reopen() {
    if (isOver) return;
    drop();
    attempts = 0;
    onState("lost");
    connect();
  }

  // Something about the network has changed: perhaps this socket is dead.
  function doubt() {
    if (socket && socket.readyState === 1) ping();
  }

  const network = (globalThis.navigator as (Navigator & WithNetwork) | undefined)?.connection;
  globalThis.addEventListener?.("online", reopen);
  network?.addEventListener?.("change", doubt);
  connect();

  return {
    // False when there is no socket just now.
    send: write,
    takeOver() {
      isTakingOver = true;
      hello();
    },
    leave() {
      write({ type: "bye" });
      close();
    },
    doubt,
    close,
  };
}
