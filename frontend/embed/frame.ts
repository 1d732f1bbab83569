/** The first script of a document in a frame. */
import { readConnect } from "./messages.ts";

addEventListener("message", (event) => readConnect(event.data));
