// The page without a network: it is kept when its first result is there, whole; a newer one is announced, and waits.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { built, startPlayground } from "./playground.mjs";

/** Waits until the page is kept. */
const kept = (page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
const typed = (page) => page.waitForSelector("#editor .cm-typed");

test("what was opened once opens without a network, runs, and knows types", async (t) => {
  const playground = await startPlayground();
  t.after(() => playground.close());
  const opened = await playground.open();
  const { page } = opened;
  await kept(page);
  const guide = new URL("docs/index.html", page.url()).href;
  const reading = await page.context().newPage();
  await reading.goto(guide);
  const words = await reading.innerText("body");
  playground.unplug();
  await reading.reload();
  assert.equal(await reading.innerText("body"), words, "documents as they were seen last");
  await assert.rejects(page.evaluate(() => fetch("unknown.txt")));

  await page.reload();
  await opened.ended();
  assert.match(await opened.status(), /^Done/);
  await opened.write(
    "query",
    "import { db } from './db';\nconst wrong: string = 1;\nawait db.query.users.findMany();",
  );
  await typed(page);
  await opened.run();
  assert.match(await opened.status(), /^Done/);
});

test("it can be installed", async (t) => {
  const playground = await startPlayground();
  t.after(() => playground.close());
  const opened = await playground.open();
  const session = await opened.page.context().newCDPSession(opened.page);
  const { data, errors } = await session.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
  const { icons, start_url: start } = JSON.parse(data);
  assert.equal(start, "./");
  for (const { src, type } of icons) {
    const response = await opened.page.request.get(new URL(src, opened.page.url()).href);
    assert.equal(response.headers()["content-type"], type);
  }
  await kept(opened.page);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  // Browsers install nothing from a window without a profile.
  const others = installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito");
  assert.deepEqual(others, []);
});

test("a newer version waits until the reader wants it", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "virga-page-"));
  t.after(() => rmSync(folder, { recursive: true }));
  cpSync(built, folder, { recursive: true });
  const playground = await startPlayground(folder);
  t.after(() => playground.close());
  const opened = await playground.open();
  const { page } = opened;
  await kept(page);
  const change = (name, from, to) => {
    const file = join(folder, name);
    const text = readFileSync(file, "utf8");
    assert.ok(from.test(text));
    writeFileSync(file, text.replace(from, to));
  };
  change("index.html", /<h1>Virga<\/h1>/, "<h1>Virga 2</h1>");
  change("service-worker.js", /[0-9a-f]{16}/, "0123456789abcdef");
  await page.reload();
  await opened.ended();
  assert.equal(await page.innerText("h1"), "Virga");
  await page.waitForSelector(".update");
  await page.click(".update >> text=Later");
  assert.equal(await page.locator(".update").count(), 0);

  await page.reload();
  await page.click(".update >> text=Use it");
  await page.waitForSelector("h1:has-text('Virga 2')");
  await opened.ended();
  assert.equal(await page.locator(".update").count(), 0);
  const caches = await page.evaluate(() => window.caches.keys());
  assert.equal(caches.length, 1);
  assert.deepEqual(opened.problems, []);
});
