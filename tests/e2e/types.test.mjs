// TypeScript in the editor: what is underlined, shown, completed, found, renamed and formatted.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { startPlayground } from "./playground.mjs";

let playground;
before(async () => {
  playground = await startPlayground();
});
after(() => playground.close());

/** Waits until a file's underlined texts are these. */
async function underlined(opened, file, texts) {
  await opened.show(file);
  await opened.page.waitForFunction(
    (wanted) =>
      JSON.stringify(
        [...document.querySelectorAll("#editor .cm-lintRange-error")].map(
          (each) => each.textContent,
        ),
      ) === JSON.stringify(wanted),
    texts,
  );
}

/** Puts the cursor right before the n-th occurrence of a text in the file that is shown. */
async function cursorAt({ page }, text, n = 0) {
  const index = (await page.innerText("#editor .cm-content"))
    .split(text)
    .slice(0, n + 1)
    .join(text);
  const lines = index.split("\n");
  await page.click("#editor .cm-content");
  await page.keyboard.press("Control+Home");
  for (let line = 1; line < lines.length; line += 1) await page.keyboard.press("ArrowDown");
  for (let column = 0; column < lines.at(-1).length; column += 1)
    await page.keyboard.press("ArrowRight");
}

const schema = `// db/schema.ts
import { relations } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
export const users = sqliteTable("users", { id: integer().primaryKey(), name: text().notNull() });
export const posts = sqliteTable("posts", { id: integer().primaryKey(), userId: integer(), title: text() });
export const usersRelations = relations(users, ({ many }) => ({ posts: many(posts) }));
export const postsRelations = relations(posts, ({ one }) => ({
  user: one(users, { fields: [posts.userId], references: [users.id] }),
}));`;

/** A page with a schema and a query, and TypeScript there. */
async function withQuery(query, options) {
  const opened = await playground.open(options);
  await opened.write("schema", schema);
  await opened.write("query", `${query}\nconst wrong: number = "";`);
  await underlined(opened, "query", ["wrong"]);
  await opened.write("query", query);
  await underlined(opened, "query", []);
  return opened;
}

test("it is loaded after the first result, and not before", async () => {
  const opened = await playground.open();
  const asked = [];
  const address = opened.page.url();
  await opened.page.goto("about:blank");
  opened.page.on("request", (request) => asked.push(request.url()));
  await opened.page.goto(address);
  await opened.ended();
  const files = asked.map((url) => url.replace(/.*\//, ""));
  const large = asked.filter((url) => {
    const path = new URL(url).pathname.replace("/playground/", "");
    if (!path.startsWith("assets/")) return false;
    return (
      statSync(fileURLToPath(new URL(`../../build/page/${path}`, import.meta.url))).size > 1.5e6
    );
  });
  assert.deepEqual(large, [], `${files}`);
  assert.ok(!files.some((name) => name.startsWith("declarations")), `${files}`);
  await opened.write("query", "const n: number = 'x';");
  await underlined(opened, "query", ["n"]);
  await opened.close();
});

test("the tutorial has no type errors, and its user.invalid is underlined with the reason", async () => {
  const tutorial = (path) =>
    readFileSync(new URL(`../../web/src/lessons/one-to-one/${path}`, import.meta.url), "utf8");
  const opened = await playground.open();
  await opened.write(
    "query",
    `${tutorial("query.txt")}\nconst user = (await getUserProfile(1))!;\nuser.invalid;`,
  );
  await underlined(opened, "query", ["invalid"]);
  await underlined(opened, "schema", []);
  await opened.show("query");
  assert.match(
    await opened.pointed("#editor .cm-lintRange-error", ".cm-tooltip-lint"),
    /Property 'invalid' does not exist on type '\{ id: number;/,
  );
  assert.deepEqual(opened.problems, []);
  await opened.close();
});

test("lessons are free of type errors, but for those about errors", async () => {
  const folder = new URL("../../web/src/lessons/", import.meta.url);
  const names = readdirSync(folder).filter((name) => !name.includes("."));
  const wrong = { errors: ["reading"], "type-safety": ["invalid", "age"] };
  const opened = await playground.open();
  for (const name of names) {
    const text = (file) => readFileSync(new URL(`${name}/${file}.txt`, folder), "utf8");
    await opened.write("schema", text("schema"));
    // A mistake that is put in and found shows that the lesson was looked at.
    await opened.write("query", `${text("query")}\nconst wrong: number = "";`);
    await underlined(opened, "query", [...(wrong[name] ?? []), "wrong"]);
    await underlined(opened, "schema", []);
  }
  await opened.close();
});

test("the tutorial's example of type safety is underlined where the tutorial says so", async () => {
  const opened = await playground.open();
  await opened.write(
    "query",
    `import { db } from './db';
import { users, accounts } from './db/schema';

async function example() {
  const user = await db.query.users.findFirst({
    with: { account: true }
  });
  user?.id
  user?.name
  user?.email
  user?.account
  user?.invalid
  await db.insert(users).values({
    name: 'Bob',
    email: 'bob@example.com',
    age: 30
  });
}`,
  );
  await underlined(opened, "query", ["invalid", "age"]);
  await opened.run();
  assert.match(await opened.status(), /^Done/);
  await opened.close();
});

test("members of what may be undefined are completed with ?.", async () => {
  const opened = await withQuery(
    `import { db } from "./db";\nconst found = await db.query.users.findFirst();\n`,
  );
  const { page } = opened;
  await page.click("#editor .cm-content");
  await page.keyboard.press("Control+End");
  await page.keyboard.type("found.na");
  await page.waitForFunction(
    () => document.querySelector("[aria-selected] .cm-completionLabel")?.textContent === "name",
  );
  await page.waitForFunction(() => {
    const note = document.querySelector(".cm-completionInfo");
    if (!note) return false;
    const { x, y, width, height } = note.getBoundingClientRect();
    return note.contains(document.elementFromPoint(x + width / 2, y + height / 2));
  });
  // What was offered just now is not taken at once, lest it be taken by mistake.
  await page.waitForTimeout(100);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() =>
    document.querySelector(".cm-content").innerText.endsWith("\nfound?.name"),
  );
  await opened.close();
});

test("without its declarations the page works, and words of the file complete", async () => {
  const opened = await playground.open();
  const { page, problems } = opened;
  await page.route(/declarations/, (route) => route.abort());
  const warned = page.waitForEvent("console", (each) => /Types are not shown/.test(each.text()));
  await page.reload();
  await opened.ended();
  await warned;
  await opened.write("query", "const cloudburst = 1;\n");
  await page.keyboard.type("clo");
  await page.waitForSelector('.cm-completionLabel:has-text("cloudburst")');
  await page.waitForTimeout(100);
  await page.keyboard.press("Enter");
  await opened.run();
  assert.match(await opened.status(), /^Done/);
  assert.deepEqual(
    problems.filter((each) => !/ERR_FAILED/.test(each)),
    [],
  );
  await opened.close();
});

test("the type of a result is a plain object", async () => {
  const opened = await withQuery(
    `import { db } from "./db";\nconst found = await db.query.users.findMany({ with: { posts: true } });\nfound;`,
  );
  const text = await opened.pointed("#editor .cm-line:last-child span", ".type-card");
  assert.match(
    text.replace(/\s+/g, " "),
    /const found: \{ id: number; name: string; posts: \{ id: number; userId: number \| null; title: string \| null; \}\[\]; \}\[\]/,
  );
  await opened.close();
});

test("columns and relations are completed, and calls show their signature", async () => {
  const opened = await withQuery(
    `import { db } from "./db";\nimport { users } from "./db/schema";\n`,
  );
  const { page } = opened;
  const offers = (...wanted) =>
    page.waitForFunction((names) => {
      const labels = [...document.querySelectorAll(".cm-completionLabel")];
      return names.every((name) => labels.some((label) => label.textContent === name));
    }, wanted);
  await page.click("#editor .cm-content");
  await page.keyboard.press("Control+End");
  await page.keyboard.type("await db.query.");
  await offers("posts", "users");
  await page.keyboard.type("users.findMany({ with: { ");
  await page.keyboard.press("Control+Space");
  await offers("posts");
  assert.equal(await page.locator(".cm-completionLabel").count(), 1);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+End");
  await page.keyboard.type("\nusers.");
  await offers("id", "name");
  await page.keyboard.press("Escape");
  await opened.write(
    "query",
    `import { eq } from "drizzle-orm";\nimport { users } from "./db/schema";\n`,
  );
  await page.keyboard.type("eq(users.id, ");
  await page.waitForSelector(".signature strong");
  assert.match(await page.innerText(".signature"), /^eq/);
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !document.querySelector(".signature"));
  await opened.close();
});

test("F12 goes to the declaration in another file, F2 renames in all of them", async () => {
  const opened = await withQuery(
    `import { db } from "./db";\nimport { users } from "./db/schema";\nawait db.select().from(users);`,
  );
  const { page } = opened;
  await cursorAt(opened, "users", 1);
  await page.keyboard.press("F12");
  await page.waitForFunction(() =>
    /sqliteTable/.test(document.querySelector(".cm-activeLine").textContent),
  );
  assert.match(await page.innerText("#files [aria-selected=true]"), /schema/);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("F2");
  await page.waitForSelector(".rename input");
  await page.keyboard.type("people");
  await page.keyboard.press("Enter");
  await page.waitForFunction(
    () =>
      /many\(posts\)/.test(document.querySelector(".cm-content").textContent) &&
      /relations\(people/.test(document.querySelector(".cm-content").textContent),
  );
  await opened.show("query");
  assert.match(await page.innerText("#editor .cm-content"), /from\(people\)/);
  await underlined(opened, "query", []);
  await opened.run();
  assert.match(await opened.status(), /^Done/);
  assert.deepEqual(opened.problems, []);
  await opened.close();
});

test("Shift+Alt+F formats", async () => {
  const opened = await withQuery("const a={b:1 ,c :2}\nif(a.b){a.c=  3}");
  await opened.page.click("#editor .cm-content");
  await opened.page.keyboard.press("Shift+Alt+F");
  await opened.page.waitForFunction(() =>
    document
      .querySelector(".cm-content")
      .innerText.includes("const a = { b: 1, c: 2 }\nif (a.b) { a.c = 3 }"),
  );
  await opened.close();
});
