import type { Said } from "./frame_port.ts";
import type { SignInPhase } from "./messages.ts";
import { makeVerifier } from "./verifier.ts";
import { siteAround, withWayBack } from "./way_back.ts";

type State = "start" | "opened" | "elsewhere" | "no-window" | "signed-in" | "signed-out";
type Kept = { first_party: boolean; partitioned: boolean };

const WINDOW = "popup,width=520,height=720";
const LOOK_EVERY_MS = 500;

/** The panel by which somebody signs in, in a window beside the frame. */
export class SignInPanel {
  readonly #panel: HTMLElement;
  #challenge = "";
  #verifier = "";
  #keepsCookies = false;
  #window: WindowProxy | null = null;
  #watching = 0;
  #isTaking = false;

  constructor(panel: HTMLElement) {
    this.#panel = panel;
  }

  /** All that a press needs is there before it: then the press opens the window at once, and no blocker minds. */
  async begin(): Promise<void> {
    const kept = probe();
    const name = await this.#askName();
    if (name) return this.#showSignedIn(name);
    try {
      this.#keepsCookies = await kept;
      ({ verifier: this.#verifier, challenge: this.#challenge } = await makeVerifier());
    } catch {
      this.#keepsCookies = false;
    }
    this.#part("blocked").hidden = this.#keepsCookies;
    addEventListener("message", (event) => void this.#hear(event));
    this.#panel.addEventListener("click", (event) => this.#press(event));
  }

  #press(event: MouseEvent): void {
    const pressed = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-press]") : null;
    const press = pressed?.dataset.press;
    if (press === undefined) return;
    event.preventDefault();
    if (press === "sign-in" || press === "again") this.#open();
    if (press === "cancel") this.#cancel();
    if (press === "sign-out") void this.#signOut();
  }

  #open(): void {
    this.#hideProblems();
    if (this.#keepsCookies) this.#openWindow();
    else this.#goOnInATab();
  }

  #goOnInATab(): void {
    const address = this.#address({ go_on: "1" });
    const tab = window.open(address, "_blank");
    if (tab === null) {
      this.#showLink(address);
      return;
    }
    tab.opener = null;
    this.#show("elsewhere");
    say("elsewhere");
  }

  #openWindow(): void {
    const address = this.#address({ challenge: this.#challenge });
    this.#window = window.open(address, "dimoslive-sign-in", WINDOW);
    if (this.#window === null) {
      this.#showLink(address);
      return;
    }
    this.#show("opened");
    say("opened");
    clearInterval(this.#watching);
    this.#watching = window.setInterval(() => void this.#look(), LOOK_EVERY_MS);
  }

  /** Something kept the window from opening, or from being heard of: there are links, and an address to copy. */
  #showLink(address: string): void {
    (this.#part("link") as HTMLAnchorElement).href = address;
    const whole = this.#part("whole") as HTMLAnchorElement;
    const site = new URL(this.#panel.dataset.elsewhere ?? "", location.href).href;
    whole.textContent = site;
    whole.href = withWayBack(site, siteAround(location.ancestorOrigins, document.referrer));
    this.#show("no-window");
  }

  /**
   * It is closed, or its connection to this frame was cut: what it says by itself is still heard. Another frame of the
   * same page may have taken its code, for frames of one page share the window and the session.
   */
  async #look(): Promise<void> {
    if (this.#window !== null && !this.#window.closed) return;
    clearInterval(this.#watching);
    if (this.#isTaking) return;
    if (await this.#askName()) this.#goOn();
    else say("left");
  }

  #goOn(): void {
    say("done");
    location.replace(this.#panel.dataset.next ?? location.href);
  }

  #cancel(): void {
    clearInterval(this.#watching);
    this.#window?.close();
    this.#window = null;
    this.#show("start");
    this.#panel.querySelector<HTMLElement>('[data-press="sign-in"]')?.focus();
    say("left");
  }

  async #hear(event: MessageEvent): Promise<void> {
    const code: unknown = event.data?.code;
    if (event.origin !== location.origin || event.data?.type !== "code" || typeof code !== "string") return;
    const from = event.source as WindowProxy;
    if ((this.#window !== null && from !== this.#window) || this.#isTaking) {
      from.postMessage({ type: "code_refused" }, location.origin);
      return;
    }
    this.#isTaking = true;
    const problem = await redeem(code, this.#verifier);
    if (problem === "" && (await this.#askName())) {
      from.postMessage({ type: "code_taken" }, location.origin);
      this.#goOn();
      return;
    }
    this.#isTaking = false;
    from.postMessage({ type: "code_refused" }, location.origin);
    this.#show("start");
    this.#showProblem(problem);
  }

  async #askName(): Promise<string> {
    const m = encodeURIComponent(this.#panel.dataset.municipality ?? "");
    try {
      const answer = await fetch(`/embed/session?m=${m}`);
      return answer.ok ? String((await answer.json()).name) : "";
    } catch {
      return "";
    }
  }

  #showSignedIn(name: string): void {
    this.#part("name").textContent = name;
    this.#panel.addEventListener("click", (event) => this.#press(event));
    this.#show("signed-in");
  }

  async #signOut(): Promise<void> {
    try {
      const { provider } = await (await fetch("/embed/sign-out", { method: "POST" })).json();
      (this.#part("provider") as HTMLAnchorElement).href = provider;
      this.#show("signed-out");
    } catch {
      this.#showProblem("");
    }
  }

  #address(more: Record<string, string>): string {
    const address = new URL(this.#panel.dataset.window ?? "", location.href);
    for (const [name, value] of Object.entries(more)) address.searchParams.set(name, value);
    return address.href;
  }

  #part(name: string): HTMLElement {
    return this.#panel.querySelector(`[data-part="${name}"]`) as HTMLElement;
  }

  #show(state: State): void {
    for (const part of this.#panel.querySelectorAll<HTMLElement>("[data-state]")) {
      part.hidden = part.dataset.state !== state;
    }
    this.#panel.querySelector<HTMLElement>(`[data-state="${state}"] [tabindex="-1"]`)?.focus({ preventScroll: true });
  }

  #hideProblems(): void {
    for (const shown of this.#panel.querySelectorAll<HTMLElement>("[data-problem]")) shown.hidden = true;
  }

  #showProblem(code: string): void {
    this.#hideProblems();
    const of = (name: string) => this.#panel.querySelector<HTMLElement>(`[data-problem="${name}"]`);
    const shown = of(code) ?? of("other");
    if (shown !== null) shown.hidden = false;
    tell({ type: "failed", code: code.slice(0, 40) || "sign_in_failed" });
  }
}

/** Whether the browser keeps a cookie in this frame: it is tried, never guessed from the browser's name. */
async function probe(): Promise<boolean> {
  try {
    await fetch("/embed/probe", { method: "POST" });
    const kept: Kept = await (await fetch("/embed/probe")).json();
    return kept.first_party || kept.partitioned;
  } catch {
    return false;
  }
}

/** Empty if the session is open, else why not. */
async function redeem(code: string, verifier: string): Promise<string> {
  try {
    const body = JSON.stringify({ code, verifier });
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch("/embed/session", { method: "POST", headers, body });
    return answer.ok ? "" : String((await answer.json()).code);
  } catch {
    return "unreachable";
  }
}

function tell(detail: Said): void {
  document.dispatchEvent(new CustomEvent("dimoslive:say", { detail }));
}

const say = (phase: SignInPhase) => tell({ type: "sign_in", phase });
