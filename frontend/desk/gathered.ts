// Sentences that wait for their turn.
const EVERY_MS = 5000;

export class Gathered {
  private waiting: string[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly say: (text: string) => void;

  constructor(say: (text: string) => void) {
    this.say = say;
  }

  add(text: string) {
    this.waiting.push(text);
    if (this.timer === undefined) this.sayAll();
  }

  stop() {
    clearTimeout(this.timer);
  }

  private sayAll() {
    this.timer = undefined;
    if (this.waiting.length === 0) return;
    this.say(this.waiting.splice(0).join(". "));
    this.timer = setTimeout(() => this.sayAll(), EVERY_MS);
  }
}
