// The two makers of rows, compiled and interpreted, give the same from the same frames.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { drizzle, load, open } from "virga";
import { customType, sqliteTable, text } from "virga/sqlite-core";
import { loadedEngine } from "../../build/npm/engine/load.js";
import { Frame, Memory } from "../../build/npm/frame/frame.js";
import { compiledFactory, customFields, plainFactory } from "../../build/npm/frame/rows.js";

await load();
const engine = loadedEngine();

const column = (key, type, codec, more) => ({ key, name: key, type, codec, ...more });
const document = {
  tables: [
    {
      key: "parents",
      columns: [
        column("id", "integer", "integer", { primaryKey: true }),
        column("__proto__", "text", "text"),
        column('quote" and \\', "text", "text"),
        column("flag", "integer", "boolean"),
        column("at", "integer", "timestamp_ms"),
        column("wide", "integer", "bigint"),
        column("data", "text", "json"),
        column("bytes", "blob", "blob"),
        column("own", "text", "custom"),
        column("anything", "", "any"),
      ],
    },
    {
      key: "children",
      columns: [
        column("id", "integer", "integer", { primaryKey: true }),
        column("parent", "integer", "integer"),
        column("own", "text", "custom"),
      ],
    },
  ],
  relations: [
    { table: "parents", name: "many", kind: "many", target: "children" },
    {
      table: "children",
      name: "one",
      kind: "one",
      target: "parents",
      fields: ["parent"],
      references: ["id"],
    },
  ],
};

const rows = [
  [1, "proto", "q", 1, 1234, 9007199254740993n, '{"a":[1]}', Uint8Array.of(1, 2), "x", 1.5],
  [2, "🌧\ufeff", "", 0, -1, -1n, "null", new Uint8Array(), "", 2n ** 62n],
  [3, null, null, null, null, null, null, null, null, null],
  [4, "end", "ÿ", 2, 0, 0n, '"ë"', Uint8Array.of(255), "ü", "text"],
];
const children = [
  [1, 1, "a"],
  [2, 3, "b"],
  [3, 1, "c"],
  [4, 99, null],
];

function fill(t) {
  const database = engine.open(":memory:");
  t.after(() => engine.close(database));
  const schema = engine.createSchema(document);
  engine.push(database, schema);
  const insert = (table, values) => {
    const cells = values.map((_, index) => ({ param: index }));
    const keys = document.tables.find(({ key }) => key === table).columns.map(({ key }) => key);
    const text = JSON.stringify({ insert: { table, columns: keys, rows: [cells] } });
    engine.run(database, engine.prepare(database, schema, text).query, values);
  };
  for (const row of rows) insert("parents", row);
  for (const row of children) insert("children", row);
  return { database, schema };
}

test("compiled and interpreted rows are equal, down to prototypes and order of keys", (t) => {
  const { database, schema } = fill(t);
  const find = (table, ...relations) => ({
    find: { table, with: relations.map((relation) => ({ relation })) },
  });
  for (const query of [find("parents", "many"), find("children", "one"), find("children")]) {
    const { shape, query: handle } = engine.prepare(database, schema, JSON.stringify(query));
    const custom = customFields(shape).map((field) => (stored) => `${field.column}:${stored}`);
    const frame = engine.runKept(database, handle, []);
    const compiled = compiledFactory(shape)(frame, custom);
    const interpreted = plainFactory(shape)(frame, custom);
    assert.deepStrictEqual(compiled, interpreted);
    assert.deepEqual(compiled.map(Object.keys), interpreted.map(Object.keys));
    assert.equal(compiled.length, 4);
    for (const row of compiled) assert.equal(Object.getPrototypeOf(row), Object.prototype);
  }
});

test("objects of fields: null when none of their slots has a value", (t) => {
  const { database, schema } = fill(t);
  const field = (as, table = "children", key = as) => ({ as, expr: { col: [table, key] } });
  const own = { as: "__proto__", fields: [field("own")] };
  const query = {
    select: {
      from: "parents",
      joins: [
        {
          kind: "left",
          source: "children",
          on: {
            op: "eq",
            args: [field("", "children", "parent").expr, field("", "parents", "id").expr],
          },
        },
      ],
      fields: [
        { as: "child", fields: [field("parent"), own, field("id")] },
        field("id", "parents"),
        { as: "parent", fields: [field("own", "parents")] },
      ],
      orderBy: [{ by: field("", "parents", "id").expr }, { by: field("", "children", "id").expr }],
    },
  };
  const { shape, query: handle } = engine.prepare(database, schema, JSON.stringify(query));
  assert.deepEqual(
    customFields(shape).map(({ path }) => path),
    ["child.__proto__.own", "parent.own"],
  );
  const custom = [(stored) => `child ${stored}`, (stored) => `parent ${stored}`];
  const frame = engine.runKept(database, handle, []);
  const compiled = compiledFactory(shape)(frame, custom);
  assert.deepStrictEqual(compiled, plainFactory(shape)(frame, custom));
  const inside = (child) => Object.getOwnPropertyDescriptor(child, "__proto__").value;
  assert.deepEqual(Object.keys(compiled[0]), ["child", "id", "parent"]);
  assert.deepEqual(Object.keys(compiled[0].child), ["parent", "__proto__", "id"]);
  assert.deepEqual(inside(compiled[0].child), { own: "child a" });
  assert.deepEqual(compiled[4], { child: null, id: 4, parent: { own: "parent ü" } });
});

test("values arrive as they were stored", (t) => {
  const { database, schema } = fill(t);
  const text = JSON.stringify({ find: { table: "parents", with: [{ relation: "many" }] } });
  const { shape, query } = engine.prepare(database, schema, text);
  const custom = customFields(shape).map(() => (stored) => stored);
  const [first, second, third] = compiledFactory(shape)(engine.run(database, query, []), custom);
  assert.equal(Object.getOwnPropertyDescriptor(first, "__proto__").value, "proto");
  assert.equal(first.wide, 9007199254740993n);
  assert.deepEqual(first.at, new Date(1234));
  assert.deepEqual(
    first.many.map(({ own }) => own),
    ["a", "c"],
  );
  assert.equal(Object.getOwnPropertyDescriptor(second, "__proto__").value, "🌧\ufeff");
  assert.equal(second.anything, 2n ** 62n);
  assert.equal(second.data, null);
  assert.equal(third.flag, null);
});

test("memory in which no frame begins is refused", (t) => {
  const { database, schema } = fill(t);
  const malformed = { code: "malformed_frame" };
  assert.throws(() => new Frame(new Memory(new ArrayBuffer(0)), 0), malformed);
  assert.throws(() => new Frame(new Memory(new ArrayBuffer(64)), 0), malformed);
  const { query } = engine.prepare(database, schema, '{"find":{"table":"children"}}');
  const { bytes } = engine.runKept(database, query, []);
  assert.equal(new Frame(new Memory(bytes.buffer), 0).steps.length, 1);
  assert.throws(() => new Frame(new Memory(bytes.buffer), 8), malformed);
});

test("a decoder of a column may run queries while the rows are made", async () => {
  const client = await open();
  client.exec("create table t (a text, b text); insert into t values ('x', 'one'), ('y', 'two')");
  const inner = client.prepare("select group_concat(b) as b from t, (values (1), (2), (3))");
  const own = customType({
    dataType: () => "text",
    fromDriver: (stored) => `${stored}: ${inner.get().b.length}`,
  });
  const t = sqliteTable("t", { a: own(), b: text() });
  const db = drizzle(client, { schema: { t } });
  const expected = [
    { a: "x: 23", b: "one" },
    { a: "y: 23", b: "two" },
  ];
  assert.deepEqual(db.select().from(t).all(), expected);
  assert.deepEqual(db.query.t.findMany().sync(), expected);
  assert.deepEqual(db.select({ a: t.a, b: t.b }).from(t).values(), [
    ["x", "one"],
    ["y", "two"],
  ]);
});

test("where compiling is forbidden, rows are interpreted", () => {
  const program = `
    const { drizzle, open } = await import("virga");
    const { integer, sqliteTable } = await import("virga/sqlite-core");
    const client = await open();
    client.exec("create table t (a integer); insert into t values (7)");
    const t = sqliteTable("t", { a: integer("a") });
    console.log(JSON.stringify(drizzle(client, { schema: { t } }).query.t.findMany().sync()));`;
  const args = ["--disallow-code-generation-from-strings", "--input-type=module", "-e", program];
  const cwd = new URL(".", import.meta.url);
  assert.equal(execFileSync(process.execPath, args, { cwd, encoding: "utf8" }), '[{"a":7}]\n');
});
