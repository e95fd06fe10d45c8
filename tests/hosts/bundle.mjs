// Bundlers whose command needs a package of its own are called by their functions, with their defaults.
import { createRequire } from "node:module";
import { tool } from "./setup.mjs";

const load = createRequire(tool("package.json"));

/** `bundled.js` of a folder as dist/main.js. */
export function bundleWithWebpack(folder) {
  const webpack = load("webpack");
  const options = { context: folder, entry: "./bundled.js", output: { path: `${folder}/dist` } };
  return new Promise((resolve, reject) => {
    webpack({ mode: "production", performance: false, ...options }, (error, stats) => {
      if (error) return reject(error);
      const problems = stats.toString({ all: false, errors: true, warnings: true });
      return problems === "" ? resolve() : reject(new Error(problems));
    });
  });
}

/** `main.js` of a folder as dist/main.js. */
export async function bundleWithRollup(folder) {
  const { rollup } = load("rollup");
  const { nodeResolve } = load("@rollup/plugin-node-resolve");
  const { importMetaAssets } = load("@web/rollup-plugin-import-meta-assets");
  const onwarn = ({ code, message }) => {
    if (code !== "CIRCULAR_DEPENDENCY") throw new Error(message);
  };
  const plugins = [nodeResolve({ browser: true }), importMetaAssets()];
  const bundle = await rollup({ input: `${folder}/main.js`, plugins, onwarn });
  await bundle.write({ dir: `${folder}/dist`, format: "es" });
  await bundle.close();
}
