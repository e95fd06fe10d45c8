import { openSync } from "virga";
import { run } from "./program.js";

export default {
  async fetch() {
    openSync().close();
    return new Response(await run());
  },
};
