// The page in another engine: what it needs of a browser is in Firefox too.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { listen, staticServer } from "../../scripts/serve.mjs";
import { startFirefox } from "./firefox.mjs";
import { built } from "./playground.mjs";

const [control, enter] = ["\uE009", "\uE007"];
const server = staticServer(built);
let page;
let url;
before(
  async () => {
    url = String(await listen(server, 8400));
    page = await startFirefox();
  },
  { timeout: 120_000 },
);
after(async () => {
  await page?.close();
  server.close();
  server.closeAllConnections();
});

const ended = () => page.until("/^(?:done|failed)$/.test(document.body.dataset.state)");
const shows = (pane, pattern) =>
  page.until(`${pattern}.test(document.querySelector("#pane-${pane}").textContent)`);

test("the first result is there without a hand", async () => {
  await page.goto(url);
  await ended();
  assert.match(await page.text("#status"), /^Done/);
  assert.match(await page.text("#pane-result"), /Ada Lovelace[^]*account[^]*google/);
});

test("a query that is typed runs by its key, and its types are looked at", async () => {
  await page.evaluate("document.querySelector('#editor .cm-content').focus()");
  await page.type(`${control}a`, true);
  await page.type("import { db } from './db';\nimport { users } from './db/schema';\n");
  await page.type(
    "await db.insert(users).values({ name: 'Eve', email: 'e@x' }).onConflictDoNothing();\n",
  );
  await page.type("await db.query.users.findMany();\nconst wrong: number = '';");
  await page.type(control + enter, true);
  await shows("result", /"Eve"/);
  assert.match(await page.text("#status"), /^Done/);
  await page.until(
    "document.querySelector('#editor .cm-lintRange-error')?.textContent === 'wrong'",
  );
});

test("every pane has something to show", async () => {
  const patterns = {
    sql: /insert into "users"/,
    schema: /2 tables, 1 relation/,
    ddl: /create table "users"/,
    trace: /names became columns/,
    transactions: /began no transaction/,
    lab: /Look at the data/,
  };
  for (const [pane, pattern] of Object.entries(patterns)) {
    await page.click(`#tab-${pane}`);
    await shows(pane, pattern);
  }
  await page.click("#tab-data");
  await page.evaluate(
    "[...document.querySelectorAll('#pane-data button')].find((each) => /last run/.test(each.textContent)).click()",
  );
  await shows("data", /users \(1\)/);
});

test("a link shows the code first, and runs in its cage", async () => {
  await page.click("#share");
  await page.until("document.querySelector('#share-link').value.includes('#v1.')");
  const link = await page.evaluate("document.querySelector('#share-link').value");
  await page.goto("about:blank");
  await page.goto(link);
  await page.until("/Not run yet/.test(document.querySelector('#status').textContent)");
  await page.click("#tab-result");
  await page.click("#run");
  await shows("result", /"Eve"/);
  assert.deepEqual(page.problems, []);
});
