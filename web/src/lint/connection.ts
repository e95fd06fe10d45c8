import type { SyntaxNode } from "@lezer/common";
import type { Declarations } from "../schema/declarations.js";
import {
  argumentsOf,
  bare,
  calleeOf,
  hasSpread,
  nodesOf,
  propertiesOf,
  textOf,
  variablesOf,
  type Parsed,
} from "../schema/syntax.js";
import {
  adviceAt,
  appendTo,
  importsOf,
  insertAt,
  knows,
  type Advice,
  type Fix,
  type Rule,
} from "./advice.js";

/** A call of `drizzle`, and the object it is configured with; none when it is not written there. */
interface Connection {
  readonly file: Parsed;
  readonly call: SyntaxNode;
  readonly config: SyntaxNode | undefined;
}

/** Databases that are made without the schema that queries use, or without its relations. */
export const connections: Rule = (looked) => {
  const { declarations, facts } = looked;
  if (facts.tables.length === 0) return [];
  const queried = queriedTables(declarations);
  const found = declarations.files.flatMap((file) => connectionsOf(file));
  return [
    ...found.flatMap((connection) =>
      connectionAdvice(
        declarations,
        connection,
        queried,
        facts.relations.some(({ api }) => api === "defineRelations"),
      ),
    ),
    ...unexported(declarations),
  ];
};

/** The tables that relational queries name: `db.query.users`. */
function queriedTables({ files }: Declarations): ReadonlySet<string> {
  const names = new Set<string>();
  for (const file of files)
    for (const node of nodesOf(file.top, "MemberExpression")) {
      const [, name] = /^\w+\s*\.\s*query\s*\.\s*(\w+)$/.exec(textOf(file, node)) ?? [];
      if (name !== undefined) names.add(name);
    }
  return names;
}

/** Calls whose configuration stands in them, or is left out. */
function connectionsOf(file: Parsed): Connection[] {
  if (!knows(file, "drizzle")) return [];
  return nodesOf(file.top, "CallExpression").flatMap((call): Connection[] => {
    if (calleeOf(file, call) !== "drizzle") return [];
    const args = argumentsOf(call);
    const last = bare(args.at(-1));
    if (last?.name === "ObjectExpression")
      return hasSpread(last) ? [] : [{ file, call, config: last }];
    return args.length < 2 ? [{ file, call, config: undefined }] : [];
  });
}

function connectionAdvice(
  declarations: Declarations,
  connection: Connection,
  queried: ReadonlySet<string>,
  defined: boolean,
): Advice[] {
  const { file, call, config } = connection;
  const given = propertiesOf(file, config);
  const schema = given.find(({ key }) => key === "schema");
  const relations = given.find(({ key }) => key === "relations");
  if (queried.size === 0 || relations) return [];
  const callee = call.firstChild ?? call;
  if (defined) {
    const message =
      "The relations of defineRelations are not passed: db.query knows none of them. drizzle() takes them as relations.";
    const fix = passFix(declarations, connection, "relations");
    return [
      adviceAt(file, callee, { rule: "schema-not-passed", severity: "warning", message }, fix),
    ];
  }
  if (!schema) {
    const message =
      "The schema is not passed, but db.query is used: it has no tables. drizzle() takes them as schema.";
    const fix = passFix(declarations, connection, "schema");
    return [adviceAt(file, callee, { rule: "schema-not-passed", severity: "error", message }, fix)];
  }
  return leftOut(declarations, connection, schema, queried);
}

/** Passes the schema, or what `defineRelations` gave, and imports it. */
function passFix(
  declarations: Declarations,
  { file, call, config }: Connection,
  what: "schema" | "relations",
): Fix | undefined {
  const list = call.getChild("ArgList");
  const home = what === "schema" ? schemaFile(declarations) : definedIn(declarations);
  if (!list || !home) return undefined;
  const imports = importsOf(file).filter(({ module }) => leadsTo(file.path, module, home.path));
  const known =
    what === "schema"
      ? imports.find(({ all }) => all)?.local
      : imports.find(({ local }) => local === home.name)?.local;
  const here = home.path === file.path;
  if (here && what === "schema") return undefined;
  const name = known ?? (what === "schema" ? "schema" : home.name);
  if (known === undefined && !here && knows(file, name)) return undefined;
  const property = name === what ? what : `${what}: ${name}`;
  const pass = config ? appendTo(file, config, property) : appendTo(file, list, `{ ${property} }`);
  const clause = what === "schema" ? "* as schema" : `{ ${name} }`;
  const line = `import ${clause} from '${pathTo(file.path, home.path)}';\n`;
  const end = importsOf(file).at(-1)?.node.to;
  const at = end === undefined ? 0 : file.text.indexOf("\n", end) + 1;
  const needed = known === undefined && !here ? [insertAt(file, at, line)] : [];
  return { label: `Pass ${what}`, edits: [...needed, pass] };
}

/** The file of the schema, when it is one. */
function schemaFile({ files }: Declarations): { path: string; name: string } | undefined {
  const homes = files.filter((file) => /(?:^|\/)schema\.ts$/.test(file.path));
  return homes.length === 1 && homes[0] ? { path: homes[0].path, name: "schema" } : undefined;
}

function definedIn({ files }: Declarations): { path: string; name: string } | undefined {
  for (const file of files)
    for (const { name, value, exported } of variablesOf(file)) {
      const call = bare(value);
      if (
        exported &&
        call?.name === "CallExpression" &&
        /^defineRelations/.test(calleeOf(file, call))
      )
        return { path: file.path, name: textOf(file, name) };
    }
  return undefined;
}

/** Tables and relations that the object given as `schema` leaves out. */
function leftOut(
  declarations: Declarations,
  { file }: Connection,
  schema: { readonly value: SyntaxNode; readonly name: SyntaxNode },
  queried: ReadonlySet<string>,
): Advice[] {
  const object = bare(schema.value);
  if (/^(?:VariableName|PropertyDefinition)$/.test(object?.name ?? ""))
    return elsewhere(declarations, file, schema);
  if (object?.name !== "ObjectExpression" || hasSpread(object)) return [];
  const given = propertiesOf(file, object).map(({ value }) => textOf(file, value));
  const tables = [...queried].filter((name) => declarations.table(name) && !given.includes(name));
  const relations = declarations.relations.flatMap(({ variable, table }) =>
    variable !== undefined && given.includes(table) && !given.includes(variable) ? [variable] : [],
  );
  return [...tables, ...relations].map((name) => {
    const isTable = tables.includes(name);
    const message = isTable
      ? `${name} is not passed in schema, but db.query.${name} is used.`
      : `${name} is not passed in schema: db.query knows nothing of these relations, and with fails.`;
    const fix = knows(file, name)
      ? { label: `Pass ${name}`, edits: [appendTo(file, object, name)] }
      : importAndPass(declarations, file, object, name);
    return adviceAt(
      file,
      schema.name,
      { rule: "relations-not-passed", severity: "warning", message },
      fix,
    );
  });
}

/** Relations that stand in another file than the one that is passed as a whole. */
function elsewhere(
  { files, relations }: Declarations,
  file: Parsed,
  schema: { readonly value: SyntaxNode; readonly name: SyntaxNode },
): Advice[] {
  const passed = textOf(file, schema.value);
  const from = importsOf(file).find(({ all, local }) => all && local === passed);
  const home = from && files.find(({ path }) => leadsTo(file.path, from.module, path));
  if (!from || !home) return [];
  const there = exportsOf(files, home);
  const missing = relations.filter(
    ({ variable, exported }) => exported && variable !== undefined && !there.has(variable),
  );
  return [...new Set(missing.map((each) => each.file))].map((other) => {
    const names = missing.flatMap((each) => (each.file === other ? [each.variable ?? ""] : []));
    const message = `${names.join(", ")} of ${other.path} ${names.length === 1 ? "is" : "are"} not passed in schema: db.query knows nothing of these relations, and with fails.`;
    const name = other.path.replace(/^.*\/|\.\w+$/g, "").replace(/\W/g, "_");
    const { from: start, to } = schema.value;
    const text = `${start === schema.name.from ? "schema: " : ""}{ ...${passed}, ...${name} }`;
    const line = `\nimport * as ${name} from '${pathTo(file.path, other.path)}';`;
    const fix = knows(file, name)
      ? undefined
      : {
          label: "Pass them too",
          edits: [insertAt(file, from.node.to, line), { path: file.path, from: start, to, text }],
        };
    return adviceAt(
      file,
      schema.name,
      { rule: "relations-not-passed", severity: "warning", message },
      fix,
    );
  });
}

/** The names that a file exports, with those that it passes on. */
function exportsOf(files: readonly Parsed[], file: Parsed, seen = new Set<Parsed>()): Set<string> {
  const names = new Set<string>();
  if (seen.has(file)) return names;
  seen.add(file);
  for (const { name, exported } of variablesOf(file)) if (exported) names.add(textOf(file, name));
  for (const node of nodesOf(file.top, "ExportDeclaration")) {
    const group = node.getChild("ExportGroup");
    for (const name of group ? nodesOf(group, "VariableName") : []) names.add(textOf(file, name));
    const source = node.getChild("String");
    const module = source ? textOf(file, source).slice(1, -1) : undefined;
    const other = module && files.find(({ path }) => leadsTo(file.path, module, path));
    if (other) for (const name of exportsOf(files, other, seen)) names.add(name);
  }
  return names;
}

function importAndPass(
  declarations: Declarations,
  file: Parsed,
  object: SyntaxNode,
  name: string,
): Fix | undefined {
  const home =
    declarations.table(name)?.file ??
    declarations.relations.find(({ variable }) => variable === name)?.file;
  const from =
    home &&
    importsOf(file).find(({ module, all }) => !all && leadsTo(file.path, module, home.path));
  const group = from?.node.getChild("ImportGroup");
  if (!group) return undefined;
  return {
    label: `Pass ${name}`,
    edits: [appendTo(file, group, name), appendTo(file, object, name)],
  };
}

/** Relations that no one can pass, since their file keeps them to itself. */
function unexported({ relations }: Declarations): Advice[] {
  return relations.flatMap(({ file, call, variable, exported }) => {
    if (exported || variable === undefined) return [];
    const uses = nodesOf(file.top, "VariableName").some((node) => textOf(file, node) === variable);
    const declared = declarationOf(call);
    if (uses || !declared) return [];
    const message = `${variable} is not exported: the schema does not have it, and queries know nothing of these relations.`;
    const fix = { label: "Export it", edits: [insertAt(file, declared.from, "export ")] };
    const [name] = nodesOf(declared, "VariableDefinition");
    return [
      adviceAt(
        file,
        name ?? call,
        { rule: "relations-not-passed", severity: "warning", message },
        fix,
      ),
    ];
  });
}

/** The statement that declares the variable of a call. */
function declarationOf(call: SyntaxNode): SyntaxNode | undefined {
  let node: SyntaxNode | null = call;
  while (node && node.name !== "VariableDeclaration") node = node.parent;
  return node ?? undefined;
}

const folders = (path: string): string[] => path.split("/").slice(0, -1);

/** Whether an import of a file means another file. */
function leadsTo(from: string, module: string, to: string): boolean {
  const bareName = (path: string): string =>
    path.replace(/\.[cm]?[jt]s$/, "").replace(/\/index$/, "");
  if (!module.startsWith("."))
    return bareName(to).endsWith(bareName(module.replace(/^[@~]\//, "")));
  const parts = folders(from);
  for (const part of module.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return bareName(parts.join("/")) === bareName(to);
}

/** How one file names another in an import. */
function pathTo(from: string, to: string): string {
  const here = folders(from);
  const there = to.replace(/\.ts$/, "").split("/");
  while (here.length > 0 && here[0] === there[0]) {
    here.shift();
    there.shift();
  }
  return `${here.length === 0 ? "./" : "../".repeat(here.length)}${there.join("/")}`;
}
