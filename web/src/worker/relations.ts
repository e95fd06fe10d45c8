import type { Relation } from "../protocol.js";

const step = /^step(\d+) (.+?): (select|insert|update|delete|raw|batch|loop|join)\b(?: step(\d+))?/;

/**
 * Reads from a plan which statement the rows of each relation come from. Steps that are joined have no
 * statement of their own. Nothing, when the query ran other statements than its plan has.
 */
export function readRelations(plan: string, statements: number): Relation[] {
  const found = new Map<string, Relation>();
  let next = 0;
  let root = "";
  for (const line of plan.split("\n")) {
    const [, number, path, how, carrier = ""] = step.exec(line) ?? [];
    if (number === undefined || path === undefined || how === undefined) continue;
    const own = how !== "join";
    if (found.size === 0) root = path;
    const statement = own ? next++ : (found.get(carrier)?.statement ?? 0);
    found.set(number, { path: path.slice(root.length + 1), statement, how });
  }
  return next === statements ? [...found.values()] : [];
}
