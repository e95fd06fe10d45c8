// What falls out of a run: results as trees, tables and JSON, and the statements that they came from.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startPlayground } from "./playground.mjs";

let playground;
before(async () => {
  playground = await startPlayground();
});
after(() => playground.close());

/** A test on a page of its own, which must end without complaints of the browser. */
function page(name, body, options) {
  it(name, { timeout: 180_000 }, async () => {
    const permissions = ["clipboard-read", "clipboard-write"];
    const opened = await playground.open({ permissions, ...options });
    try {
      await body(opened, opened.page);
      assert.deepEqual(opened.problems, []);
    } finally {
      await opened.close();
    }
  });
}

/** Runs a query file and waits for its end. */
async function run(opened, query) {
  await opened.write("query", query);
  await opened.run();
}

const choose = ({ page: browserPage }, label, pane = "result") =>
  browserPage.click(`#pane-${pane} .choice label:has-text("${label}")`);
const clipboard = ({ page: browserPage }) =>
  browserPage.evaluate(() => navigator.clipboard.readText());
const settle = ({ page: browserPage }) => browserPage.waitForTimeout(120);

const big = `import { db } from './db';
import { sql } from 'drizzle-orm';
await db.all(sql\`with recursive t(id) as (select 0 union all select id + 1 from t where id < 99999)
  select id, 'row ' || id as name, id * 1.5 as price, case when id % 3 = 0 then null else id end as third from t\`);`;

const blog = `import { db } from './db';
import { users, accounts } from './db/schema';
await db.insert(users).values([{ name: 'Ada', email: 'a@x' }, { name: 'Bob', email: 'b@x' }]);
await db.insert(accounts).values([{ userId: 1, provider: 'google', providerAccountId: '1' }]);
await db.query.users.findMany({ with: { account: true } });`;

describe("a result", () => {
  page("is a tree, a table or JSON, as the session remembers", async (opened, browserPage) => {
    await run(opened, blog);
    const header = await browserPage.innerText("#pane-result .value-card header");
    assert.match(header, /query\.ts:5\s+2 rows\s+1 query · [\d.]+ (?:µs|ms)/);
    await choose(opened, "Table");
    const heads = await browserPage.$$eval("#pane-result thead th", (all) =>
      all.map((head) => head.textContent),
    );
    assert.deepEqual(heads, ["Row", "id", "name", "email", "createdAt", "account"]);
    await opened.run();
    assert.equal(await browserPage.locator("#pane-result .table").count(), 1);
    await choose(opened, "JSON");
    await browserPage.waitForSelector("#pane-result .json code");
    const text = await browserPage.innerText("#pane-result .json");
    assert.match(text, /"provider": "google"/);
    assert.match(await browserPage.innerText("#pane-result .foot"), /Dates are ISO strings/);
  });

  page("opens the nested cells of a table in place", async (opened, browserPage) => {
    await run(opened, blog);
    await choose(opened, "Table");
    await browserPage.focus("#pane-result button.cell >> nth=0");
    await browserPage.keyboard.press("Enter");
    await browserPage.waitForSelector("#pane-result .detail");
    assert.match(await browserPage.innerText("#pane-result .detail"), /provider\s*"google"/);
    await browserPage.keyboard.press("Enter");
    assert.equal(await browserPage.locator("#pane-result .detail").count(), 0);
  });

  page("switches by the keyboard", async (opened, browserPage) => {
    await browserPage.focus("#pane-result .choice input:checked");
    await browserPage.keyboard.press("ArrowRight");
    assert.ok(await browserPage.isVisible("#pane-result .table"));
    await browserPage.keyboard.press("ArrowRight");
    assert.ok(await browserPage.isVisible("#pane-result .json"));
  });

  page("copies a node as JSON and as a path", async (opened, browserPage) => {
    await browserPage.focus("#pane-result [role=treeitem][tabindex='0']");
    for (let step = 0; step < 4; step += 1) await browserPage.keyboard.press("ArrowDown");
    await browserPage.keyboard.press("ArrowRight");
    for (let step = 0; step < 2; step += 1) await browserPage.keyboard.press("ArrowDown");
    await browserPage.keyboard.press("p");
    await browserPage.waitForSelector("text=path copied");
    assert.equal(await clipboard(opened), "account.provider");
    await browserPage.keyboard.press("ArrowLeft");
    await browserPage.keyboard.press("c");
    await browserPage.waitForSelector("text=JSON copied");
    const account = JSON.parse(await clipboard(opened));
    assert.equal(account.provider, "google");
    assert.ok(Date.parse(account.createdAt) > 0);

    await run(opened, "[[1, { 'a b': [2] }]]");
    await browserPage.hover("#pane-result [role=treeitem]:has-text('a b') >> nth=-1");
    await browserPage.click("#pane-result [role=treeitem]:hover button:has-text('path')");
    await browserPage.waitForSelector("text=path copied");
    assert.equal(await clipboard(opened), '[0][1]["a b"]');
  });

  page("is JSON that says dates, bytes and big integers as its legend does", async (opened) => {
    const value =
      "{ d: new Date(0), b: new Uint8Array([1, 255]), n: 2n ** 63n, u: undefined, f: [NaN] }";
    await run(opened, `export default ${value};`);
    await opened.page.click("#pane-result [aria-label='Copy this value as JSON']");
    await opened.page.waitForSelector("button:text-is('Copied')");
    assert.deepEqual(JSON.parse(await clipboard(opened)), {
      d: "1970-01-01T00:00:00.000Z",
      b: "x'01ff'",
      n: "9223372036854775808",
      f: [null],
    });
  });
});

describe("100,000 rows", () => {
  /** Scrolls to the end in steps, frame by frame; gives how long the frames took. */
  const scroll = (browserPage, selector) =>
    browserPage.$eval(selector, async (element) => {
      const frames = [];
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      let last = await frame();
      for (let step = 0; step < 120; step += 1) {
        element.scrollTop += step < 60 ? 300 : 40_000;
        const now = await frame();
        frames.push(now - last);
        last = now;
      }
      element.scrollTop = element.scrollHeight;
      return frames.sort((a, b) => a - b);
    });
  const inWords = (frames) =>
    `median ${frames[60].toFixed(1)} ms, 95 % ${frames[114].toFixed(1)} ms, longest ${frames[119].toFixed(1)} ms`;

  for (const [view, selector, rows] of [
    ["Tree", "#pane-result .tree", "[role=treeitem]"],
    ["Table", "#pane-result .table", "tbody tr"],
  ]) {
    it(`scroll to the last as a ${view.toLowerCase()}`, { timeout: 180_000 }, async (context) => {
      const opened = await playground.open();
      const { page: browserPage } = opened;
      await choose(opened, view);
      await opened.write("query", big);
      const took = await browserPage.evaluate(async (where) => {
        const started = performance.now();
        document.querySelector("#run").click();
        while (!document.querySelector(where)?.textContent.includes("row 9"))
          await new Promise((resolve) => requestAnimationFrame(resolve));
        return performance.now() - started;
      }, selector);
      context.diagnostic(`${view}: first rows after ${took.toFixed(0)} ms`);
      await opened.ended();
      assert.match(await browserPage.innerText("#pane-result header"), /100,000 rows/);
      context.diagnostic(`${view}: frames ${inWords(await scroll(browserPage, selector))}`);
      await browserPage.waitForSelector(`${selector} >> text=row 99999`);
      assert.ok((await browserPage.locator(`${selector} ${rows}`).count()) < 500);
      assert.deepEqual(opened.problems, []);
      await opened.close();
    });
  }

  page("are JSON, are copied whole, and go by the keyboard", async (opened, browserPage) => {
    await run(opened, big);
    await browserPage.focus("#pane-result [role=treeitem][tabindex='0']");
    await browserPage.keyboard.press("End");
    await browserPage.waitForFunction(() =>
      document.activeElement.textContent.includes("row 99999"),
    );
    await browserPage.keyboard.press("p");
    await browserPage.waitForSelector("text=path copied");
    assert.equal(await clipboard(opened), "[99999]");
    await browserPage.click("#pane-result [aria-label='Copy this value as JSON']");
    await browserPage.waitForSelector("button:text-is('Copied')");
    const copied = JSON.parse(await clipboard(opened));
    assert.equal(copied.length, 100_000);
    assert.deepEqual(copied[99_999], {
      id: 99999,
      name: "row 99999",
      price: 149998.5,
      third: null,
    });
    await choose(opened, "JSON");
    await browserPage.waitForSelector("#pane-result .json code");
    await browserPage.$eval("#pane-result .json", (json) => (json.scrollTop = json.scrollHeight));
    await browserPage.waitForSelector("#pane-result .json >> text=row 99999");
  });
});

describe("hostile data", () => {
  page("is shown as what it is", async (opened, browserPage) => {
    const markup = "<img src=x onerror=alert(1)>";
    await run(
      opened,
      `import { db } from './db';
import { sql } from 'drizzle-orm';
await db.all(sql.raw(\`select '${markup}' as "<b>bold</b>", 1 as "__proto__", 2 as "constructor",
  char(10) || 'x' as "line
end", null as "", '' as "tree", 9007199254740993 as "big"\`));`,
    );
    const pane = await opened.pane("result");
    assert.ok(pane.includes("<b>bold</b>") && pane.includes(markup), pane);
    assert.ok(pane.includes("9007199254740993"), pane);
    assert.equal(await browserPage.locator("#pane-result :is(img, b)").count(), 0);
    for (const view of ["Table", "JSON"]) {
      await choose(opened, view);
      await settle(opened);
      assert.ok((await opened.pane("result")).includes("<b>bold</b>"), view);
      assert.equal(await browserPage.locator("#pane-result :is(img, b)").count(), 0);
    }
  });

  page("may be long: it is cut with its size, and copied whole", async (opened, browserPage) => {
    const query = `const long = 'ab'.repeat(5 * 1024 * 1024);
const own = JSON.parse('{"__proto__": 1, "toString": 2}');
[{ long, own, many: new Uint8Array(100000) }];`;
    await run(opened, query);
    assert.match(await opened.pane("result"), /10,485,760 characters/);
    await browserPage.click("#pane-result [role=treeitem]:has-text('long') >> nth=-1");
    await browserPage.keyboard.press("c");
    await browserPage.waitForSelector("text=JSON copied");
    assert.equal((await clipboard(opened)).length, 10_485_762);
    for (const view of ["Table", "JSON"]) {
      await choose(opened, view);
      await settle(opened);
    }
    await browserPage.click("#pane-result [aria-label='Copy this value as JSON']");
    await browserPage.waitForSelector("button:text-is('Copied')");
    const copied = await clipboard(opened);
    assert.match(copied, /"__proto__": 1,\s+"toString": 2/);
    assert.equal(JSON.parse(copied)[0].many.length, 200_003);
  });

  page("may have many fields, and rows that differ", async (opened, browserPage) => {
    await run(
      opened,
      `[{ a: 1 }, { b: 2 }, Object.fromEntries(Array.from({ length: 3000 }, (_, i) => ['c' + i, i]))];`,
    );
    await choose(opened, "Table");
    assert.equal(await browserPage.locator("#pane-result thead th").count(), 201);
    assert.match(await opened.pane("result"), /The first 200 columns/);
    await choose(opened, "Tree");
    await browserPage.click("#pane-result [role=treeitem] >> nth=-1");
    await browserPage.keyboard.press("ArrowRight");
    await browserPage.keyboard.press("End");
    await browserPage.waitForSelector("#pane-result [role=treeitem] >> text=c2999");
  });
});

describe("statements", () => {
  page(
    "have their parameters apart or inline, and copy what is shown",
    async (opened, browserPage) => {
      await run(
        opened,
        `import { db } from './db';
import { sql } from 'drizzle-orm';
await db.all(sql\`select \${"it's"} as s, \${-5} as n, 3 -\${-5} as m, \${new Uint8Array([1, 255])} as b, \${null} as z\`);`,
      );
      assert.match(await opened.pane("sql"), /\?1\s+"it's"/);
      await choose(opened, "Inline", "sql");
      const inline = await browserPage.innerText("#pane-sql .statement pre");
      assert.match(inline, /select 'it''s' as s, -5 as n, 3 - -5 as m, x'01ff' as b, null as z/);
      assert.equal(await browserPage.locator("#pane-sql .parameters").count(), 0);
      await browserPage.click("#pane-sql [aria-label='Copy this SQL']");
      await browserPage.waitForSelector("button:text-is('Copied')");
      assert.equal(await clipboard(opened), inline);
      const params = await opened.page.evaluate(() => sessionStorage.getItem("virga-parameters"));
      assert.equal(params, "inline");
    },
  );

  page("are shown for PostgreSQL as far as that is true", async (opened, browserPage) => {
    await run(opened, `${blog}\nawait db.select().from(users).limit(1).offset(1);`);
    await opened.pane("sql");
    await choose(opened, "PostgreSQL", "sql");
    const text = await opened.pane("sql");
    assert.match(text, /functions and values are not translated/);
    assert.match(text, /like minds case, and null is the greatest/);
    assert.match(text, /values \(\$1, \$2/);
    assert.match(text, /limit \$1\s+offset \$2/);
    assert.doesNotMatch(text, /\?1/);
    const ddl = await opened.pane("ddl");
    assert.match(ddl, /CREATE TABLE "users"/);
    assert.match(ddl, /"id" SERIAL PRIMARY KEY/);
    await opened.write(
      "schema",
      "import { sqliteTable, integer } from 'drizzle-orm/sqlite-core';\nexport const t = sqliteTable('t', { id: integer().primaryKey() });",
    );
    await run(opened, "1");
    assert.match(await opened.pane("ddl"), /of sqlite-core/);
    await choose(opened, "SQLite", "ddl");
    assert.match(await opened.pane("ddl"), /create table "t"/);
    assert.ok(await browserPage.isVisible("#pane-ddl .card"));
  });
});

describe("a result and its statements point at each other", () => {
  const nested = (opened) => opened.lesson("one-to-many");

  page("in the card", async (opened, browserPage) => {
    await nested(opened);
    await browserPage.click("#pane-result header [aria-expanded]");
    const body = "#pane-result [role=treeitem]:has-text('I felt a drop') >> nth=-1";
    await browserPage.hover(body);
    await browserPage.waitForSelector("#pane-result .origin >> text=posts.comments");
    const origin = await browserPage.innerText("#pane-result .origin");
    assert.match(origin, /^posts\.comments: statement 3 of \d of query 4, once for all rows$/);
    assert.match(await browserPage.innerText("#pane-result pre.pointed"), /from "comments"/);

    await browserPage.hover("#pane-result .statements pre >> nth=1");
    await browserPage.waitForSelector("#pane-result .marked");
    const marked = await browserPage.$$eval("#pane-result .marked .key", (keys) =>
      keys.map((key) => key.textContent),
    );
    assert.ok(marked.includes("title") && !marked.includes("body"), String(marked));
  });

  page("a relation that is joined says so", async (opened, browserPage) => {
    await browserPage.hover("#pane-result [role=treeitem]:has-text('provider') >> nth=-1");
    await browserPage.waitForSelector("#pane-result .origin >> text=account");
    assert.equal(
      await browserPage.innerText("#pane-result .origin"),
      "account: the statement of query 4, by a join",
    );
  });

  page("across the panes, by the keyboard too", async (opened, browserPage) => {
    await nested(opened);
    await browserPage.click("#pane-result [role=treeitem]:has-text('title') >> nth=-1");
    await settle(opened);
    // A pointer that rests on a statement points at it, too.
    await browserPage.mouse.move(5, 5);
    await browserPage.focus("#tab-sql");
    await browserPage.keyboard.press("Enter");
    await browserPage.focus("#pane-sql .queries li:last-child .statement:nth-of-type(2) pre");
    await browserPage.waitForSelector("#pane-sql .statement.pointed >> text=posts");
    await browserPage.keyboard.press("Tab");
    await browserPage.keyboard.press("Enter");
    await browserPage.waitForSelector("#pane-result .marked");
    assert.ok(await browserPage.isVisible("#pane-result"));
  });
});

describe("a run that is gone", () => {
  page("leaves what was in sight, and says what is not here", async (opened, browserPage) => {
    await opened.write(
      "query",
      `${big.replace("await", "export const rows = await")}
console.log(rows); while (true) {}`,
    );
    await browserPage.click("#run");
    await browserPage.waitForSelector("#pane-result .tree >> text=row 0");
    await browserPage.click("#stop");
    await browserPage.$eval("#pane-result .tree", (tree) => (tree.scrollTop = tree.scrollHeight));
    await browserPage.waitForSelector("#pane-result .tree >> text=not here");
    assert.match(await opened.pane("result"), /the database of this run is gone/);
  });
});

describe("a narrow screen", () => {
  const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
  page(
    "holds every view",
    async (opened, browserPage) => {
      for (const view of ["Table", "JSON", "Tree"]) {
        await choose(opened, view);
        const width = await browserPage.evaluate(() => document.documentElement.scrollWidth);
        assert.equal(width, phone.viewport.width, view);
      }
      const sticking = await browserPage.$$eval(
        "#pane-result .card header > *, #pane-result .foot > *",
        (all) => all.filter((item) => item.getBoundingClientRect().right > 360).length,
      );
      assert.equal(sticking, 0);

      await run(
        opened,
        "import { db } from './db';\nimport { users } from './db/schema';\nawait db.select().from(users);",
      );
      await opened.pane("sql");
      const lines = await browserPage.$$eval("#pane-sql header .quiet", (all) =>
        all.map((button) => Math.round(button.getBoundingClientRect().bottom)),
      );
      assert.equal(lines.length, 2);
      assert.equal(new Set(lines).size, 1, "what a query's head offers stands in one line");
    },
    phone,
  );
});
