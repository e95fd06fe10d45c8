// What an import of virga.wasm gives: its address, bytes or compiled module, as the bundler has it.
import type { WasmSource } from "./engine/load.js";

declare const wasm: WasmSource;
export default wasm;
