import type { BrowserMessage } from "../meeting/protocol/messages.ts";

// A socket over which the test speaks as the server.
export class FakeSocket {
  static all: FakeSocket[] = [];
  static get last(): FakeSocket {
    const socket = FakeSocket.all.at(-1);
    if (!socket) throw new Error("no socket was opened");
    return socket;
  }

  readyState = 0;
  sent: BrowserMessage[] = [];
  onopen: () => void = () => {};
  onmessage: (event: { data: string }) => void = () => {};
  onclose: (event: { code: number }) => void = () => {};

  constructor() {
    FakeSocket.all.push(this);
  }

  send(text: string) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.readyState = 3;
  }

  open() {
    this.readyState = 1;
    this.onopen();
  }

  say(message: object) {
    this.onmessage({ data: JSON.stringify(message) });
  }

  // From the other side.
  cut(code = 1006) {
    this.readyState = 3;
    this.onclose({ code });
  }
}

export const asSocket = FakeSocket as unknown as typeof WebSocket;
