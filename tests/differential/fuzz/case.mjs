// One random case: tables, rows and a query as code, run on Drizzle and on ours.
import { pairs } from "../sides.mjs";
import { print, runCase } from "../run.mjs";
import { FindWriter } from "./find.mjs";
import {
  ddlOf,
  declarationsOf,
  definedRelations,
  latestRelations,
  randomSchema,
} from "./schema.mjs";
import { SelectWriter } from "./select.mjs";
import { WriteWriter } from "./write.mjs";

/** The case that the choices of `d` make. */
export function randomCase(d) {
  const line = d.pick(["0.45", "v1"]);
  const kind = d.pick(["select", "find", "select", "find", "write"]);
  const nested = kind === "find";
  const tables = randomSchema(d, { nested });
  const keys = tables.map(({ key }) => key);
  const related = line === "0.45" ? latestRelations(tables) : definedRelations(tables);
  const given = line === "0.45" ? [...keys, ...keys.map((key) => `${key}Relations`)] : keys;
  const extra = nested && line === "v1" ? ", related" : "";
  const Writer = { select: SelectWriter, find: FindWriter, write: WriteWriter }[kind];
  const writer = new Writer(d, tables, line);
  const { body, ordered } = writer.query();
  return {
    line,
    ordered,
    nested,
    writes: kind === "write",
    ddl: ddlOf(tables),
    define: `${declarationsOf(tables)}\n${nested ? `${related}\n` : ""}return { ${(nested ? given : keys).join(", ")}${extra} };`,
    body,
  };
}

const words = {
  core: "sqliteTable, integer, text, real, blob, numeric, alias",
  orm: `relations, defineRelations, sql, eq, ne, gt, gte, lt, lte, and, or, not, isNull, isNotNull, inArray,
    notInArray, between, notBetween, like, notLike, exists, notExists, asc, desc, count, countDistinct, sum,
    sumDistinct, avg, max, min`,
};

/** The code as a function of { db, s, orm, core }. */
const compiled = (code) =>
  new Function(
    "side",
    `const { db, s, orm, core } = side;
const { ${words.core} } = core;
const { ${words.orm} } = orm;
${code}`,
  );

/** The case as one could paste it. */
export const printCase = ({ line, ddl, define, body }) =>
  `// ${line}\n${ddl}\n\n// tables\n${define}\n\n// query\n${body}`;

/** Rows in an order of their own, at every depth. */
function sorted(value) {
  if (Array.isArray(value)) {
    const items = value.map(sorted);
    return items
      .map((item) => [print(item), item])
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([, item]) => item);
  }
  if (value === null || typeof value !== "object") return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, sorted(member)]));
}

/**
 * What differs: undefined when nothing does or when Drizzle itself fails. `kind` tells failures
 * apart, so that a case is not shrunk into another failure.
 */
export async function difference(given, sides = pairs) {
  const { peer, ours } = sides[given.line];
  const schema = {
    ddl: given.ddl,
    define: compiled(given.define),
    config: (_side, { related, ...tables }) =>
      related ? { relations: related } : given.nested ? { schema: tables } : {},
  };
  const run = compiled(given.body);
  const options = { writes: given.writes };
  const theirs = await runCase(peer, schema, run, options);
  if (theirs.error) return { kind: "refused", error: theirs.error };
  const our = await runCase(ours, schema, run, options);
  if (our.error) return { kind: `error ${our.error.code}`, our: our.error, theirs: theirs.result };
  const arranged = given.ordered ? (value) => value : sorted;
  const shown = (outcome) => print({ ...outcome, result: arranged(outcome.result) });
  const [left, right] = [shown(our), shown(theirs)];
  return left === right ? undefined : { kind: "rows", our: left, theirs: right };
}
