import { load } from "virga/inline";
import { run } from "./program.js";

globalThis.result = load().then(run);
