// Hears that something of a day changed, and says when the page is to read it again: all that comes within a moment is
// one reading, and each page takes a moment of its own, so that fifty of them do not ask at once.
// The server may answer with what it read so long ago (TOGETHER_FOR there): no answer is asked for sooner after the news.
const GATHER_MS = 300;
const SPREAD_MS = 300;
const SAFETY_MS = 60_000;
// The server gives a sign of life every 20 seconds.
const SILENT_MS = 50_000;
const FIRST_RETRY_MS = 1000;
const MAX_RETRY_MS = 30_000;
// The official may not hear it any more: the next reading leads to the sign-in.
const REFUSED = 4001;

type Options = {
  url: string;
  onChange: () => void;
  isHidden: () => boolean;
  open: (url: string) => WebSocket;
  random: () => number;
};

export class DayListening {
  private socket: WebSocket | null = null;
  private isOver = false;
  private wasOpen = false;
  private heardAt = Number.NEGATIVE_INFINITY;
  private dueAt = 0;
  private latestAt = 0;
  private retryMs = FIRST_RETRY_MS;
  private gathering: ReturnType<typeof setTimeout> | undefined;
  private safety: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private readonly options: Options;

  constructor(options: Options) {
    this.options = options;
  }

  start() {
    this.connect();
    this.waitForSafety();
  }

  stop() {
    this.isOver = true;
    for (const timer of [this.gathering, this.safety, this.silence, this.retry]) clearTimeout(timer);
    this.socket?.close();
  }

  // The tab is looked at again: what happened meanwhile is read at once.
  lookAgain() {
    if (this.options.isHidden()) return;
    this.read();
  }

  private connect() {
    const socket = this.options.open(this.options.url);
    this.socket = socket;
    socket.onmessage = (event) => {
      if (this.socket === socket) this.hear(String(event.data));
    };
    socket.onclose = (event) => {
      if (this.socket === socket) this.lose(event.code);
    };
    this.waitForSilence();
  }

  private hear(text: string) {
    this.waitForSilence();
    const { type } = JSON.parse(text) as { type: string };
    if (type === "listening") {
      this.retryMs = FIRST_RETRY_MS;
      // What was said while the line was down is not said again.
      if (this.wasOpen) this.gather();
      this.wasOpen = true;
    } else if (type === "changed") {
      this.gather();
    }
  }

  private lose(code: number) {
    this.socket = null;
    clearTimeout(this.silence);
    if (this.isOver) return;
    if (code === REFUSED) {
      this.read();
      return;
    }
    this.retry = setTimeout(() => this.connect(), this.retryMs * (0.5 + this.options.random() / 2));
    this.retryMs = Math.min(this.retryMs * 2, MAX_RETRY_MS);
  }

  // Each of the news waits long enough to be in the answer, as long as the first of them has not waited too long.
  private gather() {
    const now = performance.now();
    this.heardAt = now;
    if (this.gathering === undefined) {
      this.dueAt = now + GATHER_MS + this.options.random() * SPREAD_MS;
      this.latestAt = now + GATHER_MS + SPREAD_MS;
    } else {
      this.dueAt = Math.max(this.dueAt, Math.min(now + GATHER_MS, this.latestAt));
    }
    clearTimeout(this.gathering);
    this.gathering = setTimeout(() => this.read(), this.dueAt - now);
  }

  private read() {
    clearTimeout(this.gathering);
    this.gathering = undefined;
    if (!this.options.isHidden()) this.options.onChange();
    this.waitForSafety();
    // The latest of the news may be too young to be in the answer.
    if (performance.now() - this.heardAt < GATHER_MS) this.gather();
  }

  private waitForSafety() {
    clearTimeout(this.safety);
    if (!this.isOver) this.safety = setTimeout(() => this.read(), SAFETY_MS);
  }

  private waitForSilence() {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      const socket = this.socket;
      this.lose(0);
      socket?.close();
    }, SILENT_MS);
  }
}
