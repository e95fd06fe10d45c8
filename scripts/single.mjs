// Writes build/single/virga.html: the whole page in one document, which opens from disk. Its script, styles, fonts
// and pictures stand in it as they are; what is fetched elsewhere stands in it deflated, as base64.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "build/single");
const parts = join(folder, "parts");

await build({
  root: join(root, "web"),
  mode: "single",
  logLevel: "warn",
  build: {
    outDir: parts,
    emptyOutDir: true,
    assetsInlineLimit: (path) => !path.endsWith(".wasm"),
    rollupOptions: { output: { codeSplitting: false } },
  },
});

const assets = join(parts, "assets");
const read = (name) => readFileSync(join(assets, name), "utf8");
const inScript = (text) => text.replaceAll("</script", "<\\/script");

let html = readFileSync(join(parts, "index.html"), "utf8");
const inlined = new Set();
/** Puts the text of an asset in the place of the tag that names it. */
function inline(tag, content) {
  html = html.replace(tag, (_, name) => {
    inlined.add(name);
    return content(read(name));
  });
}
inline(
  /<script type="module" crossorigin src="\.\/assets\/([^"]+)"><\/script>/,
  (text) => `<script type="module">${inScript(text)}</script>`,
);
inline(
  /<link rel="stylesheet" crossorigin href="\.\/assets\/([^"]+)">/,
  (text) => `<style>${text}</style>`,
);
const icon = readFileSync(join(root, "web/public/icon.svg")).toString("base64");
html = html.replace("./icon.svg", `data:image/svg+xml;base64,${icon}`);
html = html.replaceAll(/<link rel="(?:apple-touch-icon|manifest)"[^>]*>/g, "");
html = html.replace(/<a [^>]*id="guide"[^>]*>[^<]*<\/a>/, "");

const files = readdirSync(assets)
  .filter((name) => /\.(js|wasm)$/.test(name) && !inlined.has(name))
  .map((name) => {
    const packed = deflateRawSync(readFileSync(join(assets, name)), { level: 9 });
    return `<script type="text/plain" id="file:${name}">${packed.toString("base64")}</script>`;
  });
rmSync(parts, { recursive: true });
writeFileSync(
  join(folder, "virga.html"),
  html.replace("</body>", () => `${files.join("\n")}\n</body>`),
);
