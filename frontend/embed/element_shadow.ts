/** What both elements draw with: parts and the link that always books. */
export const ACCENT = "#003375";

/** An element with properties and children. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** The host's own link, in its own styles, or ours where it wrote none. */
export class BookingLink {
  readonly slot = make("slot");
  readonly ours = make("a");
  readonly #element: HTMLElement;
  #isShown = true;

  constructor(element: HTMLElement) {
    this.#element = element;
    // What is inside of the element may be read after it.
    this.slot.onslotchange = () => this.show(this.#isShown);
  }

  lead(address: string, { label, language }: { label: string; language: string }): void {
    Object.assign(this.ours, { href: address, textContent: label, lang: language });
  }

  show(isShown: boolean): void {
    this.#isShown = isShown;
    const hasTheirs = this.#theirs() !== null;
    this.slot.hidden = !isShown || !hasTheirs;
    this.ours.hidden = !isShown || hasTheirs;
  }

  focus(): void {
    (this.#theirs() ?? this.ours).focus();
  }

  #theirs(): HTMLElement | null {
    return this.#element.querySelector<HTMLElement>("a[href]");
  }
}

/** Runs once when the element comes near what is seen of the page; gives what stops waiting. */
export function whenNear(element: Element, run: () => void): () => void {
  const observer = new IntersectionObserver(
    (seen) => {
      if (!seen.some((one) => one.isIntersecting)) return;
      observer.disconnect();
      run();
    },
    { rootMargin: "600px" },
  );
  observer.observe(element);
  return () => observer.disconnect();
}
