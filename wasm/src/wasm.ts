/**
 * The address of the wasm file, which stands beside this module. Bundlers that know this form of words
 * (Vite, webpack, Parcel, Turbopack) copy the file and write its new address here.
 */
export const wasmFile = (): URL => new URL("./virga.wasm", import.meta.url);
