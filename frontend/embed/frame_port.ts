import {
  type Connect,
  type FromFrame,
  type FromHost,
  MAX_MESSAGES_A_SECOND,
  readConnect,
  readFromHost,
} from "./messages.ts";

/** What the frame says, without what every message carries. */
export type Said = { [Message in FromFrame as Message["type"]]: Omit<Message, "dimoslive"> }[FromFrame["type"]];

/** The page around the frame. */
export type Around = {
  hears: (type: "message", listener: (event: MessageEvent) => void) => void;
  parent: { postMessage: (message: unknown, target: string) => void };
};

/** Says hello to the page around, and tells all else by the port that it hands over, once for each document. */
export class FramePort {
  #port: MessagePort | null = null;
  #waiting: FromFrame[] = [];
  #heard = 0;
  #second = 0;
  readonly #around: Around;

  constructor(around: Around, onConnect: (connect: Connect) => void, onMessage: (message: FromHost) => void) {
    this.#around = around;
    around.hears("message", (event) => {
      const connect = event.source === around.parent ? readConnect(event.data) : null;
      const port = event.ports[0];
      if (connect === null || port === undefined || this.#port !== null) return;
      this.#port = port;
      port.onmessage = ({ data }) => {
        const message = this.#isFlooded() ? null : readFromHost(data);
        if (message !== null) onMessage(message);
      };
      onConnect(connect);
      for (const message of this.#waiting) port.postMessage(message);
      this.#waiting = [];
    });
  }

  /** More messages come within a second than any page has a reason to send. */
  #isFlooded(): boolean {
    const second = Math.floor(performance.now() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#heard = 0;
    }
    this.#heard += 1;
    return this.#heard > MAX_MESSAGES_A_SECOND;
  }

  /** Before anything else: the page around answers with the port. It carries nothing, as any page may receive it. */
  hello(): void {
    this.#around.parent.postMessage({ dimoslive: 1, type: "hello" }, "*");
  }

  /** Tell it, as soon as there is a port. */
  say(said: Said): void {
    const message = { dimoslive: 1, ...said } as FromFrame;
    if (this.#port !== null) this.#port.postMessage(message);
    else if (this.#waiting.length < MAX_WAITING) this.#waiting.push(message);
  }
}

const MAX_WAITING = 50;
