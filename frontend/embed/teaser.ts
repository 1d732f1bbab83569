/** `<my-dimoslive-next>`: the next free times of a service, for a front page. */
import { ask, tellWebmaster } from "./ask.ts";
import { BookingElement } from "./element_base.ts";
import { ACCENT, make, whenNear } from "./element_shadow.ts";
import { WizardElement } from "./element_wizard.ts";
import { SITE } from "./site.ts";
import teaserCss from "./teaser.css?inline";
import {
  isElsewhere,
  lineOf,
  type NextTime,
  type NextTimes,
  noneLine,
  readNextTimes,
  TEASER_WORDS,
} from "./teaser_answer.ts";

/** So old, and it is read again when the tab is looked at. */
const OLD_MS = 60_000;
/** A line of the list, and what stands above and below it. */
const LINE_PX = 48;
const AROUND_PX = 72;

type TeaserState = "idle" | "loading" | "ready" | "none" | "paused" | "fallback";
export class TeaserElement extends BookingElement {
  static readonly observedAttributes = ["municipality", "service", "mode", "lang", "accent", "count"];

  #found: NextTimes | null = null;
  #readAt = 0;
  #stopWaiting = () => {};
  readonly #own = make("div", { className: "own" });

  protected begin(): void {
    this.end();
    const { accent, count, municipality, service } = this.read();
    this.#own.replaceChildren();
    if (!this.draw(teaserCss, this.#own)) return;
    this.link.lead(this.address(), this.settings);
    this.sizes?.replaceSync(
      `.own { min-height: ${count * LINE_PX + AROUND_PX}px } .own a { color: ${accent || ACCENT} }`,
    );
    if (!municipality || !service) {
      tellWebmaster(`<${this.localName}> needs a municipality and a service.`);
      this.fallBack();
      return;
    }
    this.#show("idle");
    this.#stopWaiting = whenNear(this.#own, () => void this.#ask());
    document.addEventListener("visibilitychange", this.#lookAgain);
  }

  protected fallBack(): void {
    this.#show("fallback");
  }

  protected end(): void {
    document.removeEventListener("visibilitychange", this.#lookAgain);
    this.#stopWaiting();
    this.#found = null;
    this.#readAt = 0;
  }

  readonly #lookAgain = (): void => {
    if (document.visibilityState === "visible" && this.#readAt && Date.now() - this.#readAt > OLD_MS) void this.#ask();
  };

  async #ask(): Promise<void> {
    const turn = Date.now();
    this.#readAt = turn;
    if (this.#found === null) this.#show("loading");
    const { municipality, service, mode, count } = this.settings;
    const path = `/api/v1/municipalities/${municipality}/services/${service}/next?limit=${count}`;
    const said = await ask(path + (mode && `&mode=${mode}`));
    // It was asked anew meanwhile, or the element is gone.
    if (this.#readAt !== turn) return;
    const found = readNextTimes(said, SITE, this.settings.language);
    if (said && !found) tellWebmaster(`no times of ${service} of ${municipality}.`);
    // What was read before is better than nothing.
    if (found) this.#draw(found);
    else if (this.#found === null) this.fallBack();
  }

  #draw(found: NextTimes): void {
    this.#found = found;
    const { language } = this.settings;
    const words = TEASER_WORDS[language];
    const heading = make("h2", {}, found.name || this.settings.label);
    const all = this.#leading(this.address(), words.all);
    this.#own.lang = language;
    if (found.isPaused) {
      this.#own.replaceChildren(heading, make("p", {}, found.notice || words.none), all);
    } else if (found.times.length === 0) {
      this.#own.replaceChildren(heading, make("p", {}, noneLine(found, language)), all);
    } else {
      const list = make("ul", {}, ...found.times.map((time) => make("li", {}, this.#time(time))));
      const zone = found.times.some((time) => isElsewhere(time.startsAt)) ? words.zone : "";
      this.#own.replaceChildren(heading, list, make("p", {}, zone), all);
    }
    this.#show(found.isPaused ? "paused" : found.times.length ? "ready" : "none");
  }

  #time(time: NextTime): HTMLAnchorElement {
    return this.#leading(time.href, lineOf(time, this.settings.language), time.mode);
  }

  /** A link to the site, or to the wizard of this page that `for` names. */
  #leading(href: string, text: string, mode: string = this.settings.mode): HTMLAnchorElement {
    const link = make("a", { href }, text);
    link.onclick = (event) => {
      const wizard = document.getElementById(this.getAttribute("for") ?? "");
      if (!(wizard instanceof WizardElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      wizard.setAttribute("service", this.settings.service);
      if (mode) wizard.setAttribute("mode", mode);
      wizard.open();
    };
    return link;
  }

  #show(state: TeaserState): void {
    this.setAttribute("state", state);
    const isDrawn = state === "ready" || state === "none" || state === "paused";
    this.#own.hidden = state === "fallback";
    this.link.show(!isDrawn);
  }
}
