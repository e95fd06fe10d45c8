// The page's modules about schemas, in Node: what a schema declares, its lint and its diagram.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { load } from "virga";

const source = fileURLToPath(new URL("../../web/src/", import.meta.url));
const folder = fileURLToPath(new URL("../../build/test/", import.meta.url));

const modules = [
  "program/compile",
  "worker/describe",
  "schema/declarations",
  "lint/lint",
  "diagram/model",
  "diagram/layout",
];

/** Texts that the page imports whole. */
const raw = {
  name: "raw",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /\?raw$/ }, ({ path, resolveDir }) => ({
      path: fileURLToPath(new URL(path.replace("?raw", ""), pathToFileURL(`${resolveDir}/`))),
      namespace: "raw",
    }));
    onLoad({ filter: /./, namespace: "raw" }, ({ path }) => ({
      contents: readFileSync(path, "utf8"),
      loader: "text",
    }));
  },
};

/** Loads the modules; `look` compiles documents, describes their schema and gives the advice about it. */
export async function loadModules() {
  mkdirSync(folder, { recursive: true });
  const outfile = `${folder}schema-modules-${process.pid}.mjs`;
  await build({
    stdin: {
      contents: modules.map((name) => `export * from "./${name}.ts";`).join("\n"),
      resolveDir: source,
    },
    plugins: [raw],
    packages: "external",
    bundle: true,
    format: "esm",
    outfile,
  });
  const page = await import(pathToFileURL(outfile));
  rmSync(outfile);
  await load();
  const look = async (documents) => {
    const { program, files, problems } = page.compile(documents, false);
    if (!program) throw new Error(problems[0].message);
    const { facts, problem } = await page.answerSchema(program);
    if (!facts) throw new Error(problem.message);
    const declarations = new page.Declarations(files);
    return { facts, files, declarations, advice: page.adviseOn(facts, declarations) };
  };
  return { ...page, look };
}

/** The documents of a playground. */
export const documentsOf = (schema, query = "export {};") => [
  { path: "db/schema.ts", text: schema },
  { path: "query.ts", text: query },
];

/** Documents after a fix; paths of the edits are those of documents that hold one file. */
export function fixed(documents, { edits }) {
  return documents.map(({ path, text }) => {
    const own = edits.filter((edit) => edit.path === path).toSorted((a, b) => b.from - a.from);
    const changed = own.reduce(
      (before, { from, to, text: by }) => before.slice(0, from) + by + before.slice(to),
      text,
    );
    return { path, text: changed };
  });
}
