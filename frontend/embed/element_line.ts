/**
 * The line between the element and the document in its frame: who may speak on it, and how silence is understood.
 *
 * Each document of the frame says `hello` while it is read. It is given a port, by which all else travels.
 */
import {
  type Connect,
  type FromFrame,
  type FromHost,
  MAX_MESSAGES_A_SECOND,
  readFromFrame,
  readHello,
} from "./messages.ts";

/** Browsers say `load` of a refused document too. */
const HELLO_AFTER_LOAD_MS = 500;
/** Of a dead server some say nothing at all. */
const LOAD_MS = 10_000;
const READY_MS = 20_000;

export type Failure = "blocked" | "timeout" | "sandboxed";

type Options = {
  /** Our own origin. */
  site: string;
  /** The frame's window, as it is now. */
  window: () => MessageEventSource | null;
  connect: () => Connect;
  onMessage: (message: FromFrame) => void;
  onFailure: (failure: Failure) => void;
};

type Heard = Pick<MessageEvent, "source" | "origin" | "data" | "isTrusted">;

export class FrameLine {
  readonly #options: Options;
  #second = Number.NEGATIVE_INFINITY;
  #count = 0;
  #port: MessagePort | null = null;
  #hasHello = false;
  #isReady = false;
  #isOver = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: Options) {
    this.#options = options;
    this.#failAfter(LOAD_MS, "timeout");
  }

  /** The frame has loaded a document, or the browser's page of an error. */
  loaded(): void {
    if (!this.#hasHello) this.#failAfter(HELLO_AFTER_LOAD_MS, "blocked");
    this.#hasHello = false;
  }

  /** A message came to the host's window, from whomever. */
  heard(event: Heard): void {
    const window = this.#options.window();
    // An event that a script of the host made itself may claim to come from the frame.
    if (this.#isOver || window === null || event.source !== window || !event.isTrusted || !this.#mayCome()) return;
    if (readHello(event.data) === null) return;
    // Inside of a sandbox without an origin nothing of ours can run.
    if (event.origin === "null") this.#fail("sandboxed");
    else if (event.origin === this.#options.site) this.#open(window);
  }

  say(message: FromHost): void {
    this.#port?.postMessage(message);
  }

  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#port?.close();
    this.#port = null;
  }

  #open(window: MessageEventSource): void {
    this.#hasHello = true;
    clearTimeout(this.#timer);
    if (!this.#isReady) this.#failAfter(READY_MS, "timeout");
    this.#port?.close();
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }) => {
      const message = this.#port === port1 && this.#mayCome() ? readFromFrame(data) : null;
      if (message) this.#take(message);
    };
    window.postMessage(this.#options.connect(), { targetOrigin: this.#options.site, transfer: [port2] });
  }

  #take(message: FromFrame): void {
    if (message.type === "ready") {
      this.#isReady = true;
      clearTimeout(this.#timer);
    }
    this.#options.onMessage(message);
  }

  #failAfter(ms: number, failure: Failure): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fail(failure), ms);
  }

  #fail(failure: Failure): void {
    this.stop();
    this.#options.onFailure(failure);
  }

  /** More than so many a second are dropped. */
  #mayCome(): boolean {
    const now = performance.now();
    if (now - this.#second >= 1000) {
      this.#second = now;
      this.#count = 0;
    }
    this.#count += 1;
    return this.#count <= MAX_MESSAGES_A_SECOND;
  }
}
