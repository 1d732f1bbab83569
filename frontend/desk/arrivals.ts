// When a tone is due: the number of arrivals has grown since it was heard first, and somebody has touched the page. A
// browser lets no other page sound, and nobody wants to hear later who came before.
export class Arrivals {
  private last: number | null = null;
  private readonly sound: () => void;
  private readonly mayWeSound: () => boolean;

  constructor(sound: () => void, mayWeSound: () => boolean) {
    this.sound = sound;
    this.mayWeSound = mayWeSound;
  }

  hear(arrivals: number) {
    const isMore = this.last !== null && arrivals > this.last;
    this.last = arrivals;
    if (isMore && this.mayWeSound()) this.sound();
  }
}
