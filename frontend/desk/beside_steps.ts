// What an address, and a step in the history, mean for the booking beside the day.
const BOOKING = /^(?:\/en)?\/desk\/booking\/([A-Z0-9]+)\/?$/;

// Which booking, and the question that is to be asked at once, if any.
export type Opened = { reference: string; asks: string };
export type Place = { pathname: string; search: string };

export function bookingOf({ pathname }: Pick<Place, "pathname">): string {
  return BOOKING.exec(pathname)?.[1] ?? "";
}

// Null leaves a step to the router.
export function afterStep(to: Place, day: Place | null, isOpen: boolean): Opened | "closed" | null {
  if (!day || to.search !== day.search) return null;
  const reference = bookingOf(to);
  if (reference) return { reference, asks: "" };
  return isOpen && to.pathname === day.pathname ? "closed" : null;
}
