// Playgrounds are kept across reloads, travel in links, and open as frames and as projects.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { unzipSync } from "fflate";
import { startPlayground } from "./playground.mjs";

let playground;
before(async () => {
  playground = await startPlayground();
});
after(() => playground.close());

const kept = (page, name) =>
  page.waitForFunction((text) => document.querySelector("#shelf").textContent === text, name);

const single = (page, text) =>
  page.waitForFunction(
    (wanted) => document.querySelector("#pane-result .single")?.textContent === wanted,
    text,
  );

/** The address that the Share dialog gives. */
async function link(page) {
  await page.click("#share");
  await page.waitForFunction(() => document.querySelector("#share-link").value.includes("#v1."));
  const address = await page.inputValue("#share-link");
  await page.keyboard.press("Escape");
  return address;
}

test("what is changed is kept, under names, with the data and what is open", async () => {
  const opened = await playground.open();
  const { page } = opened;
  assert.match(await page.textContent("#shelf"), /not kept/);
  await opened.write("query", "1 + 41;");
  await kept(page, "One user, one account");
  await page.reload();
  await single(page, "42");

  await page.click("#shelf");
  await page.fill("dialog[open] input[name=name]", "Mine");
  await page.click("dialog[open] form.buttons button");
  await kept(page, "Mine");
  await page.keyboard.press("Escape");
  await opened.lesson("one-to-many");
  assert.equal(await page.textContent("#shelf"), "Posts and comments, nested (not kept)");
  await page.click("#tab-data");
  await page.getByRole("button", { name: "Make the schema's tables" }).click();
  await kept(page, "Posts and comments, nested");
  await page.waitForTimeout(600);
  await page.reload();
  await page.waitForSelector("#pane-data .grid");
  assert.ok(await page.isVisible("#pane-data"), "the pane that was open is open");

  await page.click("#shelf");
  await page.click("dialog[open] li button:has-text('Mine')");
  await kept(page, "Mine");
  await page.click("#tab-result");
  await single(page, "42");
  await page.click("#shelf");
  await page.click("dialog[open] [aria-label='Delete Mine']");
  await page.waitForFunction(() => !/Mine/.test(document.querySelector(".shelf").textContent));
  assert.deepEqual(opened.problems, []);
  await opened.close();
});

test("a link carries everything, shows the code first, and is stopped in time", async () => {
  const author = await playground.open();
  await author.page.click("#tab-data");
  await author.page.getByRole("button", { name: "Take that of the last run" }).click();
  await author.page.waitForSelector(".grid");
  await author.write("query", "import { data } from 'playground/data'; data.length > 1000;");
  await author.page.click("text=+");
  await author.page.fill("[placeholder='name.ts']", "extra.ts");
  await author.page.keyboard.press("Enter");
  await author.write("extra.ts", "export const endless = () => { for (;;); };");
  await author.page.click("#tab-sql");
  const address = await link(author.page);
  await author.close();

  const reader = await playground.open();
  const { page } = reader;
  await page.goto("about:blank");
  await page.goto(address);
  await page.waitForFunction(() =>
    /Not run yet/.test(document.querySelector("#status").textContent),
  );
  assert.ok(await page.isVisible("#pane-sql"));
  assert.match(await reader.pane("result"), /came by a link and was not run/);
  assert.equal(await page.locator("#files [role=tab]").count(), 3);
  await reader.run();
  await single(page, "true");
  assert.match(await page.textContent("#shelf"), /From a link \(not kept\)/);

  await reader.write("query", "import { endless } from './extra'; endless();");
  await page.waitForTimeout(600);
  await page.goto("about:blank");
  await page.goto(address);
  await page.waitForFunction(() =>
    /Not run yet/.test(document.querySelector("#status").textContent),
  );
  await reader.show("query.ts");
  assert.match(await page.textContent("#editor .cm-content"), /data\.length/);
  assert.deepEqual(reader.problems, []);
  await reader.close();
});

test("a program of a link that does not end is stopped after ten seconds", async () => {
  const author = await playground.open();
  await author.write("query", "for (;;);");
  const address = await link(author.page);
  await author.page.goto("about:blank");
  await author.page.goto(address);
  await author.page.click("#run");
  await author.page.waitForFunction(
    () => document.querySelector("#status").textContent === "Stopped",
  );
  await author.close();
});

test("damaged and hostile links say so, and run nothing", async () => {
  const opened = await playground.open();
  const { page } = opened;
  const bare = page.url();
  for (const hash of ["#v1.", "#v1.AAAA", "#v1.<script>alert(1)</script>", "#v1.%00", "#other"]) {
    await page.goto("about:blank");
    await page.goto(bare + hash);
    await opened.ended();
    const text = await page.textContent("#pane-result");
    if (hash === "#other") assert.match(text, /Created/);
    else assert.match(text, /This link is damaged/, hash);
  }
  await page.goto("about:blank");
  await page.goto(bare);
  await opened.write("schema", "");
  await opened.write("query", '"</script><img src=x onerror=alert(1)>";');
  const address = await link(page);
  await page.goto("about:blank");
  await page.goto(address);
  await opened.run();
  assert.equal(await page.locator("#pane-result img").count(), 0);
  assert.deepEqual(opened.problems, []);
  await opened.close();
});

test("a frame shows the playground without the page around it, and keeps nothing", async () => {
  const opened = await playground.open();
  const { page } = opened;
  await opened.write("schema", "");
  await opened.write("query", "6 * 7;");
  await page.click("#share");
  await page.waitForFunction(() => document.querySelector("#share-frame").value.includes("#v1."));
  const frame = await page.inputValue("#share-frame");
  await page.setContent(frame);
  const inside = page.frameLocator("iframe");
  await inside.locator("#run").click();
  await inside.locator("#pane-result .single").waitFor();
  assert.equal(await inside.locator("#pane-result .single").textContent(), "42");
  assert.ok(await inside.locator("#open-whole").isVisible());
  assert.ok(!(await inside.locator("#share").isVisible()));
  await opened.close();
});

test("a project holds the sources, the migration and the data, and runs", async () => {
  const opened = await playground.open();
  const { page } = opened;
  const project = async () => {
    await page.click("#share");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.click("text=Download a project"),
    ]);
    await page.keyboard.press("Escape");
    return unzipSync(readFileSync(await download.path()));
  };
  // Inside of the repository, `virga` is the package.
  const folder = mkdtempSync(fileURLToPath(new URL("../../build/project-", import.meta.url)));
  const files = await project();
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  const outfile = join(folder, "out.mjs");
  const entryPoints = [join(folder, "virga-project/src/query.ts")];
  const target = { platform: "node", format: "esm", packages: "external" };
  await build({ entryPoints, bundle: true, outfile, ...target });
  const printed = execFileSync(process.execPath, [outfile], { encoding: "utf8" });
  assert.equal(printed, "Created Ada Lovelace with google\n");
  rmSync(folder, { recursive: true });

  await page.click("#tab-data");
  await page.getByRole("button", { name: "Take that of the last run" }).click();
  await page.waitForSelector(".grid");
  const names = Object.keys(await project()).map((name) => name.replace(/\/\d+_\w+\//, "/NAME/"));
  assert.deepEqual(names.sort(), [
    "virga-project/data.sqlite",
    "virga-project/drizzle.config.ts",
    "virga-project/drizzle/NAME/down.sql",
    "virga-project/drizzle/NAME/migration.sql",
    "virga-project/drizzle/NAME/snapshot.json",
    "virga-project/package.json",
    "virga-project/src/db/index.ts",
    "virga-project/src/db/schema.ts",
    "virga-project/src/query.ts",
    "virga-project/src/services/auth.ts",
  ]);
  await opened.close();
});
