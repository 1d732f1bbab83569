/** The first page in a frame: it comes finished, and this brings the sign-in to life. */
import { SignInPanel } from "./sign_in_panel.ts";

const panel = document.getElementById("sign-in");
// Without an origin of its own the document shows a link instead, and nothing can be asked.
if (panel !== null && self.origin !== "null") void new SignInPanel(panel).begin();
