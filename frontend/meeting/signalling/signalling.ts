// The meeting's socket: says hello with the tab's id, opens again by itself after every cut, measures the round trip.
// What to do when is in `machine.ts`; here it is done.
import { PING_EVERY_MS } from "../protocol/generated.ts";
import type { BrowserMessage, RoomMessage, ServerMessage } from "../protocol/messages.ts";
import { randomHex } from "../random_hex.ts";
import { connect, type Effect, type Event, type SocketState, START, type State, step } from "./machine.ts";

// This load of the page: the others' connections to it go on after a cut socket, and end with a reload.
const PAGE = randomHex(16);

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

export type Signalling = ReturnType<typeof openSignalling>;

type Timer = ReturnType<typeof setTimeout> | undefined;
type Performers = { [Do in Effect["do"]]: (effect: Extract<Effect, { do: Do }>) => void };

export function openSignalling(options: SignallingOptions) {
  const { clientId, onMessage, onState, onRoundTrip, onTrouble } = options;
  let state: State = START;
  const socket = createSocket(options, dispatch);
  const forgetNetwork = watchNetwork({
    onOnline: () => dispatch({ type: "online" }),
    // Something about the network has changed: perhaps this socket is dead.
    onChange: doubt,
  });
  const performers: Performers = {
    tell: (effect) => onState(effect.state),
    open: ({ withinMs }) => socket.open(withinMs),
    drop: socket.drop,
    // Not all at the same moment: a server that was started anew has many to welcome.
    retry: ({ afterMs }) => socket.after(afterMs * (0.75 + Math.random() / 4), { type: "retry" }),
    hello: () => socket.write({ type: "hello", client_id: clientId, page: PAGE, take_over: state.isTakingOver }),
    ping: () => socket.ping(state.patienceMs),
    startPinging: () => socket.startPinging(() => socket.ping(state.patienceMs)),
    deliver: ({ message }) => onMessage(message),
    tellRoundTrip: ({ ms }) => onRoundTrip?.(ms),
    tellTrouble: () => onTrouble?.(),
    release: () => forgetNetwork(),
  };

  function run([next, ...effects]: [State, ...Effect[]]) {
    state = next;
    for (const effect of effects) (performers[effect.do] as (effect: Effect) => void)(effect);
  }
  function dispatch(event: Event) {
    run(step(state, event));
  }
  function doubt() {
    if (socket.isOpen()) dispatch({ type: "doubted" });
  }
  const close = () => dispatch({ type: "close" });

  run(connect(state));
  return {
    // False when there is no socket just now.
    send: socket.write,
    takeOver: () => dispatch({ type: "takeOver" }),
    leave() {
      socket.write({ type: "bye" });
      close();
    },
    doubt,
    close,
  };
}

// One socket after the other, and their timers. A replaced one is heard no more.
function createSocket(
  { address, Socket = WebSocket }: Pick<SignallingOptions, "address" | "Socket">,
  dispatch: (event: Event) => void,
) {
  let socket: WebSocket | null = null;
  let timer: Timer;
  let pings: Timer;
  const roundTrips = createRoundTrips();

  const isOpen = () => socket?.readyState === 1;
  const stopTimers = () => {
    clearTimeout(timer);
    clearInterval(pings);
    roundTrips.forget();
  };
  const write = (message: BrowserMessage) => {
    if (!isOpen()) return false;
    socket?.send(JSON.stringify(message));
    return true;
  };

  function receive(message: ServerMessage) {
    const at = performance.now();
    if (message.type === "pong") dispatch({ type: "answered", at, roundTripMs: roundTrips.end(message.n, at) });
    else dispatch({ type: "heard", at, message });
  }

  return {
    isOpen,
    write,
    open(withinMs: number) {
      stopTimers();
      const opened = new Socket(address);
      socket = opened;
      const ifCurrent =
        <Happened>(act: (event: Happened) => void) =>
        (event: Happened) => {
          if (socket === opened) act(event);
        };
      // Some networks swallow the attempt.
      timer = setTimeout(
        ifCurrent(() => {
          if (opened.readyState === 0) dispatch({ type: "stuck" });
        }),
        withinMs,
      );
      opened.onopen = ifCurrent(() => {
        clearTimeout(timer);
        dispatch({ type: "opened", at: performance.now() });
      });
      opened.onmessage = ifCurrent(({ data }: MessageEvent) => {
        const message = readMessage(data);
        if (message) receive(message);
      });
      opened.onclose = ifCurrent(({ code }: CloseEvent) => dispatch({ type: "cut", code }));
    },
    drop() {
      const old = socket;
      socket = null;
      stopTimers();
      old?.close();
    },
    after(ms: number, event: Event) {
      clearTimeout(timer);
      timer = setTimeout(() => dispatch(event), ms);
    },
    startPinging(ping: () => void) {
      pings = setInterval(ping, PING_EVERY_MS);
    },
    ping(patienceMs: number) {
      const asked = socket;
      const sentAt = performance.now();
      write({ type: "ping", n: roundTrips.begin(sentAt) });
      setTimeout(() => {
        if (socket === asked) dispatch({ type: "unanswered", sentAt });
      }, patienceMs);
    },
  };
}

// Each ping has a number, which its answer repeats.
function createRoundTrips() {
  let last = 0;
  let begun = new Map<number, number>();
  return {
    begin(at: number): number {
      last += 1;
      begun.set(last, at);
      return last;
    },
    // How long it took; null for one that was not begun on this socket.
    end(number: number, at: number): number | null {
      const since = begun.get(number);
      begun.delete(number);
      return since === undefined ? null : at - since;
    },
    forget() {
      begun = new Map();
    },
  };
}

function readMessage(data: string): ServerMessage | null {
  try {
    const message: { type?: unknown } | null = JSON.parse(data);
    return message && typeof message.type === "string" ? (message as ServerMessage) : null;
  } catch {
    return null;
  }
}

// Of networks, where the browser tells of them; the library's types know nothing of it.
type WithNetwork = { connection?: EventTarget };

function watchNetwork({ onOnline, onChange }: { onOnline: () => void; onChange: () => void }) {
  const network = (globalThis.navigator as (Navigator & WithNetwork) | undefined)?.connection;
  globalThis.addEventListener?.("online", onOnline);
  network?.addEventListener?.("change", onChange);
  return () => {
    globalThis.removeEventListener?.("online", onOnline);
    network?.removeEventListener?.("change", onChange);
  };
}
