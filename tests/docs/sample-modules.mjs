// Makes TypeScript modules of the blocks of a document: each imports what it uses of those before it,
// and checks what its comments say. README.md has the rules.
import ts from "typescript";

const header =
  "declare const $same: (actual: () => unknown, expected: () => unknown, place: string) => Promise<void>;" +
  "declare const $throws: (actual: () => unknown, message: string, place: string) => Promise<void>;";

/** The modules of a document, as { name, place, line, source }; `line` is that before the first. */
export function sampleModules(path, blocks) {
  /** Where the names that are in reach come from. */
  const reach = new Map();
  return blocks.map(({ language, line, text }, index) => {
    const tree = ts.createSourceFile("sample.ts", text, ts.ScriptTarget.Latest, true);
    const [, file] = /^\/\/ (\S+)\.[jt]s\n/.exec(text) ?? [];
    const name = file ?? `sample-${index + 1}`;
    const { values, types, exported } = declarations(tree);
    const own = new Set([...values, ...types]);
    const needed = [...reach].filter(([word]) => !own.has(word) && uses(tree, word));
    const imports = needed.map(([word, from]) => `import { ${word} } from "${from}";`);
    const before = index > 0 ? `import "${reach.get("previous file")}";` : "";
    const lists = [
      ["export", values],
      ["export type", types],
    ].map(([word, names]) => `${word} { ${names.filter((n) => !exported.has(n)).join(", ")} };`);
    for (const word of own) reach.set(word, `./${name}.js`);
    reach.set("previous file", `./${name}.js`);
    const place = (node) => `${path}:${line + lineOf(tree, node.getStart())}`;
    const source = [header, before, ...imports, checked(tree, place), "\n", ...lists].join("");
    return { name: `${name}.${language}`, place: `${path}:${line + 1}`, line, source };
  });
}

const lineOf = (tree, position) => tree.getLineAndCharacterOfPosition(position).line + 1;

function uses(tree, word) {
  const found = (node) =>
    (ts.isIdentifier(node) && node.text === word) || ts.forEachChild(node, found);
  return found(tree) === true;
}

/** The names that the statements of a block declare or import. */
function declarations(tree) {
  const values = [];
  const types = [];
  const exported = new Set();
  const add = (list, statement, name) => {
    list.push(name.text);
    if (ts.getCombinedModifierFlags(statement) & ts.ModifierFlags.Export) exported.add(name.text);
  };
  const bind = (statement, name) => {
    if (ts.isIdentifier(name)) add(values, statement, name);
    else name.elements.filter(ts.isBindingElement).forEach((part) => bind(statement, part.name));
  };
  for (const statement of tree.statements) {
    if (ts.isVariableStatement(statement))
      for (const declaration of statement.declarationList.declarations)
        bind(declaration, declaration.name);
    else if (ts.isImportDeclaration(statement)) importedNames(statement, values, types);
    else if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
      add(types, statement, statement.name);
    else if (statement.name) add(values, statement, statement.name);
  }
  return { values, types, exported };
}

function importedNames({ importClause }, values, types) {
  if (!importClause) return;
  const { name, namedBindings, isTypeOnly } = importClause;
  const list = isTypeOnly ? types : values;
  if (name) list.push(name.text);
  if (namedBindings && ts.isNamespaceImport(namedBindings)) list.push(namedBindings.name.text);
  for (const element of namedBindings?.elements ?? [])
    (element.isTypeOnly ? types : list).push(element.name.text);
}

/** The text of a block with its imports led to this package, and its claims checked. */
function checked(tree, place) {
  const { text, statements } = tree;
  let out = "";
  let done = 0;
  let claims = 0;
  statements.forEach((statement, index) => {
    out += text.slice(done, statement.getStart());
    done = statement.end;
    const after = text.slice(done, statements[index + 1]?.getStart() ?? text.length);
    const claim = claimIn(after);
    if (claim) claims += 1;
    out += statementText(statement, claim, place(statement));
  });
  const said = text.match(/\/\/ (→|throws) /g) ?? [];
  if (claims !== said.length)
    throw new Error(`${place(tree)}: an arrow stands elsewhere than after an outer statement`);
  return out + text.slice(done);
}

/** What the comment beside a statement says of it, or the lines of comment below it. */
function claimIn(after) {
  const [, newline, arrow] = /^[ \t]*(\n?)[ \t]*\/\/ (→|throws) /.exec(after) ?? [];
  if (arrow === undefined) return undefined;
  const lines = after.trimStart().split("\n");
  const end = lines.findIndex((line) => !/^\s*\/\/ *(?!@)/.test(line));
  const own = lines.slice(0, newline === "" ? 1 : end);
  const said = own.map((line) => line.replace(/^\s*\/\/ *(→ |throws )?/, "")).join(" ");
  return { fails: arrow === "throws", said };
}

function statementText(statement, claim, place) {
  const text = specifiersOf(statement).reduceRight(
    (done, { node, to }) =>
      done.slice(0, node.getStart() + 1 - statement.getStart()) +
      to +
      done.slice(node.end - 1 - statement.getStart()),
    statement.getText(),
  );
  if (!claim) return text;
  const at = JSON.stringify(place);
  const check = (expression) =>
    claim.fails
      ? `await $throws(async () => (${expression}), ${JSON.stringify(claim.said)}, ${at});`
      : `await $same(async () => (${expression}), () => (${claim.said}), ${at});`;
  if (ts.isExpressionStatement(statement)) return check(shown(statement.expression).getText());
  if (ts.isVariableStatement(statement) && !claim.fails)
    return `${text} ${check(statement.declarationList.declarations.at(-1).name.getText())}`;
  throw new Error(`${place}: nothing to compare`);
}

/** The value that a statement shows: its own, or what it writes to the console. */
function shown(expression) {
  const writes =
    ts.isCallExpression(expression) && expression.expression.getText() === "console.log";
  return writes && expression.arguments.length === 1 ? expression.arguments[0] : expression;
}

/** The modules that a statement names, and what they are called here. */
function specifiersOf(statement) {
  const found = [];
  const visit = (node) => {
    const parent = node.parent;
    const names =
      ts.isStringLiteral(node) &&
      (parent.moduleSpecifier === node ||
        (ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.ImportKeyword));
    if (names) found.push({ node, to: resolved(node.text) });
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return found;
}

/** Packages in the place of which ours can stand, as a bundler's alias has it. */
const aliases = {
  pg: "virga/pg",
  "better-sqlite3": "virga/better-sqlite3",
  "sql.js": "virga/sql-js",
};

function resolved(specifier) {
  if (specifier in aliases) return aliases[specifier];
  if (/^\.\.?\//.test(specifier)) return specifier.replace(/(\.[jt]s)?$/, ".js");
  return specifier.replace(/^drizzle-orm(?=\/|$)/, "virga");
}
