import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** Static files that work from any path: every address in them is relative. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  worker: { format: "es" },
  build: {
    outDir: fileURLToPath(new URL("../build/page", import.meta.url)),
    emptyOutDir: true,
    target: ["chrome123", "firefox128", "safari17.5"],
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
});
