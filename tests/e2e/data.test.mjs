// The data of a playground: taken from a run, edited, generated, imported, exported; runs begin with it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { drizzle, openSync, sql } from "virga";
import { startPlayground } from "./playground.mjs";

let playground;
before(async () => {
  playground = await startPlayground();
});
after(() => playground.close());

const schema = `// db/schema.ts
import { sqliteTable, integer, text, real, check } from "drizzle-orm/sqlite-core";
import { sql } from "drizzle-orm";
export const users = sqliteTable("users", {
  id: integer().primaryKey(), name: text().notNull(), email: text().notNull().unique(), age: integer(),
}, (t) => [check("adult", sql\`\${t.age} >= 18\`)]);
export const orders = sqliteTable("orders", {
  id: integer().primaryKey(),
  userId: integer("user_id").notNull().references(() => users.id),
  total: real(),
});`;
const query = `import { db } from "./db";
import { users, orders } from "./db/schema";
await db.$count(users);`;

/** A page with the tables of the schema, and what tests do in its data pane. */
async function withTables() {
  const opened = await playground.open();
  const { page } = opened;
  await opened.write("schema", schema);
  await opened.write("query", query);
  await opened.run();
  await page.click("#tab-data");
  await page.getByRole("button", { name: "Make the schema's tables" }).click();
  await page.waitForSelector(".grid");
  const press = (name) => page.getByRole("button", { name, exact: true }).click();
  return {
    opened,
    page,
    press,
    open: (table) => page.selectOption("#data-table", table),
    shows: (pattern) =>
      page.waitForFunction(
        (source) => new RegExp(source).test(document.querySelector("#pane-data").innerText),
        pattern.source,
      ),
    async type(row, column, text) {
      await page.dblclick(`[data-at="${row},${column}"]`);
      await page.fill("textarea.cell", text);
      await page.keyboard.press("Enter");
    },
    download: async (choice) => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.selectOption("#pane-data .tools label:has-text('Export') select", choice),
      ]);
      return readFileSync(await download.path());
    },
    upload: (name, text) =>
      page.setInputFiles("#pane-data input[type=file]", {
        name,
        mimeType: "text/plain",
        buffer: Buffer.from(text),
      }),
    cells: () =>
      page.$$eval(".grid tbody tr", (rows) =>
        rows.map((row) => [...row.querySelectorAll("td.value > span")].map((td) => td.innerText)),
      ),
    async close() {
      assert.deepEqual(opened.problems, []);
      await opened.close();
    },
  };
}

test("rows are added, edited and deleted; errors stand at the cell; runs begin with them", async () => {
  const data = await withTables();
  const { page, press } = data;
  await data.open("users");
  await press("Add a row");
  await page.keyboard.type("Ada <b>");
  await page.keyboard.press("Enter");
  await data.type(-1, 2, "ada@example.com");
  await press("Save the row");
  await data.shows(/1–1 of 1 row/);
  assert.deepEqual(await data.cells(), [["1", "Ada <b>", "ada@example.com", "null"]]);

  await data.type(0, 3, "old");
  await data.shows(/old is no whole number/);
  await page.keyboard.press("Escape");
  await data.type(0, 3, "7");
  await data.shows(/CHECK constraint/i);
  await page.fill("textarea.cell", "36");
  await page.keyboard.press("Enter");
  await page.waitForSelector("td.number:has-text('36')");

  await page.click("#run");
  await data.opened.ended();
  assert.match(await data.opened.pane("result"), /^\s*query\.ts:3[^]*1\s*$/);

  await page.click("#tab-data");
  await page.check(".grid tbody input[type=checkbox]");
  await press("Delete the chosen rows");
  await data.shows(/No rows/);
  await data.close();
});

test("rows are generated, the same for the same seed; keys are followed; all filters and sorts", async () => {
  const data = await withTables();
  const { page, press } = data;
  await page.selectOption("select[name=which]", "all");
  await page.fill("input[name=rows]", "250");
  await press("Generate");
  await data.shows(/Rows were generated/);
  await data.open("users");
  await data.shows(/1–100 of 250 rows/);
  const first = await data.cells();
  assert.ok(first.every(([, , email]) => email.endsWith("@example.com")));
  assert.ok(first.every(([, , , age]) => age === "null" || Number(age) >= 18));
  await press("Rows after");
  await press("Rows after");
  await data.shows(/201–250 of 250 rows/);

  await page.click("th button:has-text('name')");
  await data.shows(/1–100 of 250/);
  const sorted = (await data.cells()).map(([, name]) => name);
  assert.deepEqual(sorted, sorted.toSorted());

  await page.selectOption(".filter [name=column]", "id");
  await page.selectOption(".filter [name=operator]", "<=");
  await page.fill(".filter [name=value]", "3");
  await press("Filter");
  await data.shows(/of 3 rows/);

  await data.open("orders");
  await data.shows(/of 250 rows/);
  const [order] = await data.cells();
  await page.click(".grid tbody tr:first-child [aria-label^='Go to users']");
  await data.shows(/of 1 row\b/);
  assert.equal((await data.cells())[0][0], order[1]);

  await press("Let the data go");
  await press("Make the schema's tables");
  await page.waitForSelector(".grid");
  await page.selectOption("select[name=which]", "all");
  await page.fill("input[name=rows]", "250");
  await press("Generate");
  await data.shows(/Rows were generated/);
  await data.open("users");
  await data.shows(/of 250 rows/);
  assert.deepEqual(await data.cells(), first);
  await data.close();
});

test("long work is cancelled without a trace", async () => {
  const data = await withTables();
  await data.open("users");
  await data.page.fill("input[name=rows]", "500000");
  await data.press("Generate");
  await data.press("Cancel");
  await data.shows(/Cancelled: nothing was changed/);
  assert.deepEqual(await data.cells(), []);
  await data.close();
});

test("CSV, JSON, SQL and SQLite files come in and go out", async () => {
  const data = await withTables();
  await data.upload("towns.csv", 'name,code,height\n"Bergen, Norway",007,12.5\n"a ""b""",8,\n');
  await data.shows(/towns\.csv was imported/);
  await data.open("towns");
  await data.shows(/of 2 rows/);
  const towns = [
    ["Bergen, Norway", "007", "12.5"],
    ['a "b"', "8", "null"],
  ];
  assert.deepEqual(await data.cells(), towns);
  await data.upload("towns.json", '[{"name": "Oslo", "code": 1, "height": true}]');
  await data.shows(/of 3 rows/);
  await data.upload("broken.json", '[{"name": ');
  await data.shows(/JSON/);
  const csv = (await data.download("csv")).toString();
  assert.equal(
    csv,
    'name,code,height\r\n"Bergen, Norway",007,12.5\r\n"a ""b""",8,\r\nOslo,1,1\r\n',
  );
  assert.equal(JSON.parse(await data.download("json")).length, 3);

  const sqlite = new Uint8Array(await data.download("sqlite"));
  const dump = (await data.download("sql")).toString();
  const dumped = openSync();
  dumped.exec(dump);
  for (const client of [openSync(":memory:", { bytes: sqlite }), dumped]) {
    const rows = drizzle(client).all(sql`select * from towns`);
    assert.deepEqual(rows.map(Object.values), [
      ["Bergen, Norway", "007", 12.5],
      ['a "b"', "8", null],
      ["Oslo", "1", 1],
    ]);
    client.close();
  }

  await data.press("Let the data go");
  await data.upload("dump.sql", dump);
  await data.shows(/dump\.sql was imported/);
  await data.open("towns");
  await data.shows(/of 3 rows/);
  await data.upload("bad.sqlite", "this is no database, and long enough to be looked at");
  await data.shows(/not a database/);
  await data.close();
});

test("hostile names and values are only text", async () => {
  const data = await withTables();
  const name = "<img src=x onerror=alert(1)>";
  const long = "x".repeat(10_000_000);
  await data.upload(
    "__proto__.json",
    JSON.stringify([{ [name]: name, constructor: long, toString: 1 }]),
  );
  await data.open("__proto__");
  await data.shows(/of 1 row\b/);
  const [[first, second]] = await data.cells();
  assert.equal(first, name);
  assert.match(second, /^x{200}… \(10,000,000\)$/);
  assert.equal(await data.page.locator(".grid img").count(), 0);
  await data.close();
});

test("columns are plotted, of the rows that the filter lets through", async () => {
  const { opened, page, press, open, shows } = await withTables();
  await page.fill("#pane-data input[name=rows]", "300");
  await page.selectOption("#pane-data select[name=which]", "all");
  await press("Generate");
  await shows(/users \(300\)/);
  await open("orders");
  await press("Plot");
  const figures = () =>
    page.$$eval(".summaries figure", (all) =>
      all.map((each) => each.innerText.replaceAll(/\s+/g, " ").trim()),
    );
  await page.waitForSelector(".summaries svg");
  const [tables, id, , total] = await figures();
  assert.match(tables, /^Rows of the tables users 300 orders 300$/);
  assert.match(id, /^id 1 300 300 values$/);
  assert.match(total, /^total /);
  const bars = await page.$$eval(".summaries figure:nth-of-type(2) rect title", (all) =>
    all.map((each) => Number(each.textContent.split(": ")[1])),
  );
  assert.equal(bars.length, 20);
  assert.equal(
    bars.reduce((sum, bar) => sum + bar, 0),
    300,
  );

  await page.selectOption("#pane-data select[name=column]", "id");
  await page.selectOption("#pane-data select[name=operator]", "<=");
  await page.fill("#pane-data input[name=value]", "4");
  await press("Filter");
  await page.waitForFunction(() =>
    /id 1 1 2 1 3 1 4 1 4 values/.test(
      document.querySelector(".summaries").innerText.replaceAll(/\s+/g, " "),
    ),
  );
  await press("Plot");
  await page.waitForSelector(".summaries", { state: "detached" });
  assert.deepEqual(opened.problems, []);
  await opened.close();
});
