import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const repository = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Static files that work from any path: every address in them is relative. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  worker: { format: "es" },
  build: {
    outDir: repository("build/web"),
    emptyOutDir: true,
    target: ["chrome123", "firefox128", "safari17.5"],
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
});
