// The glue that Emscripten writes beside virga.wasm; wasm/bindings.cpp says what the exports mean.
import type { WasmExports } from "./engine/exports.js";

export interface GlueOptions {
  instantiateWasm(
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): object;
}

export default function createModule(options: GlueOptions): Promise<WasmExports>;
