/** What both elements are: attributes read anew, a shadow root that no style of the host reaches, a link that books. */
import { tellWebmaster } from "./ask.ts";
import commonCss from "./element.css?inline";
import { bookingAddress, readSettings, type Settings } from "./element_settings.ts";
import { BookingLink, make } from "./element_shadow.ts";
import { SITE } from "./site.ts";

export abstract class BookingElement extends HTMLElement {
  protected settings: Settings = readSettings(() => null, "");
  protected readonly link = new BookingLink(this);
  /** What changes of the styles. */
  protected sizes: CSSStyleSheet | null = null;

  connectedCallback(): void {
    this.begin();
  }

  disconnectedCallback(): void {
    this.end();
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    // To a script that comes after the page, browsers tell each attribute before there is anything to change.
    if (this.shadowRoot?.isConnected && before !== after) this.change(name);
  }

  /** An attribute of what is shown is another one. */
  protected change(_name: string): void {
    this.begin();
  }

  /** Draws anew, with nothing fetched yet. */
  protected abstract begin(): void;
  /** Lets go of all that runs. */
  protected abstract end(): void;
  protected abstract fallBack(reason: string): void;

  /** Where people book on the site itself. */
  protected address(): string {
    return bookingAddress(SITE, this.settings);
  }

  protected read(): Settings {
    const place = this.closest<HTMLElement>("[lang]") ?? document.documentElement;
    this.settings = readSettings((name) => this.getAttribute(name), place.lang);
    for (const remark of this.settings.remarks) tellWebmaster(`<${this.localName}> ${remark}.`);
    return this.settings;
  }

  /**
   * The parts in the shadow root, over the link. False where this browser has no constructed styles, which are the ones
   * that a host's strict policy lets be. A host may unset all of the element itself: what is inside lays itself out.
   */
  protected draw(css: string, ...parts: Node[]): boolean {
    try {
      const fixed = new CSSStyleSheet();
      fixed.replaceSync(commonCss + css);
      this.sizes = new CSSStyleSheet();
      const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [fixed, this.sizes];
      root.replaceChildren(make("div", { className: "place" }, ...parts, this.link.slot, this.link.ours));
      return true;
    } catch {
      this.link.lead(this.address(), this.settings);
      if (this.shadowRoot === null && !this.querySelector("a[href]")) this.append(this.link.ours);
      this.fallBack("unsupported");
      return false;
    }
  }
}
