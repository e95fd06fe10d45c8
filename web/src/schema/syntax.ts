import type { SyntaxNode } from "@lezer/common";
import { parser } from "@lezer/javascript";

const typescript = parser.configure({ dialect: "ts" });

/** A file and the tree of its text. */
export interface Parsed {
  readonly path: string;
  readonly text: string;
  readonly top: SyntaxNode;
}

export const parse = (path: string, text: string): Parsed => ({
  path,
  text,
  top: typescript.parse(text).topNode,
});

/** The parts of a node that mean something: no brackets, commas or comments. */
export function partsOf(node: SyntaxNode): SyntaxNode[] {
  const parts: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling)
    if (/^[A-Z]/.test(child.name) && !/Comment$/.test(child.name)) parts.push(child);
  return parts;
}

/** All nodes of these names below a node, in the order of the text. */
export function nodesOf(top: SyntaxNode, name: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  top.cursor().iterate((node) => {
    if (node.name === name) found.push(node.node);
  });
  return found;
}

/** An expression without the parentheses around it. */
export function bare(node: SyntaxNode | undefined): SyntaxNode | undefined {
  let found = node;
  while (found?.name === "ParenthesizedExpression") [found] = partsOf(found);
  return found;
}

export const textOf = ({ text }: Parsed, node: SyntaxNode): string =>
  text.slice(node.from, node.to);

/** The arguments of a call. */
export function argumentsOf(call: SyntaxNode): SyntaxNode[] {
  const list = call.getChild("ArgList");
  return list ? partsOf(list) : [];
}

/** What a call calls, as written: `relations`, `r.one.users`. */
export const calleeOf = (file: Parsed, call: SyntaxNode): string =>
  call.firstChild ? textOf(file, call.firstChild) : "";

/** A property of an object in source: its name, and the expression; a shorthand is its own. */
export interface Property {
  readonly key: string;
  readonly name: SyntaxNode;
  readonly value: SyntaxNode;
}

/** The properties of an object; spreads and computed names are left out. */
export function propertiesOf(file: Parsed, object: SyntaxNode | undefined): Property[] {
  if (object?.name !== "ObjectExpression") return [];
  return object.getChildren("Property").flatMap((property) => {
    const name = property.getChild("PropertyDefinition") ?? property.getChild("String");
    const value = property.lastChild;
    if (!name || !value) return [];
    return [{ key: textOf(file, name).replace(/^["']|["']$/g, ""), name, value }];
  });
}

/** Whether an object has members that are not written in it. */
export function hasSpread(object: SyntaxNode): boolean {
  return object.getChildren("Property").some((property) => property.getChild("Spread") !== null);
}

/** What an arrow function or function gives: its expression, or that of its only return. */
export function resultOf(call: SyntaxNode | undefined): SyntaxNode | undefined {
  const body = call?.getChild("Block") ?? undefined;
  if (!body) return call?.name === "ArrowFunction" ? bare(call.lastChild ?? undefined) : undefined;
  const [result] = nodesOf(body, "ReturnStatement");
  return bare(result && partsOf(result)[0]);
}

/** The name and initial value of each variable that is declared at the top of a file. */
export function variablesOf(
  file: Parsed,
): { readonly name: SyntaxNode; readonly value: SyntaxNode; readonly exported: boolean }[] {
  return partsOf(file.top).flatMap((statement) => {
    const exported = statement.name === "ExportDeclaration";
    const declaration = exported ? statement.getChild("VariableDeclaration") : statement;
    if (declaration?.name !== "VariableDeclaration") return [];
    const found = [];
    for (let node = declaration.firstChild; node; node = node.nextSibling) {
      if (node.name !== "VariableDefinition") continue;
      let value = node.nextSibling;
      while (value && value.name !== "Equals" && value.name !== ",") value = value.nextSibling;
      const expression = value?.name === "Equals" ? value.nextSibling : null;
      if (expression) found.push({ name: node, value: expression, exported });
    }
    return found;
  });
}

/** The line of an offset, counted from 1. */
export const lineOf = (text: string, offset: number): number =>
  text.slice(0, offset).split("\n").length;
