// Puts the built page into build/npm, for `virga studio`: without its docs, and without the wasm file, which the
// package has already.
import { cpSync } from "node:fs";

cpSync("build/page", "build/npm/page", {
  recursive: true,
  filter: (path) => !/^build\/page\/(docs\b|.*\.wasm$)/.test(path.replaceAll("\\", "/")),
});
