import { run } from "./program.js";

globalThis.result = run();
