import { defineConfig } from "vite";
import { declarations } from "./declarations.js";
import { offline } from "./offline.js";
import { preload } from "./preload.js";

/** Static files that work from any path: every address in them is relative. */
export default defineConfig({
  base: "./",
  plugins: [declarations(), offline(), preload()],
  worker: { format: "iife" },
  build: {
    outDir: "../build/page",
    emptyOutDir: true,
    target: ["chrome123", "firefox128", "safari17.5"],
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
});
