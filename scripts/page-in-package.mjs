// Puts the built page into build/npm, for `virga studio`: without its docs, without TypeScript, which is larger than
// all the rest, and without the wasm file, which the package has already.
import { cpSync } from "node:fs";

cpSync("build/page", "build/npm/page", {
  recursive: true,
  filter: (path) =>
    !/^build\/page\/(docs\b|assets\/typescript-|assets\/declarations-|service-worker\.js$|.*\.wasm$)/.test(
      path.replaceAll("\\", "/"),
    ),
});
