/**
 * The first script of each document in a frame. It runs while the document is parsed, before the pages' framework.
 *
 * The texts for a frame without an origin of its own stand at the script's element.
 */
import { leadOthersOut } from "./frame_links.ts";
import { FramePort } from "./frame_port.ts";
import { watchHeight, watchSteps } from "./frame_watch.ts";

/** By which the document's other scripts tell the page around something; its `detail` is what is said. */
const SAY = "dimoslive:say";
const own = document.currentScript?.dataset ?? {};

function accentBy(accent: string | undefined): void {
  if (accent === undefined) return;
  document.documentElement.dataset.accent = accent;
  document.documentElement.style.setProperty("--host-accent", accent);
}

function focusHeading(): void {
  document.getElementById("step-title")?.focus({ preventScroll: true });
}

/** Modules cannot load without an origin: there is a sentence, and the link that books. */
function standIn(): void {
  const text = document.createElement("p");
  text.textContent = own.sandboxed ?? "";
  const link = document.createElement("a");
  link.textContent = own.linkText ?? "";
  link.href = (own.link ?? "/m/") + (new URLSearchParams(location.search).get("m") ?? "");
  link.target = "_blank";
  link.rel = "noopener";
  const main = document.createElement("main");
  main.className = "embedded";
  // Where no tab may be opened either, the address can be copied.
  const address = document.createElement("p");
  address.textContent = link.href;
  main.append(text, link, address);
  document.body.replaceChildren(main);
}

/** Greek times are shown with their label to whoever's browser does not keep it. */
function tellZone(): void {
  const zone = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone || "");
  if (location.protocol === "https:") {
    // biome-ignore lint/suspicious/noDocumentCookie: at this moment of a page there is no other way that waits for none
    document.cookie = `dimoslive_zone=${zone}; path=/; SameSite=None; Secure; Partitioned`;
  }
}

function begin(): void {
  const port = new FramePort(
    { hears: (type, listener) => addEventListener(type, listener), parent: window.parent },
    ({ accent, lang: _ }) => accentBy(accent),
    (message) => (message.type === "focus" ? focusHeading() : accentBy(message.accent)),
  );
  port.hello();
  tellZone();
  leadOthersOut();
  document.addEventListener("keydown", ({ key, defaultPrevented, isComposing }) => {
    if (key === "Escape" && !defaultPrevented && !isComposing) port.say({ type: "close" });
  });
  document.addEventListener(SAY, (event) => port.say((event as CustomEvent).detail));
  document.addEventListener("DOMContentLoaded", () => {
    port.say({ type: "ready", title: document.title.slice(0, 200) });
    watchHeight(port);
    watchSteps(port);
    // Whoever pressed in the frame's last document goes on at the heading; on arrival nothing takes the focus.
    if (document.referrer.startsWith(`${location.origin}/`)) focusHeading();
  });
}

if (window.parent !== window) {
  if (self.origin === "null") document.addEventListener("DOMContentLoaded", standIn);
  else begin();
}
