// Schemas of zod and valibot from tables: what they accept can be inserted, and comes back accepted.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as v from "valibot";
import { getTableColumns, openSync, pushSchema, sql } from "virga";
import { drizzle } from "virga/better-sqlite3";
import * as pg from "virga/pg-core";
import * as sqlite from "virga/sqlite-core";
import * as forValibot from "virga/valibot";
import * as forZod from "virga/zod";
import { z } from "zod";

const libraries = {
  zod: { ...forZod, accepts: (schema, value) => schema.safeParse(value).success },
  valibot: { ...forValibot, accepts: (schema, value) => v.is(schema, value) },
};

const { integer, text, blob, numeric, real } = sqlite;
const large = 2n ** 63n;
const uuid = "00000000-0000-0000-0000-000000000000";
const bytes = new Uint8Array([1]);
const invalidDate = new Date(NaN);

/** Columns with values that they take and values that they do not; a null is another matter. */
const sqliteColumns = {
  integer: [integer(), [0, -5, 2 ** 53 - 1], [1.5, 2 ** 53, 1n, "1", NaN]],
  bigint: [integer({ mode: "bigint" }), [0n, large - 1n, -large], [1, large, -large - 1n]],
  boolean: [integer({ mode: "boolean" }), [true, false], [1, "true"]],
  timestamp: [integer({ mode: "timestamp" }), [new Date(0)], [0, invalidDate]],
  timestampMs: [integer({ mode: "timestamp_ms" }), [new Date(1)], ["2024-01-01", invalidDate]],
  text: [text(), ["", "a".repeat(1000)], [1, null]],
  limited: [text({ length: 3 }), ["", "abc"], ["abcd"]],
  choice: [text({ enum: ["a", "b"] }), ["a", "b"], ["c", ""]],
  json: [text({ mode: "json" }), [1, "a", false, [], { a: [null] }], [undefined, 1n, NaN]],
  buffer: [blob(), [bytes, Buffer.from("a")], ["a", [1]]],
  blobJson: [blob({ mode: "json" }), [1, { a: 1 }], [1n, () => 1]],
  blobBigint: [blob({ mode: "bigint" }), [0n, large * large], [1]],
  numeric: [numeric(), ["1.5"], [1]],
  numericNumber: [numeric({ mode: "number" }), [1.5, 1e15], ["1", Infinity]],
  numericBigint: [numeric({ mode: "bigint" }), [1n, -large], [1, large]],
  real: [real(), [1.5, 1e300, -1e17], ["1", NaN, Infinity]],
  custom: [sqlite.customType({ dataType: () => "text" })(), ["anything"], []],
};
const pgColumns = {
  integer: [pg.integer(), [2 ** 31 - 1], [2 ** 31, 0.5]],
  smallint: [pg.smallint(), [-(2 ** 15)], [2 ** 15]],
  bigintNumber: [pg.bigint({ mode: "number" }), [2 ** 53 - 1], [2 ** 53]],
  bigintBigint: [pg.bigint({ mode: "bigint" }), [large - 1n], [large]],
  bigintString: [pg.bigint({ mode: "string" }), ["-12"], ["1.5", "a"]],
  boolean: [pg.boolean(), [true], [1]],
  real: [pg.real(), [1e10], ["1"]],
  double: [pg.doublePrecision(), [1e300], [NaN]],
  numeric: [pg.numeric(), ["1.5"], [1.5]],
  text: [pg.text(), ["a"], [1]],
  varchar: [pg.varchar({ length: 3 }), ["abc"], ["abcd"]],
  char: [pg.char({ length: 3 }), ["a", "abc"], ["abcd"]],
  uuid: [pg.uuid(), [uuid], ["a", `${uuid}0`]],
  timestamp: [pg.timestamp(), [new Date(5)], ["now", invalidDate]],
  timestampString: [pg.timestamp({ mode: "string" }), ["2024-01-01 00:00:00"], [new Date(0)]],
  json: [pg.json(), [{ a: 1 }], [1n]],
  jsonb: [pg.jsonb(), [[1]], [undefined]],
  mood: [pg.pgEnum("mood", ["happy"])(), ["happy"], ["sad"]],
  bytea: [pg.bytea(), [bytes], ["a"]],
  point: [pg.point(), [[1, 2]], [[1], [1, 2, 3], ["1", "2"]]],
  pointXy: [pg.point({ mode: "xy" }), [{ x: 1, y: 2 }], [{ x: 1 }, [1, 2]]],
  line: [pg.line(), [[1, 2, 3]], [[1, 2]]],
  lineAbc: [pg.line({ mode: "abc" }), [{ a: 1, b: 2, c: 3 }], [{ a: 1, b: 2 }]],
  vector: [pg.vector({ dimensions: 2 }), [[1, 2.5]], [[1], ["a", "b"]]],
  bit: [pg.bit({ dimensions: 3 }), ["101"], ["10", "102"]],
  array: [pg.text().array(), [[], ["a"]], ["a", [1]]],
  sized: [pg.integer().array(2), [[1, 2]], [[1], [1, 2 ** 31]]],
  nested: [pg.integer().array().array(), [[[1], []]], [[1]]],
};

for (const [dialect, makeTable, columns] of [
  ["sqlite", sqlite.sqliteTable, sqliteColumns],
  ["pg", pg.pgTable, pgColumns],
]) {
  const builders = Object.entries(columns).map(([key, [builder]]) => [key, builder]);
  const nullable = makeTable("nullable", Object.fromEntries(builders));
  const required = makeTable(
    "required",
    Object.fromEntries(builders.map(([key, builder]) => [key, builder.notNull()])),
  );
  for (const [name, library] of Object.entries(libraries)) {
    test(`${name}, ${dialect}: what is accepted is stored, and accepted when it is read`, async (t) => {
      const db = drizzle(openSync(), { schema: { nullable } });
      t.after(() => db.$client.close());
      await pushSchema(db);
      const insert = library.createInsertSchema(nullable);
      const select = library.createSelectSchema(nullable);
      for (const [key, [, good]] of Object.entries(columns))
        for (const value of [...good, null]) {
          assert.ok(library.accepts(insert, { [key]: value }), `${key}: ${String(value)}`);
          const [row] = await db
            .insert(nullable)
            .values({ [key]: value })
            .returning();
          assert.deepEqual(row[key], value instanceof Uint8Array ? Buffer.from(value) : value);
          assert.ok(library.accepts(select, row), `${key}: ${String(value)}`);
        }
    });

    test(`${name}, ${dialect}: what a column cannot hold is refused`, () => {
      const members = (schema) => schema.shape ?? schema.entries;
      const [select, insert, update] = [
        library.createSelectSchema(required),
        library.createInsertSchema(required),
        library.createUpdateSchema(required),
      ].map(members);
      for (const [key, [, good, bad]] of Object.entries(columns)) {
        for (const value of bad) {
          const refused = { select, insert, ...(value !== undefined && { update }) };
          for (const [mode, schemas] of Object.entries(refused))
            assert.ok(!library.accepts(schemas[key], value), `${mode} ${key}: ${String(value)}`);
        }
        for (const schemas of [select, insert, update])
          for (const value of good) assert.ok(library.accepts(schemas[key], value), key);
        const isCustom = key === "custom";
        assert.equal(library.accepts(insert[key], null), isCustom, key);
        assert.equal(library.accepts(insert[key], undefined), isCustom, key);
        assert.ok(library.accepts(update[key], undefined), key);
      }
      assert.deepEqual(Object.keys(select), Object.keys(getTableColumns(required)));
    });
  }
}

const users = sqlite.sqliteTable("users", {
  id: integer().primaryKey(),
  name: text().notNull(),
  role: text().notNull().default("guest"),
  joined: text()
    .notNull()
    .$defaultFn(() => "today"),
  age: integer(),
  upper: text().generatedAlwaysAs(sql`upper(name)`),
});
const adults = sqlite
  .sqliteView("adults")
  .as((qb) =>
    qb.select({ name: users.name, more: { age: users.age }, two: sql`2`.as("two") }).from(users),
  );

for (const [name, library] of Object.entries(libraries)) {
  const parses = (schema, value) => library.accepts(schema, value);

  test(`${name}: inserts need what has no default; computed columns are left out`, () => {
    const insert = library.createInsertSchema(users);
    assert.deepEqual(Object.keys(insert.shape ?? insert.entries), [
      "id",
      "name",
      "role",
      "joined",
      "age",
    ]);
    assert.ok(parses(insert, { name: "a" }));
    assert.ok(parses(insert, { name: "a", age: null, role: "b" }));
    assert.ok(!parses(insert, {}));
    assert.ok(!parses(insert, { name: "a", role: null }));
    const update = library.createUpdateSchema(users);
    assert.ok(parses(update, {}));
    assert.ok(parses(update, { age: null }));
    assert.ok(!parses(update, { name: null }));
    const always = pg.pgTable("always", { id: pg.integer().generatedAlwaysAsIdentity() });
    const identity = library.createInsertSchema(always);
    assert.deepEqual(Object.keys(identity.shape ?? identity.entries), []);
  });

  test(`${name}: views, with the objects in them`, () => {
    const select = library.createSelectSchema(adults);
    assert.ok(parses(select, { name: "a", more: { age: 1 }, two: 2 }));
    assert.ok(parses(select, { name: "a", more: { age: null }, two: "x" }));
    assert.ok(!parses(select, { name: "a", more: { age: "1" }, two: 2 }));
  });

  test(`${name}: a refinement of no column is an error with the nearest name`, () => {
    assert.throws(() => library.createInsertSchema(users, { nmae: () => undefined }), {
      code: "unknown_column",
      message: '"users" has no column "nmae" to refine.',
      hint: /^Nearest: "name"/,
    });
  });
}

test("zod: refinements keep whether a column may be null or left out", () => {
  const schema = forZod.createInsertSchema(users, {
    name: (given) => given.min(2),
    role: z.literal("admin"),
    age: (given) => given.min(18),
  });
  const { accepts } = libraries.zod;
  assert.ok(accepts(schema, { name: "ab", role: "admin" }));
  assert.ok(accepts(schema, { name: "ab", role: "admin", age: null }));
  assert.ok(!accepts(schema, { name: "ab", role: "admin", age: 17 }));
  assert.ok(!accepts(schema, { name: "a", role: "admin" }));
  assert.ok(!accepts(schema, { name: "ab" }));
});

test("valibot: refinements keep whether a column may be null or left out", () => {
  const schema = forValibot.createInsertSchema(users, {
    name: (given) => v.pipe(given, v.minLength(2)),
    role: v.literal("admin"),
    age: (given) => v.pipe(given, v.minValue(18)),
  });
  const { accepts } = libraries.valibot;
  assert.ok(accepts(schema, { name: "ab", role: "admin" }));
  assert.ok(accepts(schema, { name: "ab", role: "admin", age: null }));
  assert.ok(!accepts(schema, { name: "ab", role: "admin", age: 17 }));
  assert.ok(!accepts(schema, { name: "a", role: "admin" }));
  assert.ok(!accepts(schema, { name: "ab" }));
});
