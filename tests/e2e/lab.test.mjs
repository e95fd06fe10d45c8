// The migration lab: a database with rows is kept, the schema changes, and the rows get there.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { unzipSync } from "fflate";
import { drizzle, open } from "virga";
import { migrate } from "virga/migrator";
import { startPlayground } from "./playground.mjs";

let playground;
before(async () => {
  playground = await startPlayground();
});
after(() => playground.close());

const schema = (users, extra = "") => `// db/schema.ts
import { sqliteTable, integer, text } from "drizzle-orm/sqlite-core";
export const users = sqliteTable("users", { id: integer().primaryKey(), ${users} });
export const posts = sqliteTable("posts", {
  id: integer().primaryKey(),
  userId: integer("user_id").references(() => users.id, { onDelete: "cascade" }),${extra}
});`;
const query = `// main.ts
import { db } from "./db";
import { users, posts } from "./db/schema";
await db.insert(users).values([{ id: 1, name: "Ada" }, { id: 2 }]);
await db.insert(posts).values([{ id: 1, userId: 1 }, { id: 2, userId: 2 }]);`;

test("a rename is asked for, rows in the way are shown, rows get there and back", async () => {
  const opened = await playground.open();
  const { page } = opened;
  const press = (name) => page.getByRole("button", { name, exact: true }).click();
  const lab = async (pattern) => {
    await page.waitForFunction(
      (source) => new RegExp(source).test(document.querySelector("#pane-lab").textContent),
      pattern.source,
    );
    return page.textContent("#pane-lab");
  };
  await opened.write("schema", schema("name: text()", " likes: integer(),"));
  await opened.write("query", query);
  await opened.run();
  await page.click("#tab-lab");
  await press("Take the data of the last run");
  await lab(/2 tables, 4 rows/);
  await press("Look at the changes");
  await lab(/Nothing differs/);

  await opened.write("schema", schema(`fullName: text("full_name").notNull()`));
  await press("Look at the changes");
  await lab(/Column users\.full_name was/);
  await page.selectOption("#pane-lab select", "=name");
  await press("Look at the changes");
  const blocked = await lab(/becomes not null, and has no default/);
  assert.match(blocked, /1 row: 2/);
  assert.ok(await page.getByRole("button", { name: "Apply" }).isDisabled());

  await opened.write("schema", schema(`fullName: text("full_name").notNull().default("?")`));
  await press("Look at the changes");
  await lab(/gets the default/);
  await press("Apply");
  assert.match((await lab(/Applied/)).replace(/\s/g, ""), /posts22users22/);
  const data = async (pattern) => {
    await page.click("#tab-data");
    await page.selectOption("#data-table", "users");
    await page.waitForFunction(
      (source) => new RegExp(source).test(document.querySelector(".grid").innerText),
      pattern.source,
    );
    await page.click("#tab-lab");
  };
  await data(/full_name[^]*Ada/);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    press("Download the migrations"),
  ]);
  const folder = mkdtempSync(join(tmpdir(), "virga-lab-"));
  for (const [path, bytes] of Object.entries(unzipSync(readFileSync(await download.path())))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const client = await open();
  migrate(drizzle(client), { migrationsFolder: join(folder, "drizzle") });
  const columns = client
    .prepare("select name from pragma_table_info('users')")
    .all()
    .map(({ name }) => name);
  assert.deepEqual(columns, ["id", "full_name"]);
  client.close();
  rmSync(folder, { recursive: true });

  await press("Undo");
  await page.waitForFunction(
    () => !/Applied/.test(document.querySelector("#pane-lab").textContent),
  );
  await data(/\sname[^]*Ada/);
  assert.deepEqual(opened.problems, []);
  await opened.close();
});

test("work that takes long can be cancelled, and nothing is changed", async () => {
  const opened = await playground.open();
  const { page } = opened;
  const press = (name) => page.getByRole("button", { name, exact: true }).click();
  await opened.write("schema", schema("name: text()", " likes: integer(),"));
  await opened.write("query", query);
  await opened.run();
  await page.click("#tab-lab");
  await press("Take the data of the last run");
  await page.waitForSelector("text=2 tables, 4 rows");
  await opened.write("schema", `${schema("name: text()")}\nfor (;;) {}`);
  await press("Look at the changes");
  await page.waitForSelector("#pane-lab progress");
  await press("Cancel");
  await page.waitForSelector("text=Cancelled: nothing was changed.");
  assert.equal(await page.locator("#pane-lab progress").count(), 0);
  assert.match(await page.innerText("#pane-lab"), /2 tables, 4 rows/);

  await opened.write("schema", schema("name: text()", " likes: integer(),"));
  await press("Look at the changes");
  await page.waitForSelector("text=Nothing differs");
  await opened.close();
});
