// The house rules as functions: each takes files as { path, text } and gives what breaks the rule,
// one line each. style.test.mjs runs them on the repository, rules.test.mjs on planted mistakes.

const isCpp = (path) => /\.(cpp|h)$/.test(path);
const isScript = (path) => /\.(ts|mts|js|mjs)$/.test(path);

// ---- who may include whom (DESIGN.md, "The house")

const stages = ["base", "schema", "ast", "bind", "plan", "sql", "migrate"];

/** Folders of core/ that the files of a folder may include, beside their own. */
const mayInclude = {
  base: [],
  schema: ["base"],
  ast: ["base"],
  build: ["base", "schema", "ast"],
  bind: ["base", "schema", "ast"],
  plan: ["base", "schema", "bind"],
  sql: ["base", "schema", "bind"],
  migrate: ["base", "schema", "sql"],
  compile: stages,
  db: ["base", "schema"],
  exec: ["base", "schema", "compile", "plan", "migrate", "db"],
};

/** Headers of plan/ that describe results; exec/ knows plans only by these. */
const planResults = ["plan/shape.h", "plan/stitch.h"];

/** The paths a C++ file includes, with their delimiter: `"base/error.h` or `<vector`. */
function includes(text) {
  return [...text.matchAll(/^[ \t]*#[ \t]*include[ \t]*(["<][^">]+)[">]/gm)].map(
    (match) => match[1],
  );
}

/** Edges between the folders of core/ that the table does not have. */
export function coreLayers(files) {
  const broken = [];
  for (const { path, text } of files) {
    const [, folder] = /^core\/(\w+)\/[^/]+\.(?:cpp|h)$/.exec(path) ?? [];
    if (!folder) continue;
    if (!(folder in mayInclude)) broken.push(`${path}: core/${folder} is not in the table`);
    for (const include of includes(text).filter((item) => item.startsWith('"'))) {
      const target = include.slice(1);
      const there = target.split("/")[0];
      const allowed = folder === there || mayInclude[folder]?.includes(there);
      const planInside = folder === "exec" && there === "plan" && !planResults.includes(target);
      if (!allowed || planInside) broken.push(`${path}: includes ${target}`);
    }
  }
  return broken;
}

/** Libraries outside of the places they belong to. */
export function libraryPlaces(files) {
  const places = [
    [/^<nlohmann\//, /_json\.cpp$|^tests\//],
    [/^.sqlite3\.h$/, /^(tests\/)?core\/db\//],
    [/^.emscripten/, /^wasm\/(bindings|exports)\.cpp$/],
    [/^<doctest/, /^tests\//],
    [/^<tl\//, /^core\/base\//],
  ];
  const broken = [];
  for (const { path, text } of files.filter((file) => isCpp(file.path)))
    for (const include of includes(text))
      for (const [library, place] of places)
        if (library.test(include) && !place.test(path))
          broken.push(`${path}: includes ${include.slice(1)}`);
  return broken;
}

/** Of the core, the bindings know the door only. */
export function bindingsDoor(files) {
  const allowed = ['"virga.h', '"base/error.h', '"state.h'];
  return files
    .filter(({ path }) => /^wasm\/.*\.(cpp|h)$/.test(path))
    .flatMap(({ path, text }) =>
      includes(text)
        .filter((include) => include.startsWith('"') && !allowed.includes(include))
        .map((include) => `${path}: includes ${include.slice(1)}`),
    );
}

// ---- who may import whom

/** The modules a script imports, exports from or loads. */
function imports(text) {
  const from = /(?:^|[\s;}])(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]/g;
  const bare = /(?:^|[\s;])import\s*\(?\s*['"]([^'"]+)['"]/g;
  return [...text.matchAll(from), ...text.matchAll(bare)].map((match) => match[1]);
}

/** `./a/../b.js` seen from a folder, as a path in the repository. */
function resolveImport(path, target) {
  return new URL(target, `file:///${path}`).pathname.slice(1);
}

/** The page and the shell command use the npm module by its public names, never by its files. */
export function publicImports(files) {
  const broken = [];
  for (const { path, text } of files) {
    const folder = /^(?:web|wasm\/shell)\//.exec(path)?.[0];
    if (!folder || !isScript(path)) continue;
    for (const target of imports(text))
      if (target.startsWith(".") && !resolveImport(path, target).startsWith(folder))
        broken.push(`${path}: imports ${target}`);
  }
  return broken;
}

/** Edges between the folders of wasm/src that `table` does not have. */
export function moduleLayers(files, table) {
  const broken = [];
  for (const { path, text } of files) {
    const folder = /^wasm\/src\/(\w+)\//.exec(path)?.[1];
    if (!folder || !isScript(path)) continue;
    if (!(folder in table)) broken.push(`${path}: wasm/src/${folder} is not in the table`);
    for (const target of imports(text).filter((item) => item.startsWith("."))) {
      const there = /^wasm\/src\/(\w+)/.exec(resolveImport(path, target))?.[1];
      if (there !== folder && !table[folder]?.includes(there))
        broken.push(`${path}: imports ${target}`);
    }
  }
  return broken;
}

// ---- sizes

/** C++ without the insides of its raw strings, whose lines are not ours to break. */
function withoutRawStrings(text) {
  return text.replace(/R"(\w*)\([^]*?\)\1"/g, (raw) => raw.replace(/[^\n]/g, ""));
}

/** Lines of C++ longer than `limit` characters; other languages are prettier's. */
export function longLines(files, limit) {
  return files
    .filter(({ path }) => isCpp(path))
    .flatMap(({ path, text }) =>
      withoutRawStrings(text)
        .split("\n")
        .map((line, index) => [[...line].length, `${path}:${index + 1}`])
        .filter(([length]) => length > limit)
        .map(([length, place]) => `${place}: ${length} characters`),
    );
}

/** Source files of more than `limit` lines. */
export function longFiles(files, limit) {
  return files
    .filter(({ path }) => isCpp(path) || isScript(path) || /^scripts\//.test(path))
    .map(({ path, text }) => [text.split("\n").length - 1, path])
    .filter(([lines]) => lines > limit)
    .map(([lines, path]) => `${path}: ${lines} lines`);
}

/** Functions at the outer level of more than `limit` lines; formatters put their braces so. */
export function longFunctions(files, limit) {
  const broken = [];
  const opens = { cpp: /^(?!namespace|struct|class|enum|union|extern)[^\s#/}].*\{$/ };
  opens.script = /^(?:export )?(?:default )?(?:async )?function.*\{$/;
  for (const { path, text } of files) {
    const open = isCpp(path) ? opens.cpp : isScript(path) ? opens.script : undefined;
    if (!open) continue;
    let start = -1;
    text.split("\n").forEach((line, index) => {
      if (start < 0 && open.test(line)) start = index;
      if (start < 0 || !line.startsWith("}")) return;
      if (index - start + 1 > limit)
        broken.push(`${path}:${start + 1}: ${index - start + 1} lines`);
      start = -1;
    });
  }
  return broken;
}

// ---- the repository

/** Sources that stand in the list of a CMakeLists.txt but not in its folder, and the reverse. */
export function listedSources(files) {
  const broken = [];
  const present = new Set(files.map(({ path }) => path));
  for (const folder of ["core", "tests", "wasm"]) {
    const list = files.find(({ path }) => path === `${folder}/CMakeLists.txt`)?.text ?? "";
    const listed = new Set(
      [...list.matchAll(/[\w./-]+\.cpp/g)].map(([name]) => `${folder}/${name}`),
    );
    for (const path of listed) if (!present.has(path)) broken.push(`${path}: listed, not there`);
    for (const path of present)
      if (path.startsWith(`${folder}/`) && path.endsWith(".cpp") && !listed.has(path))
        broken.push(`${path}: not listed in ${folder}/CMakeLists.txt`);
  }
  return broken;
}

/** Host names of package registries and paths of one machine, in any file. */
export function privateNames(files) {
  const hosts = [
    ["registry", "npmjs"],
    ["deb", "debian"],
    ["registry", "yarnpkg"],
  ];
  const folders = [["work"], ["home", "\\w+"], ["root"]];
  const names = [
    ...hosts.map((parts) => parts.join("\\.")),
    ...folders.map((parts) => `(?<![\\w.*)}$-])/${parts.join("/")}/`),
  ];
  const pattern = new RegExp(names.join("|"));
  return files.flatMap(({ path, text }) =>
    text
      .split("\n")
      .map((line, index) => [pattern.exec(line)?.[0], `${path}:${index + 1}`])
      .filter(([found]) => found !== undefined)
      .map(([found, place]) => `${place}: ${found}`),
  );
}

/** Notes to self that were left behind. */
export function leftNotes(files) {
  const pattern = new RegExp(`\\b(${["TO" + "DO", "FIX" + "ME", "XX" + "X"].join("|")})\\b`);
  return files
    .filter(({ path }) => isCpp(path) || isScript(path))
    .filter(({ text }) => pattern.test(text))
    .map(({ path, text }) => `${path}: ${pattern.exec(text)[0]}`);
}
