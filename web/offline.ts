import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const name = "service-worker.js";

/** Writes the service worker, which keeps all files of the page, beside them. */
export function offline(): Plugin {
  return {
    name: "offline",
    apply: (_, { mode, command }) => command === "build" && mode !== "single",
    buildStart() {
      this.emitFile({ type: "chunk", id: "src/offline/service-worker.ts", fileName: name });
    },
    writeBundle({ dir = "" }) {
      const files = readdirSync(dir, { recursive: true, encoding: "utf8" })
        .map((path) => path.replaceAll("\\", "/"))
        .filter((path) => path !== name && statSync(join(dir, path)).isFile())
        .sort();
      const hash = createHash("sha256");
      for (const path of files) hash.update(path).update(readFileSync(join(dir, path)));
      const code = readFileSync(join(dir, name), "utf8")
        .replace(/(["'`])%FILES%\1/, () => JSON.stringify(JSON.stringify(files)))
        .replace("%VERSION%", hash.digest("hex").slice(0, 16));
      writeFileSync(join(dir, name), code);
    },
  };
}
