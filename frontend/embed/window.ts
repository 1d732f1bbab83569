/** The window of a frame's sign-in, signed in: it hands the code to the frame that opened it, or lets one go on here. */

const PATIENCE_MS = 4000;
const box = document.getElementById("window");

function handOver(code: string, opener: WindowProxy, show: (isWaiting: boolean) => void): void {
  addEventListener("message", (event) => {
    if (event.origin !== location.origin || event.source !== opener) return;
    if (event.data?.type === "code_taken") close();
    if (event.data?.type === "code_refused") show(false);
  });
  show(true);
  // Nobody but a page of ours can receive it.
  opener.postMessage({ type: "code", code }, location.origin);
  setTimeout(() => show(false), PATIENCE_MS);
}

if (box !== null) {
  const part = (name: string) => box.querySelector(`[data-part="${name}"]`) as HTMLElement;
  // What came back from the provider stands in the address: a reload must not ask for it again.
  history.replaceState(null, "", location.pathname.startsWith("/en/") ? "/en/embed/return" : "/embed/return");
  const opener = window.opener as WindowProxy | null;
  const show = (isWaiting: boolean) => {
    part("waiting").hidden = !isWaiting;
    part("here").hidden = isWaiting;
  };
  if (opener !== null) handOver(box.dataset.code ?? "", opener, show);
}
