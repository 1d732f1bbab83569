/** The origin of the tab's own page, as far as this browser tells a frame of it; empty if it does not. */
export function siteAround(ancestors: ArrayLike<string> | undefined, referrer: string): string {
  const outermost = ancestors?.[ancestors.length - 1];
  if (outermost !== undefined) return outermost;
  return URL.canParse(referrer) ? new URL(referrer).origin : "";
}

/** The address of the site, by which whoever has booked there is led back to the page that they came from. */
export function withWayBack(address: string, site: string): string {
  const url = new URL(address);
  if (site !== "" && site !== url.origin) url.searchParams.set("back", site);
  return url.href;
}
