import { openSync } from "virga";
import { run } from "./program.js";

openSync().close();
console.log(await run());
