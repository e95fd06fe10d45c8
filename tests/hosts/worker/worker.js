import { run } from "./plain/program.js";

postMessage(await run());
