// The page in one document, opened from disk.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { Playground } from "./playground.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));

test("it runs programs, keeps data while it is open, migrates it, and reads links", async () => {
  execFileSync("npm", ["run", "--silent", "build:single"], { cwd: root, stdio: "pipe" });
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  const page = await browser.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("request", (request) => {
    if (!/^(file|data|blob):/.test(request.url())) problems.push(request.url());
  });
  const address = pathToFileURL(`${root}build/single/virga.html`).href;
  await page.goto(address);
  const opened = new Playground(page, problems);
  await opened.ended();
  assert.match(await opened.pane("result"), /Created\s+Ada Lovelace/);
  await page.click("#tab-data");
  await page.getByRole("button", { name: "Take that of the last run" }).click();
  await page.waitForSelector(".grid");
  await page.click("#tab-lab");
  await page.getByRole("button", { name: "Look at the changes" }).click();
  await page.waitForSelector("text=Nothing differs");
  await page.click("#share");
  await page.waitForFunction(() => document.querySelector("#share-link").value.includes("#v1."));
  const link = await page.inputValue("#share-link");
  assert.ok(link.startsWith(address));
  await page.goto("about:blank");
  await page.goto(link);
  await page.waitForFunction(() =>
    /Not run yet/.test(document.querySelector("#status").textContent),
  );
  assert.deepEqual(problems, []);
  await browser.close();
});
