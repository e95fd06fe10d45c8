import { parser } from "@lezer/javascript";
import type { SyntaxNode } from "@lezer/common";

const typescript = parser.configure({ dialect: "ts" });

interface Edit {
  readonly at: number;
  readonly text: string;
}

/**
 * Prepares a file for running, without moving a line: every `await x` becomes `await $at(line, x)`, so
 * that an error that arrives later still knows its line. In the main file the values of top-level
 * `await …` statements and of the last expression statement go to `$show(line, isLast, …)`.
 */
export function instrument(text: string, isMain: boolean): string {
  const edits: Edit[] = [];
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
    shownStatements(tree.topNode).forEach((statement, index, all) => {
      if (text.startsWith("console.", statement.from)) return;
      const isLast = index === all.length - 1;
      wrap(edits, statement, `;await $show(${lineAt(statement.from)}, ${isLast}, (`, "));");
    });
  }
  return applyEdits(text, edits);
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

function shownStatements(top: SyntaxNode): SyntaxNode[] {
  const expressions: SyntaxNode[] = [];
  for (let node = top.firstChild; node !== null; node = node.nextSibling) {
    if (node.name === "ExpressionStatement" && node.firstChild !== null)
      expressions.push(node.firstChild);
  }
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
