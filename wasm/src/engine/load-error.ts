import { VirgaError } from "../base/error.js";

const refused = [
  {
    reason: /Content.Security.Policy|unsafe-eval/i,
    hint: "The script-src of the page's Content-Security-Policy has to allow 'wasm-unsafe-eval'.",
  },
  {
    reason: /disallowed by embedder/,
    hint: 'This host compiles when it builds: load() takes the module of import … from "virga/virga.wasm".',
  },
];

const ownHint =
  "Not every bundler copies virga.wasm, which is a file of the package. load() takes its address, its " +
  "bytes or its compiled module; load() of virga/inline needs no file; and a setting leaves the package " +
  "as it is (Vite: optimizeDeps.exclude, Next: serverExternalPackages, esbuild: --packages=external).";

const givenHint =
  "load() takes the address, the bytes, a Response or the compiled module of virga.wasm.";

/**
 * The error of a module that could not be loaded.
 *
 * @param cause - What was thrown on the way.
 * @param place - What was read: an address, a response, or something that has no name.
 * @param own - Whether that is the file of the package, not a source that the program named.
 */
export function loadError(cause: unknown, place: unknown, own: boolean): VirgaError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const { href, url } = Object(place) as { readonly href?: string; readonly url?: string };
  const address = href ?? url;
  const from = address ? ` from ${address.slice(0, 200)}` : "";
  const known = refused.find((refusal) => refusal.reason.test(reason));
  return new VirgaError(
    {
      code: "not_loaded",
      message: `The wasm module could not be loaded${from}: ${reason}`,
      hint: known?.hint ?? (own ? ownHint : givenHint),
    },
    cause,
  );
}
