import { parser } from "@lezer/javascript";
import type { SyntaxNode } from "@lezer/common";

const typescript = parser.configure({ dialect: "ts" });

interface Edit {
  readonly at: number;
  readonly text: string;
}

/** Lines of a text, counted from 1, both included. */
export interface Lines {
  readonly from: number;
  readonly to: number;
}

/**
 * Prepares a file for running, without moving a line: every `await x` becomes `await $at(line, x)`, so
 * that an error that arrives later still knows its line. In the main file the values of top-level
 * `await …` statements and of the last expression statement go to `$show(line, isLast, …)`.
 *
 * @param asked of the main file: only the statements at these lines are shown, and it ends after them
 */
export function instrument(whole: string, isMain: boolean, asked?: Lines): string {
  const edits: Edit[] = [];
  const part = asked && partOf(whole, asked);
  const text = part?.text ?? whole;
  const tree = typescript.parse(text);
  const lineAt = lineCounter(text);
  tree.iterate({
    enter: ({ node }) => {
      if (node.name !== "AwaitExpression") return;
      const operand = node.lastChild;
      if (operand === null || operand.name === "await") return;
      wrap(edits, operand, `$at(${lineAt(node.from)}, `, ")");
    },
  });
  if (isMain) {
    const shown = shownStatements(tree.topNode, part?.from ?? 0);
    const named = part && declaredName(tree.topNode, text, part.from);
    shown.forEach((statement, index, all) => {
      if (text.startsWith("console.", statement.from)) return;
      const isLast = index === all.length - 1 && !named;
      wrap(edits, statement, `;await $show(${lineAt(statement.from)}, ${isLast}, (`, "));");
    });
    if (named) {
      const line = lineAt(named.statement.from);
      edits.push({ at: named.statement.to, text: `;await $show(${line}, true, ${named.name});` });
    }
  }
  return applyEdits(text, edits);
}

/** A text without what stands below the statements at some lines; functions are there for all. */
function partOf(text: string, { from, to }: Lines): { text: string; from: number } | undefined {
  const lineAt = lineCounter(text);
  const statements = statementsOf(typescript.parse(text).topNode);
  const touched = statements.filter((node) => lineAt(node.to) >= from && lineAt(node.from) <= to);
  const above = statements.findLast((node) => lineAt(node.to) < from);
  const first = touched[0] ?? above;
  const last = touched.at(-1) ?? above;
  if (!first || !last) return undefined;
  let part = text;
  for (const node of statements) {
    if (node.from < last.to || /^(?:Import|Function)Declaration$/.test(node.name)) continue;
    const blank = text.slice(node.from, node.to).replaceAll(/[^\n]/g, " ");
    part = part.slice(0, node.from) + blank + part.slice(node.to);
  }
  return { text: part, from: first.from };
}

function statementsOf(top: SyntaxNode): SyntaxNode[] {
  const statements: SyntaxNode[] = [];
  for (let node = top.firstChild; node !== null; node = node.nextSibling)
    if (!/Comment$/.test(node.name)) statements.push(node);
  return statements;
}

/** The variable that the last statement declares, if it declares one, below a position. */
function declaredName(
  top: SyntaxNode,
  text: string,
  from: number,
): { readonly statement: SyntaxNode; readonly name: string } | undefined {
  const last = statementsOf(top).findLast(({ name }) => !/^(?:Import|Function)D/.test(name));
  if (!last || last.from < from) return undefined;
  const declaration =
    last.name === "ExportDeclaration" ? last.getChild("VariableDeclaration") : last;
  const [variable, second] = declaration?.getChildren("VariableDefinition") ?? [];
  if (declaration?.name !== "VariableDeclaration" || !variable || second) return undefined;
  return { statement: last, name: text.slice(variable.from, variable.to) };
}

/** Where the parser first stumbled, as a line; the compiler's own message says more when it has one. */
export function firstErrorLine(text: string): number | undefined {
  let position: number | undefined;
  typescript.parse(text).iterate({
    enter: (node) => {
      if (node.type.isError) position ??= node.from;
    },
  });
  return position === undefined ? undefined : lineCounter(text)(position);
}

function shownStatements(top: SyntaxNode, from: number): SyntaxNode[] {
  const expressions = statementsOf(top).flatMap((node) =>
    node.from >= from && node.name === "ExpressionStatement" && node.firstChild !== null
      ? [node.firstChild]
      : [],
  );
  return expressions.filter(
    (node, index) => node.name === "AwaitExpression" || index === expressions.length - 1,
  );
}

function wrap(edits: Edit[], node: SyntaxNode, before: string, after: string): void {
  edits.push({ at: node.from, text: before }, { at: node.to, text: after });
}

/** Where an edit ends and another begins, the ending comes first. */
function applyEdits(text: string, edits: readonly Edit[]): string {
  const closes = (edit: Edit): number => (edit.text.startsWith(")") ? 0 : 1);
  const sorted = [...edits].sort((a, b) => a.at - b.at || closes(a) - closes(b));
  let result = "";
  let last = 0;
  for (const edit of sorted) {
    result += text.slice(last, edit.at) + edit.text;
    last = edit.at;
  }
  return result + text.slice(last);
}

function lineCounter(text: string): (position: number) => number {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (position) => {
    const next = starts.findIndex((start) => start > position);
    return next < 0 ? starts.length : next;
  };
}
