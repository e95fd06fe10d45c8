/** Cloudflare's workers get their modules compiled, by an import that other hosts do not know. */
import { giveModule } from "./engine/load.js";
import module from "./virga.wasm";

giveModule(module as WebAssembly.Module);
