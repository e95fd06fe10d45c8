// The stepper: what began, ran, was undone and was kept, with the rows before and after each step.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPlayground } from "./playground.mjs";

let playground;
before(async () => {
  playground = await startPlayground();
});
after(() => playground.close());

const schema = `import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
export const users = sqliteTable("users", { id: integer().primaryKey(), name: text().notNull() });
export const logs = sqliteTable("logs", { id: integer().primaryKey(), what: text() });
`;
const head = `import { db } from "./db";
import { users, logs } from "./db/schema";
import { eq, sql } from "drizzle-orm";
`;

async function ran(query) {
  const opened = await playground.open();
  await opened.write("schema", schema);
  await opened.write("query", head + query);
  await opened.run();
  await opened.pane("transactions");
  return opened;
}

/** Lines of the list: depth, what, tally. */
const steps = (page) =>
  page.$$eval("#pane-transactions .step", (list) =>
    list.map((step) => {
      const [what, tally] = [...step.children].map((part) => part.textContent.trim());
      const depth = step.style.getPropertyValue("--depth");
      return `${depth} ${what}${tally ? ` ${tally}` : ""}`.replaceAll('"', "");
    }),
  );

/** Rows of the tables at the step that is shown: sign and cells. */
const rows = (page) =>
  page.$$eval("#pane-transactions .stepped", (tables) =>
    tables.map((table) => [
      table.querySelector("caption").textContent.trim().replaceAll(/\s+/g, " "),
      ...[...table.querySelectorAll("tbody tr")].map((row) =>
        [...row.cells]
          .map((cell) => cell.textContent.trim())
          .join(" ")
          .trim(),
      ),
    ]),
  );

test("each step of a transaction, and of one inside of it that is undone", async () => {
  const opened = await ran(`
await db.insert(users).values([{ name: "Ada" }, { name: "Grace" }]);
await db.transaction(async (tx) => {
  await tx.insert(users).values({ name: "Edsger" });
  await tx.update(users).set({ name: "Ada L." }).where(eq(users.id, 1));
  await tx.select().from(users);
  try {
    await tx.transaction(async (inner) => {
      await inner.delete(users).where(eq(users.id, 2));
      await inner.insert(logs).values({ what: "gone" });
      inner.rollback();
    });
  } catch {}
});
await db.select().from(users);`);
  const { page } = opened;
  assert.deepEqual(await steps(page), [
    "0 begin",
    "1 insert into users (name) values (?1) +1",
    "1 update users set name = ?1 where users.id = ?2 ~1",
    "1 select id, name from users",
    "1 savepoint",
    "2 delete from users where users.id = ?1 −1",
    "2 insert into logs (what) values (?1) +1",
    "1 rollback to +1 −1",
    "0 commit",
  ]);
  assert.deepEqual(await rows(page), [
    ["users", '1 "Ada"', '2 "Grace"', "· ·"],
    ["logs", "· ·"],
  ]);
  await page.focus("#pane-transactions .step[aria-current=step]");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.deepEqual((await rows(page))[0], [
    "users",
    '~ 1 "Ada" "Ada L."',
    '2 "Grace"',
    '3 "Edsger"',
  ]);
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowUp");
  assert.match(await page.innerText(".step-card"), /TransactionRollbackError/);
  assert.deepEqual(await rows(page), [
    ["users 2 → 3 rows", '1 "Ada L."', '+ 2 "Grace"', '3 "Edsger"'],
    ["logs 1 → 0 rows", '− 1 "gone"'],
  ]);
  await page.click(".stepper >> text=First");
  assert.match(await page.innerText(".stepper"), /Step 1 of 9/);
  assert.deepEqual(opened.problems, []);
  await opened.close();
});

test("a failed statement rolls back; transactions as SQL are followed, too", async () => {
  const opened = await ran(`
await db.insert(users).values({ id: 1, name: "Ada" });
try {
  await db.transaction(async (tx) => {
    await tx.insert(users).values({ name: "Grace" });
    await tx.insert(users).values({ id: 1, name: "Again" });
  });
} catch {}
db.run(sql\`begin immediate\`);
db.run(sql\`delete from users\`);
db.run(sql\`rollback\`);
await db.select().from(users);`);
  const { page } = opened;
  assert.deepEqual(await steps(page), [
    "0 begin",
    "1 insert into users (name) values (?1) +1",
    "1 insert into users (id, name) values (?1, ?2) failed",
    "0 rollback −1",
    "1 begin immediate",
    "1 delete from users −1",
    "1 rollback +1",
  ]);
  await page.click(".step >> text=failed");
  assert.match(await page.innerText(".step-card"), /another row of "users" has the same/);
  await page.click(".step-card .place");
  assert.match(await page.innerText(".cm-activeLine"), /Again/);
  assert.match(await page.innerText("#tab-transactions"), /2$/);
  await opened.close();
});

test("large tables are counted, many steps are cut, and runs without any say so", async () => {
  const opened = await ran(`
await db.run(sql\`with recursive n(i) as (select 1 union all select i + 1 from n where i < 1500)
  insert into users select i, 'n' || i from n\`);
await db.transaction(async (tx) => {
  await tx.delete(users).where(eq(users.id, 7));
  for (let i = 0; i < 300; i += 1) await tx.insert(logs).values({ what: "x" });
});`);
  const { page } = opened;
  assert.equal((await steps(page)).length, 200);
  assert.match(await page.innerText("#pane-transactions"), /Only the first 200 steps/);
  await page.click(".stepper >> text=Next");
  assert.match(
    await page.innerText(".step-card"),
    /users 1500 → 1499 rows\. It has more than 1,000 rows/,
  );
  await opened.write("query", `${head}await db.select().from(users);`);
  await opened.run();
  assert.match(await opened.pane("transactions"), /This run began no transaction/);
  assert.deepEqual(opened.problems, []);
  await opened.close();
});
