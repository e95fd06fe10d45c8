import type { SyntaxNode } from "@lezer/common";
import type { Declarations } from "../schema/declarations.js";
import type { SchemaFacts } from "../schema/facts.js";
import { nodesOf, partsOf, textOf, type Parsed, type Property } from "../schema/syntax.js";

/** A change of a file's text. */
export interface Edit {
  readonly path: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A change that mends what was found. */
export interface Fix {
  readonly label: string;
  readonly edits: readonly Edit[];
}

/** Something in a file that fails later, or misleads, and why. */
export interface Advice {
  readonly rule: string;
  readonly severity: "error" | "warning" | "info";
  readonly path: string;
  readonly from: number;
  readonly to: number;
  readonly message: string;
  readonly fix?: Fix;
}

/** What rules look at. */
export interface Looked {
  readonly facts: SchemaFacts;
  readonly declarations: Declarations;
}

export type Rule = (looked: Looked) => readonly (Advice | undefined)[];

/** Advice about a node of a file. */
export function adviceAt(
  file: Parsed,
  { from, to }: { readonly from: number; readonly to: number },
  advice: Omit<Advice, "path" | "from" | "to" | "fix">,
  fix?: Fix | undefined,
): Advice {
  return { ...advice, path: file.path, from, to, ...(fix && { fix }) };
}

export const insertAt = ({ path }: Parsed, at: number, text: string): Edit => ({
  path,
  from: at,
  to: at,
  text,
});

/** Puts a property or an element before the closing bracket of a list, an object or arguments. */
export function appendTo(file: Parsed, list: SyntaxNode, text: string): Edit {
  const last = partsOf(list).at(-1);
  if (!last)
    return insertAt(file, list.from + 1, list.name === "ObjectExpression" ? ` ${text} ` : text);
  return insertAt(file, last.to, `, ${text}`);
}

/** Appends a call to the declaration of a column: `.unique()`. */
export function chain(file: Parsed, column: Property, call: string): Fix {
  return {
    label: `Add ${call.length > 40 ? `${call.slice(0, 39)}…` : call}`,
    edits: [insertAt(file, column.value.to, call)],
  };
}

/** What a file imports: the local name of each import, and the module that it comes from. */
export function importsOf(file: Parsed): {
  readonly local: string;
  readonly module: string;
  readonly all: boolean;
  readonly node: SyntaxNode;
}[] {
  return nodesOf(file.top, "ImportDeclaration").flatMap((node) => {
    const source = node.getChild("String");
    if (!source) return [];
    const module = textOf(file, source).slice(1, -1);
    const names = nodesOf(node, "VariableDefinition");
    return names.map((name) => ({
      local: textOf(file, name),
      module,
      all: node.getChild("Star") !== null,
      node,
    }));
  });
}

/** Whether a file can name something: it declares or imports it. */
export function knows(file: Parsed, name: string): boolean {
  return nodesOf(file.top, "VariableDefinition").some((node) => textOf(file, node) === name);
}

/** Makes a name of the module from which a table's builder comes known in its file. */
export function importFromCore(file: Parsed, name: string, type = false): Edit[] | undefined {
  if (knows(file, name)) return [];
  const core = importsOf(file).find(({ module, all }) => !all && /-core$/.test(module));
  const group = core?.node.getChild("ImportGroup");
  return group ? [appendTo(file, group, type ? `type ${name}` : name)] : undefined;
}
