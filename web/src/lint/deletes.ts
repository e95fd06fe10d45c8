import type { SyntaxNode } from "@lezer/common";
import { tableOf, type SchemaFacts } from "../schema/facts.js";
import { argumentsOf, calleeOf, nodesOf, partsOf, textOf, type Parsed } from "../schema/syntax.js";
import { adviceAt, type Advice, type Fix, type Rule } from "./advice.js";

/** A statement that deletes rows of a table. */
interface Delete {
  readonly statement: SyntaxNode;
  readonly call: SyntaxNode;
  readonly table: string;
}

const lenient = /foreign_keys\s*=\s*(?:off|0|false)|defer_foreign_keys/i;

/** Rows that are deleted before those that refer to them. */
export const deleteOrder: Rule = ({ facts, declarations }) => {
  if (declarations.files.some(({ text }) => lenient.test(text))) return [];
  return declarations.files.flatMap((file) => {
    const blocks = [file.top, ...nodesOf(file.top, "Block")];
    return blocks.flatMap((block) => inBlock(facts, file, block));
  });
};

function inBlock(facts: SchemaFacts, file: Parsed, block: SyntaxNode): Advice[] {
  const deletes = partsOf(block).flatMap((statement) => deleteOf(file, statement));
  return deletes.flatMap((parent, index) => {
    const child = deletes.slice(index + 1).find(({ table }) => refuses(facts, table, parent.table));
    if (!child) return [];
    const before = deletes.slice(0, index).some(({ table }) => table === child.table);
    if (before) return [];
    const message = `Rows of ${child.table} refer to those of ${parent.table}: while they are there, deleting from ${parent.table} fails. Delete from ${child.table} first, or declare its key with onDelete: 'cascade'.`;
    const fix = swap(file, parent.statement, child.statement);
    return [
      adviceAt(file, parent.call, { rule: "delete-order", severity: "warning", message }, fix),
    ];
  });
}

/** The delete that a statement is, when it is no more than that. */
function deleteOf(file: Parsed, statement: SyntaxNode): Delete[] {
  if (!/^(?:ExpressionStatement|VariableDeclaration)$/.test(statement.name)) return [];
  const call = nodesOf(statement, "CallExpression").find((each) =>
    /^\w+\s*\.\s*delete$/.test(calleeOf(file, each)),
  );
  const [table] = call ? argumentsOf(call) : [];
  if (!call || !table || nested(call, statement)) return [];
  return [{ statement, call, table: textOf(file, table).replace(/^.*\./, "") }];
}

/** Whether a node stands in a function of its own. */
function nested(node: SyntaxNode, outer: SyntaxNode): boolean {
  for (let up = node.parent; up && up.from >= outer.from && up.name !== "Script"; up = up.parent)
    if (/Arrow|Function/.test(up.name)) return true;
  return false;
}

/** Whether rows of a table keep those of another from being deleted. */
function refuses(facts: SchemaFacts, child: string, parent: string): boolean {
  if (child === parent) return false;
  const keys = tableOf(facts, child)?.foreignKeys.filter(({ table }) => table === parent) ?? [];
  return keys.some(({ onDelete }) => !/cascade|set null|set default/.test(onDelete ?? ""));
}

/** Swaps two statements with the comments above them. */
function swap(file: Parsed, first: SyntaxNode, second: SyntaxNode): Fix | undefined {
  if (first.name !== "ExpressionStatement" || second.name !== "ExpressionStatement")
    return undefined;
  const a = withComments(file, first);
  const b = withComments(file, second);
  const edit = (at: typeof a, by: typeof a): Fix["edits"][number] => ({
    path: file.path,
    ...at,
    text: file.text.slice(by.from, by.to),
  });
  return { label: "Swap the deletes", edits: [edit(a, b), edit(b, a)] };
}

/** A statement with the lines of comment above it; the first line of a file may be its name. */
function withComments(
  { text }: Parsed,
  { from, to, prevSibling }: SyntaxNode,
): { readonly from: number; readonly to: number } {
  let start = from;
  for (let node = prevSibling; node?.name === "LineComment"; node = node.prevSibling) {
    const begins = text.slice(text.lastIndexOf("\n", node.from) + 1, node.from).trim() === "";
    if (!begins || node.from === 0) break;
    start = node.from;
  }
  return { from: start, to };
}
