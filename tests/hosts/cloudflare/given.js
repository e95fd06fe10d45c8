// The wasm file named by the program itself.
import { load } from "virga";
import wasm from "virga/virga.wasm";
import { run } from "./program.js";

export default {
  async fetch() {
    await load(wasm);
    return new Response(await run());
  },
};
