/** Our own origin: whoever serves the script puts theirs in the place of this one. */
export const SITE = "https://dimoslive.invalid";
