/** `<my-dimoslive>`: the wizard of a municipality in the host's page. */
import { ask, tellWebmaster } from "./ask.ts";
import { BookingElement } from "./element_base.ts";
import { type Detail, eventOf, type State, stateAfter } from "./element_events.ts";
import { type Failure, FrameLine } from "./element_line.ts";
import { frameAddress } from "./element_settings.ts";
import { ACCENT, make, whenNear } from "./element_shadow.ts";
import wizardCss from "./element_wizard.css?inline";
import { CLOSE, LABEL } from "./element_words.ts";
import type { Connect, FromFrame, StepName } from "./messages.ts";
import { SITE } from "./site.ts";

/** A heading that stands lower than this above the end of the window is not yet in view. */
const LOWEST_PX = 120;

const ATTRIBUTES = [
  "municipality",
  "service",
  "mode",
  "accent",
  "display",
  "label",
  "min-height",
  "top-offset",
  "loading",
];

export class WizardElement extends BookingElement {
  static readonly observedAttributes = [...ATTRIBUTES, "lang"];

  /** Of the frame; a closed dialog shows itself as idle. */
  #state: State = "idle";
  #step: StepName = "services";
  #height = 0;
  #markTop = 0;
  #wantsFocus = false;
  #line: FrameLine | null = null;
  #frame: HTMLIFrameElement | null = null;
  #stopWaiting = () => {};
  readonly #window = make("div", { className: "own window" });
  readonly #mark = make("span", { className: "mark" });
  readonly #dialog = make("dialog");
  readonly #close = make("button", { className: "press is-plain" });
  #press: HTMLElement = this.#close;

  protected override change(name: string): void {
    const isOther = name === "municipality" || name === "display";
    const isOfNext = name === "lang" || name === "service" || name === "mode";
    const isAtFirst = this.#step === "services" && this.#state !== "booked" && this.#state !== "signing-in";
    if (isOther || (isOfNext && isAtFirst)) this.begin();
    else this.#readAgain();
  }

  /** Shows the wizard: opens its dialog, or brings it into view. */
  open(): void {
    if (this.#state !== "fallback" && this.settings.display !== "link") {
      this.#load();
      this.#wantsFocus = this.#state === "loading";
      if (this.settings.display === "inline") this.#bringIntoView(this.#window);
      else if (!this.#dialog.open) this.#dialog.showModal();
      this.#show(this.#state);
    }
    this.focus();
  }

  close(): void {
    this.#dialog.close();
  }

  override focus(options?: FocusOptions): void {
    if (this.#state === "fallback") this.link.focus();
    else if (this.settings.display === "inline" || this.#dialog.open) {
      this.#frame?.focus(options);
      this.#line?.say({ dimoslive: 1, type: "focus" });
    } else this.#press.focus(options);
  }

  protected begin(): void {
    this.end();
    const { municipality, display, isLazy } = this.read();
    const isInline = display === "inline";
    this.#press = make(display === "link" ? "a" : "button", { className: "press" });
    if (display === "dialog") this.#press.onclick = () => this.open();
    this.#close.onclick = () => this.close();
    this.#dialog.onclose = () => this.#show(this.#state);
    this.#dialog.replaceChildren(this.#close, this.#window);
    this.#window.replaceChildren(this.#mark);
    if (!this.draw(wizardCss, isInline ? this.#window : make("div", {}, this.#press, this.#dialog))) return;
    this.#lay();
    if (!municipality) this.fallBack("invalid");
    else if (globalThis.origin === "null") this.fallBack("sandboxed");
    else {
      this.#show("idle");
      if (isInline && isLazy) this.#stopWaiting = whenNear(this.#window, () => this.#load());
      // In a task of its own, so that the host's page may answer before.
      else if (isInline)
        this.#stopWaiting = clearTimeout.bind(
          null,
          setTimeout(() => this.#load()),
        );
    }
  }

  protected end(): void {
    removeEventListener("message", this.#hear);
    this.#stopWaiting();
    this.#line?.stop();
    this.#frame?.remove();
    this.#dialog.close();
    this.#line = null;
    this.#frame = null;
    this.#step = "services";
    this.#height = 0;
    this.#wantsFocus = false;
  }

  /** Takes over what needs no other frame. */
  #readAgain(): void {
    const { accent: before, display } = this.settings;
    this.settings = { ...this.read(), display };
    this.#lay();
    const { accent } = this.settings;
    if (accent && accent !== before) this.#line?.say({ dimoslive: 1, type: "accent", accent });
  }

  /** Words, colours and sizes, as the attributes and the frame say them. */
  #lay(): void {
    const { label, language, minHeight, accent, topOffset } = this.settings;
    const address = this.address();
    Object.assign(this.#press, { textContent: label, lang: language, href: address });
    Object.assign(this.#close, { textContent: CLOSE[language], lang: language });
    this.#dialog.ariaLabel = LABEL[language];
    this.link.lead(address, this.settings);
    this.sizes?.replaceSync(
      `.window, .window iframe { height: ${this.#height || minHeight}px }
      .mark { top: ${this.#markTop}px; scroll-margin-top: ${topOffset}px }
      .press:not(.is-plain) { background: ${accent || ACCENT} }`,
    );
  }

  #load(): void {
    if (this.#frame) return;
    this.#stopWaiting();
    // A frame that its own site opened would take the focus, as if somebody had gone on to it.
    const referrerPolicy = location.origin === SITE ? "no-referrer" : "strict-origin";
    const frame = make("iframe", { title: LABEL[this.settings.language], referrerPolicy });
    frame.src = frameAddress(SITE, this.settings);
    const line = new FrameLine({
      site: SITE,
      window: () => frame.contentWindow,
      connect: () => this.#connect(),
      onMessage: (message) => this.#take(message),
      onFailure: (failure) => void this.#failed(failure),
    });
    this.#frame = frame;
    this.#line = line;
    frame.onload = () => line.loaded();
    addEventListener("message", this.#hear);
    this.#show("loading");
    this.#window.append(frame);
  }

  readonly #hear = (event: MessageEvent): void => this.#line?.heard(event);

  #connect(): Connect {
    const { language, accent, display } = this.settings;
    const show = display === "dialog" ? display : "inline";
    return { dimoslive: 1, type: "connect", lang: language, display: show, accent: accent || undefined };
  }

  #take(message: FromFrame): void {
    if (message.type === "height") {
      this.#height = message.px;
      this.#lay();
    } else if (message.type === "reveal") {
      this.#reveal(message.y);
    } else if (message.type === "close") {
      this.close();
    } else {
      if (message.type === "step") this.#step = message.name;
      if (message.type === "ready") this.#ready(message.title);
      this.#show(stateAfter(message, this.#state));
      const told = eventOf(message, this.settings.municipality);
      if (told) this.#tell(...told);
    }
  }

  #ready(title: string): void {
    if (this.#frame) this.#frame.title = title;
    if (this.#wantsFocus) this.focus();
    this.#wantsFocus = false;
  }

  /** Only for people who are in the frame: nobody else's page moves under them. */
  #reveal(y: number): void {
    if (this.#frame === null || this.shadowRoot?.activeElement !== this.#frame) return;
    const top = this.#frame.getBoundingClientRect().top + y;
    if (top >= this.settings.topOffset && top < innerHeight - LOWEST_PX) return;
    this.#markTop = y;
    this.#lay();
    this.#bringIntoView(this.#mark);
  }

  #bringIntoView(part: Element): void {
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    part.scrollIntoView({ block: "start", behavior: isCalm ? "instant" : "smooth" });
  }

  /** The server is asked once how this page stands with the municipality, so that the webmaster learns what to do. */
  async #failed(failure: Failure): Promise<void> {
    const line = this.#line;
    const said = await ask(`/embed/check?m=${this.settings.municipality}`);
    // Another frame began meanwhile, or the element is gone.
    if (line === null || this.#line !== line) return;
    if (typeof said?.line === "string") tellWebmaster(said.line);
    this.end();
    this.fallBack(said?.standing === "unknown" || said?.standing === "not-joined" ? said.standing : failure);
  }

  protected fallBack(reason: string): void {
    this.setAttribute("reason", reason);
    this.#show("fallback");
    this.#tell("fallback", { reason });
  }

  #show(state: State): void {
    this.#state = state;
    const isInline = this.settings.display === "inline";
    const isFallback = state === "fallback";
    const isClosed = !isInline && !isFallback && !this.#dialog.open;
    this.setAttribute("state", isClosed ? "idle" : state);
    if (!isFallback) this.removeAttribute("reason");
    const hasFrame = state === "ready" || state === "signing-in" || state === "booked";
    this.#window.classList.toggle("is-shown", hasFrame);
    this.#window.hidden = isFallback;
    this.#press.hidden = isFallback;
    this.link.show(isFallback || (isInline && !hasFrame));
  }

  #tell(name: string, detail: Detail): void {
    this.dispatchEvent(new CustomEvent(`dimoslive:${name}`, { bubbles: true, composed: true, detail }));
  }
}

/** Properties mirror the attributes, as `minHeight` does `min-height`; `lang` does by itself. */
for (const name of ATTRIBUTES) {
  Object.defineProperty(
    WizardElement.prototype,
    name.replace(/-./g, (part) => part.slice(1).toUpperCase()),
    {
      get(this: WizardElement) {
        return this.getAttribute(name);
      },
      set(this: WizardElement, value: unknown) {
        if (value === null) this.removeAttribute(name);
        else this.setAttribute(name, String(value));
      },
    },
  );
}
