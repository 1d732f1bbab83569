/** Words and styles of `<my-dimoslive>`; those of the wizard itself are in its frame. */
import type { Language } from "./messages.ts";

export const LABEL: Record<Language, string> = { el: "Κλείστε ραντεβού", en: "Book an appointment" };
export const CLOSE: Record<Language, string> = { el: "Κλείσιμο", en: "Close" };

export const WIZARD_CSS = `
.window { position: relative; justify-self: stretch }
iframe { display: block; width: 100%; border: 0; opacity: 0; color-scheme: light }
.is-shown iframe { opacity: 1 }
.mark { position: absolute; left: 0; width: 1px; height: 1px }
.press { box-sizing: border-box; display: inline-block; min-height: 44px; padding: 12px 20px; border: 0; border-radius: 4px;
font: 600 16px/1.25 system-ui, sans-serif; color: #fff; text-decoration: none; cursor: pointer }
.is-plain { display: block; margin-left: auto; background: none; color: inherit; text-decoration: underline }
dialog { box-sizing: border-box; width: min(760px, 100vw - 16px); max-width: none; max-height: calc(100vh - 16px);
padding: 0; border: 0; border-radius: 6px; background: #fff; color: #1a1a1a }
`;
