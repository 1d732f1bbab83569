/** The first page in a frame: it comes finished, and this brings the sign-in to life. */
import { SignInPanel } from "./sign_in_panel.ts";

const panel = document.getElementById("sign-in");
if (panel !== null) void new SignInPanel(panel).begin();
