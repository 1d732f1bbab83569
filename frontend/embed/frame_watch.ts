import type { FramePort, Said } from "./frame_port.ts";
import { MODES, type ModeName, STEPS, type StepName } from "./messages.ts";

const MIN_WIDTH = 200;
const MIN_HEIGHT = 100;
const MAX_HEIGHT = 20_000;

const within = (px: number, least: number) => Math.min(Math.max(Math.ceil(px), least), MAX_HEIGHT);

/** The message that a step's wrapper stands for; null for none. */
export function stepOf(data: DOMStringMap): Said | null {
  const number = Number(data.number);
  const of = Number(data.of);
  if (data.step === "municipality") return { type: "step", name: "services", number, of };
  if (!STEPS.includes(data.step as StepName)) return null;
  return { type: "step", name: data.step as StepName, number, of };
}

/** The message of a booking that was just made; null for none. */
export function bookedOf(data: DOMStringMap): Said | null {
  if (!MODES.includes(data.booked as ModeName)) return null;
  return { type: "booked", service: data.service || null, mode: data.booked as ModeName };
}

/** Tells the height of the document whenever it has another one. */
export function watchHeight(port: FramePort): void {
  let told = 0;
  const tell = () => {
    const { width, height } = document.body.getBoundingClientRect();
    const px = within(height, MIN_HEIGHT);
    // Hidden by its host a frame has no width, and words one below the other no height worth telling.
    if (px === told || width < MIN_WIDTH) return;
    told = px;
    port.say({ type: "height", px });
  };
  new ResizeObserver(tell).observe(document.body);
  tell();
}

/** Asks the page around to bring an element into view: a focus alone does not scroll another site's page. */
function reveal(port: FramePort, element: Element): void {
  port.say({ type: "reveal", y: within(element.getBoundingClientRect().top + scrollY, 0) });
}

/** Tells steps, bookings and lost lines as they come, and where the focus was led to. */
export function watchSteps(port: FramePort): void {
  let step = "";
  let isBooked = false;
  let isLost = false;
  const look = () => {
    const wrapper = document.querySelector<HTMLElement>("[data-step]");
    const said = wrapper === null ? null : stepOf(wrapper.dataset);
    if (said?.type === "step" && said.name !== step) {
      step = said.name;
      port.say(said);
    }
    const booked = document.querySelector<HTMLElement>("[data-booked]");
    const news = booked === null ? null : bookedOf(booked.dataset);
    if (news !== null && !isBooked) port.say(news);
    isBooked = news !== null;
    const lost = document.querySelector(".lost");
    if (lost !== null && !isLost) {
      reveal(port, lost);
      port.say({ type: "failed", code: "connection_lost" });
    }
    isLost = lost !== null;
  };
  const watched = { childList: true, subtree: true, attributeFilter: ["data-step", "data-booked"] };
  new MutationObserver(look).observe(document.body, watched);
  document.addEventListener("focusin", ({ target }) => {
    if (target instanceof Element && target.matches("h1, [tabindex='-1'], [aria-invalid='true']")) reveal(port, target);
  });
  look();
}
