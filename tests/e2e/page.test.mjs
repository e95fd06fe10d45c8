// The page in a real browser: what a visitor does, and what falls out.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { startPlayground } from "./playground.mjs";

const tutorial = (path) =>
  readFileSync(new URL(`../../web/src/lessons/one-to-one/${path}`, import.meta.url), "utf8");
const schema = tutorial("schema.txt");
const query = tutorial("query.txt");

let playground;
before(async () => {
  playground = await startPlayground();
});
after(() => playground.close());

/** A test on a page of its own, which must end without complaints of the browser. */
function page(name, body, options) {
  it(name, { timeout: 180_000 }, async () => {
    const opened = await playground.open(options);
    try {
      await body(opened);
      assert.deepEqual(opened.problems, []);
    } finally {
      await opened.close();
    }
  });
}

describe("the tutorial's example", () => {
  page("gives the user with the account nested in it", async (opened) => {
    assert.match(await opened.pane("result"), /Created\s+Ada Lovelace\s+with\s+google/);
    const tree = (await opened.tree()).map((line) => line.replace(/\d{4}-\d\d-.*Z$/, "<date>"));
    assert.deepEqual(tree.slice(0, 4), [
      "id 1",
      'name "Ada Lovelace"',
      'email "ada@example.com"',
      "createdAt <date>",
    ]);
    assert.match(tree[4], /^account /);
    assert.deepEqual(tree.slice(5), [
      "  id 1",
      "  userId 1",
      '  provider "google"',
      '  providerAccountId "107691503500061507151"',
      '  accessToken "ya29.a0AfH6SMBx"',
      "  refreshToken null",
      "  createdAt <date>",
    ]);
  });

  page("shows its SQL with parameters, and its tables", async (opened) => {
    const sql = await opened.pane("sql");
    assert.match(sql, /insert into "users" \("name", "email"/);
    assert.match(sql, /\?1\s*"Ada Lovelace"/);
    assert.match(sql, /left join "accounts" as "account"/);
    const ddl = await opened.pane("ddl");
    assert.match(ddl, /create table "accounts"/);
    assert.match(ddl, /on delete cascade/);
  });

  page("can be followed through the stages", async (opened) => {
    await opened.page.click("#tab-trace");
    await opened.page.waitForSelector(".stage");
    const trace = await opened.pane("trace");
    const heads = await opened.page.$$eval("#pane-trace .stage h2", (all) =>
      all.map((head) => head.firstChild.textContent),
    );
    assert.deepEqual(heads, ["sql", "time", "ast", "bound", "plan"], "what most come for is first");
    assert.match(trace, /SEARCH account USING INDEX/);
  });

  page("advises an index, and tries it on the data of the run", async (opened) => {
    const imports = `import { eq } from "drizzle-orm";
      import { db } from "./db";
      import { users } from "./db/schema";`;
    const scan = `await db.select().from(users).where(eq(users.name, "Ada Lovelace"));`;
    await opened.write("query", `${imports}\n${scan}`);
    await opened.run();
    await opened.page.click("#tab-trace");
    await opened.page.waitForSelector(".advice");
    assert.match(
      await opened.pane("trace"),
      /create index "users_name_idx"\s+on "users" \("name"\)/,
    );
    await opened.page.click(".advice button");
    await opened.page.waitForFunction(() =>
      /run .* → .* µs/.test(document.querySelector(".advice [role=status]")?.textContent ?? ""),
    );
  });

  page("works when it is pasted into an empty page", async (opened) => {
    await opened.write("schema", "");
    await opened.write("query", schema);
    await opened.run();
    assert.match(
      await opened.pane("result"),
      /exports createUserWithGoogleAccount, getUserProfile/,
    );
    assert.match(await opened.pane("ddl"), /create table "users"/);
    await opened.write("query", schema + query.replace(/^import.*\n/, ""));
    await opened.run();
    assert.match(await opened.pane("result"), /provider\s*"google"/);
  });

  page("works with the indentation of the document it is copied from", async (opened) => {
    await opened.write("schema", schema.replace(/^(?=.)/gm, "   "));
    await opened.run();
    assert.match(await opened.pane("result"), /provider\s*"google"/);
  });
});

describe("errors stand at the line that caused them", () => {
  const cases = [
    ["a syntax error", "provider: text('provider')", "provider text('provider')", /SyntaxError/],
    ["a method that is none", ".notNull().unique()", ".notNul().unique()", /notNul is not a func/],
    ["a column that is none", "=> users.id,", "=> users.idd,", /users has no column "idd"/],
    [
      "a module that is none",
      "orm/pg-core",
      "orm/mysql-core",
      /No module "drizzle-orm\/mysql-core"/,
    ],
  ];
  for (const [name, right, wrong, message] of cases) {
    page(`${name} in the schema`, async (opened) => {
      const broken = schema.replace(right, wrong);
      const line = broken.split("\n").findIndex((text) => text.includes(wrong)) + 1;
      await opened.write("schema", broken);
      await opened.page.click("#tab-sql");
      await opened.run();
      assert.match(await opened.page.innerText("#pane-sql"), /The queries of a run stand here/);
      assert.match(await opened.page.innerText("#tab-result"), /^Result\s*1 error$/);
      const result = await opened.pane("result");
      assert.match(result, message);
      assert.ok(result.includes(`db/schema.ts:${line}`), result);
      const marked = await opened.marked("schema");
      assert.equal(marked.length, 1);
      assert.ok(marked[0].includes(wrong));

      await opened.write("schema", schema);
      await opened.run();
      assert.match(await opened.status(), /^Done/);
      assert.equal(await opened.page.innerText("#tab-result"), "Result");
      assert.deepEqual(await opened.marked("schema"), []);
    });
  }

  page("an unknown relation, with its code, path and nearest name", async (opened) => {
    const wrong = "with: { acount: true }";
    const call = `await db.query.users.findMany({ ${wrong} });`;
    await opened.write("query", `import { db } from './db';\n\n${call}\n`);
    await opened.run();
    const result = await opened.pane("result");
    for (const part of ["unknown_relation", "query.ts:3", '"account"', "find.with[0]"])
      assert.ok(result.includes(part), `${part} in ${result}`);
    assert.deepEqual(await opened.marked("query"), [call]);
    await opened.page.click("#pane-result .place");
    const active = await opened.page.innerText("#editor .cm-activeLine");
    assert.equal(active, call);
  });

  page("a syntax error is marked while it is typed", async (opened) => {
    await opened.write("query", "const a = ;");
    await opened.page.waitForSelector("#editor .cm-lint-marker-error");
    assert.match(await opened.status(), /^Done/);
  });
});

describe("files", () => {
  page("are added by a name, imported, and removed", async (opened) => {
    const { page: browserPage } = opened;
    await browserPage.click("text=+");
    await browserPage.keyboard.type("no name");
    await browserPage.keyboard.press("Enter");
    assert.equal(await browserPage.locator("#files [role=tab]").count(), 2);
    await browserPage.fill("[placeholder='name.ts']", "helpers/twice.ts");
    await browserPage.keyboard.press("Enter");
    await opened.write("twice.ts", "export const twice = (x: number) => 2 * x;");
    await opened.write("query", "import { twice } from './helpers/twice'; twice(21);");
    await opened.run();
    assert.equal(await browserPage.textContent("#pane-result .single"), "42");
    await opened.show("twice.ts");
    await browserPage.click("[aria-label='Remove helpers/twice.ts']");
    assert.deepEqual((await opened.marked("query")).length, 1);
  });
});

describe("runs", () => {
  page("an endless loop is stopped without losing the page", async (opened) => {
    const loop = "console.log('before');\nwhile (true) {}\n";
    await opened.write("query", loop);
    await opened.page.click("#run");
    await opened.page.waitForFunction(() =>
      document.querySelector("#pane-result").textContent.includes("before"),
    );
    await opened.page.click("#stop");
    assert.equal(await opened.status(), "Stopped");
    assert.ok((await opened.page.innerText("#editor .cm-content")).includes("while (true)"));
    await opened.write("query", query);
    await opened.run();
    assert.match(await opened.pane("result"), /provider\s*"google"/);
  });

  page("each begins with an empty database", async (opened) => {
    for (let round = 0; round < 3; round += 1) {
      await opened.run();
      assert.equal((await opened.tree())[0], "id 1");
    }
  });

  page("start with the keyboard, from an editor and from outside", async (opened) => {
    await opened.write("query", "1 + 1");
    await opened.page.keyboard.press("Control+Enter");
    await opened.page.waitForFunction(
      () => document.querySelector("#pane-result .single")?.textContent === "2",
    );
    await opened.write("query", "2n ** 64n");
    await opened.page.focus("#tab-sql");
    await opened.page.keyboard.press("Control+Enter");
    await opened.page.waitForFunction(
      () => document.querySelector("#pane-result .single")?.textContent === "18446744073709551616n",
    );
  });

  page("show dates, bytes and big integers as what they are", async (opened) => {
    const values = "{ d: new Date(0), b: new Uint8Array([1, 255]), n: 2n ** 63n, u: undefined }";
    await opened.write("query", `export default ${values};`);
    await opened.run();
    assert.deepEqual(await opened.tree(), [
      "d 1970-01-01T00:00:00.000Z",
      "b x'01ff' 2 bytes",
      "n 9223372036854775808n",
      "u undefined",
    ]);
  });
});

describe("the tree and the tabs", () => {
  page("go by the keyboard", async (opened) => {
    const { page: browserPage } = opened;
    await browserPage.focus("#pane-result [role=treeitem][tabindex='0']");
    const focused = () =>
      browserPage.evaluate(() => document.activeElement.querySelector(".key").textContent);
    const expanded = () =>
      browserPage.evaluate(() => document.activeElement.getAttribute("aria-expanded"));
    for (let step = 0; step < 4; step += 1) await browserPage.keyboard.press("ArrowDown");
    assert.equal(await focused(), "account");
    await browserPage.keyboard.press("ArrowLeft");
    assert.equal(await expanded(), "false");
    await browserPage.keyboard.press("ArrowRight");
    await browserPage.keyboard.press("ArrowRight");
    await browserPage.keyboard.press("End");
    assert.equal(await focused(), "createdAt");
    await browserPage.keyboard.press("ArrowLeft");
    assert.equal(await focused(), "account");

    await browserPage.focus("#tab-result");
    await browserPage.keyboard.press("ArrowRight");
    assert.ok(await browserPage.isVisible("#pane-sql"));
    await browserPage.keyboard.press("End");
    assert.ok(await browserPage.isVisible("#pane-lab"));
  });
});

describe("appearance", () => {
  const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
  page(
    "nothing sticks out of a phone",
    async (opened) => {
      for (const name of ["result", "sql", "ddl", "trace"]) {
        await opened.pane(name);
        const width = await opened.page.evaluate(() => document.documentElement.scrollWidth);
        assert.equal(width, phone.viewport.width, name);
      }
    },
    phone,
  );

  const ground = ({ page: browserPage }) =>
    browserPage.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const brightness = (colour) => Math.max(...colour.match(/\d+/g).slice(0, 3).map(Number));
  for (const colorScheme of ["light", "dark"]) {
    page(
      `follows a ${colorScheme} system until the reader chooses`,
      async (opened) => {
        const dark = colorScheme === "dark";
        assert.equal(brightness(await ground(opened)) < 128, dark);
        await opened.page.click("#theme");
        assert.equal(brightness(await ground(opened)) < 128, !dark);
        await opened.page.reload();
        assert.equal(brightness(await ground(opened)) < 128, !dark);
      },
      { colorScheme },
    );
  }
});
