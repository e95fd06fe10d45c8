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
    name: /^columns in relations \/ (buf|bj)/,
    lines: ["0.45"],
    reason: "nested blobs: 0.45 fails with JSON cannot hold BLOB values",
    as: "v1",
  },
  {
    name: /^columns in relations \/ big/,
    reason: "nested blobs: 0.45 fails, v1 makes 0n of null",
    check: ({ result }) => {
      assert.equal(typeof result[0].kind.big, "bigint");
      assert.equal(result[1].kind.big, null);
    },
  },
  {
    name: /^columns found by value \/ num \d/,
    lines: ["0.45"],
    reason: "exact numerics: values() gives the text, as v1 does",
    as: "v1",
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
    name: "views / aliased",
    lines: ["0.45"],
    reason: "0.45 does not find the columns of a view's alias",
    as: "v1",
  },
];

/** Where Drizzle's v1 gives another result than 0.45, with the reason; ours follows 0.45. */
export const lineDifferences = {};

/** Topics, or single cases, that ours does not do yet: they run, and may fail. */
export const missing = Object.fromEntries(
  [
    ["aggregates", "casing", "columns", "columns found by value", "columns in joins"],
    ["columns in relations", "columns updated", "ctes", "defined relations", "delete", "insert"],
    [
      "joins",
      "odd values",
      "operators",
      "prepared",
      "prepared writes",
      "raw",
      "relations",
      "select",
    ],
    ["set operators", "snakeCase", "sql", "subqueries", "tables", "transactions", "update"],
    ["upsert", "views", "fuzz"],
  ]
    .flat()
    .map((name) => [name, "not there yet"]),
);
