// To be imported before "virga": it has to see how the wasm module is instantiated.

/** The memory of the wasm module. */
let memory;
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(module, imports) {
    super(module, imports);
    memory = Object.values(this.exports).find((value) => value instanceof WebAssembly.Memory);
  }
};

export const megabyte = 2 ** 20;

/** How many bytes the wasm memory grows by. */
export function grown(work) {
  const before = memory.buffer.byteLength;
  work();
  return memory.buffer.byteLength - before;
}
