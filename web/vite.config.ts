import { defineConfig } from "vite";
import { declarations } from "./declarations.js";

/** Static files that work from any path: every address in them is relative. */
export default defineConfig({
  base: "./",
  plugins: [declarations()],
  worker: { format: "iife" },
  build: {
    outDir: "../build/page",
    emptyOutDir: true,
    target: ["chrome123", "firefox128", "safari17.5"],
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
});
