// A window in Node, as tests of user interfaces have it: the loader still reads the file.
import { JSDOM } from "jsdom";

const { window } = new JSDOM("", { url: "http://localhost:3000/app/" });
for (const name of ["document", "location", "navigator", "self", "URL", "Event"])
  Object.defineProperty(globalThis, name, { value: window[name], configurable: true });
globalThis.window = window;
for (const name of ["fetch", "Response", "Worker"]) delete globalThis[name];

const { run } = await import("./program.js");
console.log(await run());
