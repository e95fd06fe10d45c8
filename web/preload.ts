import type { Plugin } from "vite";

/** Has the wasm file and the worker's script fetched beside the page's own, which asks for them when it runs. */
export function preload(): Plugin {
  return {
    name: "preload",
    apply: (_, { mode, command }) => command === "build" && mode !== "single",
    transformIndexHtml: {
      order: "post",
      handler: (_, { bundle = {} }) =>
        Object.keys(bundle)
          .filter((name) => /^assets\/(?:virga-.*\.wasm|main-.*\.js)$/.test(name))
          .map((name) => ({
            tag: "link",
            attrs: { rel: "preload", as: "fetch", crossorigin: true, href: `./${name}` },
            injectTo: "head",
          })),
    },
  };
}
