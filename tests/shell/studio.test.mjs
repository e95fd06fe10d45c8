// `virga studio`: a database file in the page. What is saved there is in the file, and nothing else is.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { request } from "node:http";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { project } from "./project.mjs";

const app = project();
let server, address, browser;

before(async () => {
  const database = app.sqlite();
  database.exec(`create table users (id integer primary key, "full name" text not null);
    create table posts (id integer primary key, user_id integer references users (id));
    insert into users values (1, 'Ada'); insert into posts values (1, 1);`);
  database.close();
  const command = app.at("node_modules/virga/bin/main.js");
  const args = [command, "studio", "--url", "app.db", "--port", "0", "--json"];
  server = spawn(process.execPath, args, { cwd: app.path });
  const [line] = await new Promise((resolve) =>
    createInterface(server.stdout).once("line", (...lines) => resolve(lines)),
  );
  address = JSON.parse(line).url;
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
});

after(async () => {
  await browser?.close();
  server?.kill("SIGTERM");
});

test("the file's schema and rows are in the page, and are saved", async () => {
  const page = await browser.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(address);
  await page.waitForSelector(".grid");
  await page.waitForFunction(() => document.body.dataset.state === "done");
  await page.selectOption("#data-table", "users");
  await page.dblclick('[data-at="0,1"]');
  await page.fill("textarea.cell", "Ada Lovelace");
  await page.keyboard.press("Enter");
  await page.waitForSelector("td:has-text('Ada Lovelace')");
  const file = app.sqlite();
  const names = file.prepare(`select "full name" as name from users`).pluck();
  assert.deepEqual(names.all(), ["Ada"], "nothing is written before it is saved");
  await page.click("text=Save app.db");
  await page.waitForSelector("text=app.db was saved");
  file.close();
  const saved = app.sqlite();
  assert.deepEqual(saved.prepare(`select "full name" as name from users`).pluck().all(), [
    "Ada Lovelace",
  ]);
  assert.equal(saved.pragma("integrity_check", { simple: true }), "ok");

  saved.exec("insert into users values (2, 'Bob')");
  saved.close();
  await page.click("text=Save app.db");
  await page.waitForSelector("text=app.db was saved");
  await page.dblclick('[data-at="0,1"]');
  await page.fill("textarea.cell", "Eve");
  await page.keyboard.press("Enter");
  await page.waitForSelector("td:has-text('Eve')");
  await page.click("text=Save app.db");
  await page.waitForSelector("text=changed by another program");
  const kept = app.sqlite();
  assert.equal(kept.prepare("select count(*) from users").pluck().get(), 2);
  kept.close();
  assert.deepEqual(problems, []);
});

/** The status of an answer to a request of another page, or of another program. */
function status(url, { method = "GET", headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode));
    });
    sent.on("error", reject).end(body);
  });
}

test("without the secret of its address, or under another name, there is nothing", async () => {
  const { origin, href } = new URL(address);
  const database = new URL("studio/database", href).href;
  assert.equal(await status(database), 200);
  assert.equal(await status(`${origin}/studio/database`), 404);
  assert.equal(await status(database, { headers: { host: "evil.example:80" } }), 404);
  assert.equal(await status(new URL("..%2f..%2fpackage.json", href).href), 404);
  assert.equal(await status(database, { method: "DELETE" }), 405);
  assert.equal(
    await status(database, { method: "PUT", body: "no database at all".repeat(40) }),
    409,
  );
});

test("without a file, and with a port that is none, it says so", () => {
  assert.match(app.virga("studio").stderr, /No database is named/);
  assert.match(app.virga("studio", "--url", "app.db", "--port", "x").stderr, /x is no port/);
});
