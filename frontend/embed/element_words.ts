/** Words of `<my-dimoslive>`; those of the wizard itself are in its frame. */
import type { Language } from "./messages.ts";

export const LABEL: Record<Language, string> = { el: "Κλείστε ραντεβού", en: "Book an appointment" };
export const CLOSE: Record<Language, string> = { el: "Κλείσιμο", en: "Close" };
