// Makes pictures of the page: node tests/e2e/screenshot.mjs
// The README's is web/screenshot.png; build/screenshots gets every pane and dialog, light, dark and on a phone, to look at.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startPlayground } from "./playground.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = join(root, "build/screenshots");
mkdirSync(folder, { recursive: true });

/** By pane: the lesson that has something in it. */
const panes = {
  result: "one-to-many",
  sql: "one-to-many",
  schema: "many-to-many",
  ddl: "many-to-many",
  data: "one-to-many",
  trace: "indexes",
  transactions: "transactions",
  lab: "migrations",
};
const settings = {
  light: { viewport: { width: 1280, height: 800 }, colorScheme: "light" },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: "dark" },
  phone: { viewport: { width: 360, height: 740 }, colorScheme: "light" },
};

/** What is to be seen in a pane takes a hand. */
async function prepare(page, pane) {
  if (pane === "transactions") await page.click(".stepper >> text=Last");
  if (pane === "trace") await page.waitForSelector(".advice");
  if (pane !== "data" && pane !== "lab") return;
  await page.click("#tab-data");
  await page.getByRole("button", { name: "Take that of the last run" }).click();
  await page.waitForSelector(".grid");
  if (pane === "data") await page.getByRole("button", { name: "Plot" }).click();
  else await page.click("#tab-lab");
  if (pane !== "lab") return;
  await page.getByRole("button", { name: "Look at the changes" }).click();
  await page.waitForSelector("text=Nothing differs");
}

const playground = await startPlayground();
for (const [setting, options] of Object.entries(settings)) {
  const opened = await playground.open(options);
  const { page } = opened;
  const shoot = async (path) => {
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path, animations: "disabled" });
    console.log(path.slice(root.length));
  };
  if (setting === "light") await shoot(join(root, "web/screenshot.png"));
  for (const [pane, lesson] of Object.entries(panes)) {
    await opened.lesson(lesson);
    await page.click(`#tab-${pane}`);
    await prepare(page, pane);
    if (setting === "phone") await page.locator("#panes").scrollIntoViewIfNeeded();
    await shoot(join(folder, `${setting}-${pane}.png`));
  }
  for (const dialog of ["lessons", "shelf", "share"]) {
    await page.click(`#${dialog}`);
    await shoot(join(folder, `${setting}-${dialog}.png`));
    await page.keyboard.press("Escape");
  }
  await opened.close();
}
await playground.close();
