/**
 * The wasm file inside of a module: for bundlers that copy no files, and for programs of one file.
 *
 * @module virga/inline
 */
import { loadEngine } from "./engine/load.js";
import { gzipped } from "./virga-bytes.js";

/**
 * Loads the wasm module from the bytes in this package's code. All that loads it elsewhere, `open()` for
 * example, then finds it loaded.
 *
 * @throws {VirgaError} `not_loaded`, when the host compiles no modules at run time.
 */
export async function load(): Promise<void> {
  const bytes = Uint8Array.from(atob(gzipped), (character) => character.charCodeAt(0));
  const unzipped = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const headers = { "content-type": "application/wasm" };
  await loadEngine(new Response(unzipped, { headers }));
}
