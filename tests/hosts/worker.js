import { run } from "./program.js";

run().then((rows) => postMessage(rows));
