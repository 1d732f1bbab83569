const EMBEDDED = /^(\/en)?\/embed\//;

/** Whether a link stays in the frame: our pages for frames, and what another program opens. */
export function staysInFrame(href: string, here: string): boolean {
  const url = new URL(href, here);
  if (url.protocol !== "http:" && url.protocol !== "https:") return true;
  return url.origin === new URL(here).origin && EMBEDDED.test(url.pathname);
}

/** All other pages of ours refuse to be framed: they open in a tab of their own. */
export function leadOthersOut(): void {
  const lead = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
    if (link === null || link.target || staysInFrame(link.href, location.href)) return;
    event.preventDefault();
    event.stopPropagation();
    window.open(link.href, "_blank", "noopener");
  };
  // Before the pages' router hears of it.
  document.addEventListener("click", lead, true);
}
