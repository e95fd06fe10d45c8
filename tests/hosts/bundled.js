// The page that bundlers make: the program in the page, and again in a worker.
import { run } from "./program.js";

const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
const answer = new Promise((resolve, reject) => {
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = ({ message }) => reject(new Error(message ?? "the worker does not start"));
});

globalThis.result = Promise.all([run(), answer]).then(([here, there]) => {
  if (here !== there) throw new Error(`the worker found ${there}`);
  return here;
});
