import { randomHex } from "./seat.js";

// The meeting's socket: says hello with the tab's seat, opens again by itself after every cut, measures the round trip.
const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 5000;
const PING_EVERY_MS = 4000;
const SILENT_FOR_MS = 9000;
const OPENS_WITHIN_MS = 10000;
const ANSWERS_WITHIN_MS = 3000;
const TROUBLE_AFTER = 4;

// This load of the page: the others' connections to it go on after a cut socket, and end with a reload.
const PAGE = randomHex(16);

// The server's last words: another device took the place, or the door is closed.
const FINAL_CODES = [4000, 4001];
const FINAL_MESSAGES = ["ended", "replaced", "refused"];

export const waitBefore = (attempt) => Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS);

// `onState` hears "connecting", "open" (said hello), "lost" and "closed"; `onTrouble` that opening fails again and again.
export function openSignalling({ address, seat, onMessage, onState, onRoundTrip, onTrouble, Socket = WebSocket }) {
  let socket = null;
  let attempts = 0;
  let isOver = false;
  let isTakingOver = false;
  let retry = null;
  let pings = null;
  let sentAt = new Map();
  let pingNumber = 0;
  let heardAt = 0;

  const write = (message) => {
    if (!socket || socket.readyState !== 1) return false;
    socket.send(JSON.stringify(message));
    return true;
  };
  const hello = () => write({ type: "hello", seat, page: PAGE, take_over: isTakingOver });

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
    const now = performance.now();
    const [oldest] = sentAt.values();
    // A socket whose network went away says nothing for minutes. In a hidden tab this clock runs slowly, too: what
    // counts is a ping without an answer, not the time since the last one.
    if (oldest > heardAt && now - oldest > SILENT_FOR_MS) {
      drop();
      again();
      return;
    }
    pingNumber += 1;
    sentAt.set(pingNumber, now);
    write({ type: "ping", n: pingNumber });
  };

  const again = () => {
    if (isOver) return;
    onState("lost");
    clearTimeout(retry);
    retry = setTimeout(connect, waitBefore(attempts));
    attempts += 1;
    if (attempts === TROUBLE_AFTER && onTrouble) onTrouble();
  };

  const hear = (message) => {
    heardAt = performance.now();
    if (message.type === "pong") {
      const since = sentAt.get(message.n);
      sentAt.delete(message.n);
      if (since !== undefined && onRoundTrip) onRoundTrip(Math.round(heardAt - since));
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
    const mine = new Socket(address);
    socket = mine;
    // Some networks swallow the attempt: it neither opens nor fails.
    retry = setTimeout(() => { if (socket === mine && mine.readyState === 0) { drop(); again(); } }, OPENS_WITHIN_MS);
    mine.onopen = () => {
      if (socket !== mine) return;
      clearTimeout(retry);
      heardAt = performance.now();
      hello();
      onState("open");
      pings = setInterval(ping, PING_EVERY_MS);
      ping();
    };
    mine.onmessage = (event) => {
      if (socket !== mine) return;
      let message = null;
      try {
        message = JSON.parse(event.data);
      } catch {
        return;
      }
      if (message && typeof message.type === "string") hear(message);
    };
    mine.onclose = (event) => {
      if (socket !== mine) return;
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
    globalThis.removeEventListener?.("online", hurry);
    drop();
    onState("closed");
  }

  // The network is back, perhaps another one: a socket of the old one may look open and be dead.
  function hurry() {
    if (isOver) return;
    if (socket && socket.readyState === 1) {
      const asked = socket;
      const askedAt = performance.now();
      ping();
      setTimeout(() => { if (socket === asked && heardAt < askedAt) { drop(); again(); } }, ANSWERS_WITHIN_MS);
      return;
    }
    drop();
    attempts = 0;
    connect();
  }

  globalThis.addEventListener?.("online", hurry);
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
    close,
  };
}
