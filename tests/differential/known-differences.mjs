// Where ours and Drizzle differ, by "topic / case". The tests hold each entry against both: one that
// is no longer needed fails.
import assert from "node:assert/strict";

/** The ids of the rows. */
const ids = (rows) => rows.map(({ id }) => id);

/**
 * Deliberately better than Drizzle, of the named lines or of both: which cases, the reason, and a
 * check of ours; `as` names the line whose result ours equals instead.
 */
export const better = [
  {
    name: "operators / or in and, in sql",
    lines: ["0.45"],
    reason: "SQL text is an operand: `and` parenthesises it, as v1 does",
    as: "v1",
  },
  {
    name: "operators / not or in and, in sql",
    lines: ["0.45"],
    reason: "SQL text is an operand: `not` and `and` parenthesise it, as v1 does",
    as: "v1",
  },
  {
    name: "sql / a column of a table that is not in reach",
    reason: "Drizzle drops the table's name and reads the other table's column of that name",
    check: ({ error }) => assert.ok(error),
  },
  {
    name: "set operators / limits of the operands",
    reason: "Drizzle writes the operand's order and limit without parentheses: a syntax error",
    check: ({ result }) => assert.deepEqual(ids(result), [1, 1, 2, 2, 3, 4, 5]),
  },
  {
    name: "upsert / do nothing on a partial index",
    reason: "Drizzle puts the target's condition behind `do nothing`: a syntax error",
    check: ({ result }) => assert.deepEqual(result, []),
  },
  {
    name: /^columns in relations \/ (buf|bj|big)/,
    reason: "nested blobs: 0.45 fails, v1 makes an empty one, 0n or an error of a nested null",
    check: ({ result }) => {
      const [first, second, third] = result;
      assert.ok(Object.values(first.kind).every((value) => value !== null));
      assert.deepEqual(Object.values(second.kind), [null]);
      assert.equal(third.kind, null);
    },
  },
  {
    name: /^columns found by value \/ numb/,
    reason: "values() gives what is stored, for numeric bigint too; Drizzle casts that one to text",
    check: ({ result }) => assert.equal(BigInt(result.values[0][0]), result.eq[0].value),
  },
  {
    name: "prepared / in inArray, as the whole list",
    reason: "a placeholder may be a list",
    check: ({ result }) => assert.deepEqual(result.map(ids), [[1, 3], []]),
  },
  {
    name: "prepared / encoded by the column: Date",
    reason: "Drizzle hands the placeholder's value to the driver as it is, which fails",
    check: ({ result }) => assert.deepEqual(ids(result), [1, 5]),
  },
  {
    name: "prepared / encoded by the column: boolean",
    reason: "as for Date",
    check: ({ result }) =>
      assert.deepEqual(result.map(ids), [
        [1, 3, 5],
        [2, 4],
      ]),
  },
  {
    name: "prepared / encoded by the column: json",
    reason: "as for Date",
    check: ({ result }) => assert.deepEqual(ids(result), [3]),
  },
  {
    name: "odd values / a number in a text column",
    reason: "better-sqlite3 binds every number as REAL, ours whole numbers as INTEGER",
    check: ({ result }) => assert.equal(result[0].t, "5"),
  },
  {
    name: "insert / sql as a value",
    reason: "better-sqlite3 binds every number as REAL, ours whole numbers as INTEGER",
    check: ({ result }) => assert.equal(result[0].text, "ABC1"),
  },
  {
    name: "odd values / an integer beyond 2^53",
    reason: "integers beyond 2^53 are never rounded",
    check: ({ result }) => assert.deepEqual(result, [{ i: 9007199254740993n }]),
  },
  {
    name: "odd values / a sum beyond 2^53",
    reason: "integers beyond 2^53 are never rounded",
    check: ({ result }) => assert.deepEqual(result, [{ n: 9007199254740993n }]),
  },
  {
    name: "odd values / an invalid date",
    reason: "Drizzle stores NULL",
    check: ({ error }) => assert.match(error.message, /valid Date/),
  },
  {
    name: "insert / an unknown key is ignored at run time",
    reason: "unknown keys are errors with the nearest name",
    check: ({ error }) => assert.match(error.message, /no column "nope"/),
  },
  {
    name: "joins / a nested object whose first column is null",
    reason: "a nested object is null only when its row is missing",
    check: ({ result }) => assert.deepEqual(result[2], { id: 2, post: { content: null, id: 4 } }),
  },
  {
    name: "sql / a table in a from",
    reason:
      "Drizzle drops the tables' names in the select list, so that both columns are the inner's",
    check: ({ result }) =>
      assert.deepEqual(
        result.map(({ value }) => value),
        [2, 1, 2, 0, 0],
      ),
  },
  {
    name: "defined relations / where a Date",
    reason: "rc.4 takes a Date for an empty filter object",
    check: ({ result }) => assert.deepEqual(ids(result), [1, 5]),
  },
  {
    name: "defined relations / nested where a Date",
    reason: "rc.4 takes a Date for an empty filter object",
    check: ({ result }) => assert.equal(result[1].owner, null),
  },
  {
    name: /^mistakes in inserts \/ a select with (keys|some)/,
    lines: ["0.45"],
    reason: "0.45 refuses a select whose keys are not all columns in order; v1 goes by the keys",
    as: "v1",
  },
  {
    name: "mistakes in filters / undefined in a filter",
    reason: "rc.4 finds all rows; rc.5 refuses it, as ours does",
    check: ({ error }) => assert.ok(error),
  },
  {
    name: "mistakes in filters / an empty OR",
    reason: "rc.4 finds all rows; rc.5 refuses it, as ours does",
    check: ({ error }) => assert.ok(error),
  },
  {
    name: "relations / extras with a decoder",
    reason: "0.45 forgets `mapWith` of extras, v1 does not",
    check: ({ result }) => assert.deepEqual(result[0], { id: 1, n: 1 }),
  },
  {
    name: "relations / extras of a subquery",
    reason: "0.45 drops the table's name, so that both columns are the inner query's",
    check: ({ result }) =>
      assert.deepEqual(
        result.map(({ n }) => n),
        [2, 1, 2, 0, 0],
      ),
  },
  {
    name: "views / aliased",
    lines: ["0.45"],
    reason: "0.45 does not find the columns of a view's alias",
    as: "v1",
  },
];

/** Where Drizzle's v1 gives another result than 0.45, with the reason; ours follows 0.45. */
export const lineDifferences = [
  {
    name: /^columns found by value \/ num [0-3]/,
    reason: "values() of a numeric in mode string: v1 casts it to text",
  },
  {
    name: "tables / getTableColumns",
    reason: "uniqueName of a unique column without a name: v1 has none",
  },
];

/** Cases that ours does not do yet, with what is missing: they run, and may fail. */
export const missing = {};
