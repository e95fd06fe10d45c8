import { getTableColumns, isTable, type Table } from "virga";
import type { CompiledModule, Place, Problem } from "../protocol.js";
import type { Exports } from "./modules.js";

/** How far a chained call may reach from the line that an error names. */
const reach = 8;

/** `users.name`, which compiled is `_schema.users.name` or `exports.users.name`; not in comments. */
const member = /(?<!\/\/.*|[.\w$])(?:(?:_\w+|exports)\.)?(\w+)\.(\w+)\b/g;

/** What is known of a run when one of its errors is explained. */
export interface Known {
  /** The files that stand in an editor, and all files. */
  readonly modules: readonly CompiledModule[];
  readonly all: readonly CompiledModule[];
  /** The exports of the files that have run, by path. */
  readonly exports: ReadonlyMap<string, Exports>;
}

/**
 * Finds the line of an error that has none, and adds the name that was meant where the sources tell it.
 * Compiling keeps the lines, so the compiled text is searched.
 */
export function locate(problem: Problem, known: Known): Problem {
  return {
    ...problem,
    ...(missingColumn(problem, known) ??
      schemaPlace(problem, known) ??
      missingName(problem, known)),
  };
}

type Finding = Pick<Problem, "hint" | "place">;

/** `users.nme` is undefined, and what fails is whoever was given it. */
function missingColumn(problem: Problem, known: Known): Finding | undefined {
  if (problem.hint !== undefined || !problem.message.includes("undefined")) return undefined;
  const tables = tablesOf(known);
  for (const { path, code } of known.modules) {
    for (const [index, text] of code.split("\n").entries()) {
      const place = { path, line: index + 1 };
      if (!isNear(place, problem.place)) continue;
      for (const [, name = "", property = ""] of text.matchAll(member)) {
        const table = tables.get(name);
        if (table === undefined || property in table) continue;
        const columns = Object.keys(getTableColumns(table)).map((key) => `"${key}"`);
        return { place, hint: `${name} has no column "${property}", but ${columns.join(", ")}.` };
      }
    }
  }
  return undefined;
}

function tablesOf({ exports }: Known): Map<string, Table> {
  const tables = new Map<string, Table>();
  for (const module of exports.values()) {
    for (const [name, value] of Object.entries(module)) {
      if (isTable(value)) tables.set(name, value);
    }
  }
  return tables;
}

function isNear(place: Place, other: Place | undefined): boolean {
  if (other === undefined) return true;
  return place.path === other.path && Math.abs(place.line - other.line) <= reach;
}

/** The core says where in the schema document: `tables[0].columns[2]`. */
function schemaPlace(problem: Problem, known: Known): Finding | undefined {
  const found = /^tables\[(\d+)\](?:\.columns\[(\d+)\])?/.exec(problem.path ?? "");
  const [name, table] = [...tablesOf(known)][Number(found?.[1])] ?? [];
  if (problem.place !== undefined || name === undefined || table === undefined) return undefined;
  const column = found?.[2] && Object.keys(getTableColumns(table))[Number(found[2])];
  for (const { path, code } of known.modules) {
    const lines = code.split("\n");
    const declaration = new RegExp(`\\b(?:const|let|var)\\s+${name}\\b`);
    const start = lines.findIndex((line) => declaration.test(line));
    if (start < 0) continue;
    const inside = column
      ? lines.findIndex((line, index) => index >= start && line.includes(`${column}:`))
      : -1;
    return { place: { path, line: (inside < 0 ? start : inside) + 1 } };
  }
  return undefined;
}

/** A name that is not defined here may be exported elsewhere. */
function missingName(problem: Problem, { all }: Known): Finding | undefined {
  const name = /^(\w+) is not defined$/.exec(problem.message)?.[1];
  if (name === undefined || problem.hint !== undefined) return undefined;
  const owner = all.find(({ code }) => code.includes(`exports.${name} =`));
  if (owner === undefined) return undefined;
  return { hint: `import { ${name} } from './${owner.path.replace(/(?:\/index)?\.ts$/, "")}';` };
}
