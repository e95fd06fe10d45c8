// Serves the built page from a sub-path on loopback and drives it in headless Chromium.
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { listen, staticServer } from "../../scripts/serve.mjs";

/** The folder of the built page. */
export const built = fileURLToPath(new URL("../../build/page", import.meta.url));
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * A browser and a server that has the page two folders deep; `open` gives a page, `unplug` ends the server, `close`
 * ends both.
 *
 * @param page the folder of the page, if it is not the one that was built
 */
export async function startPlayground(page = built) {
  const folder = mkdtempSync(join(tmpdir(), "virga-e2e-"));
  symlinkSync(page, join(folder, "playground"));
  const server = staticServer(folder);
  const unplug = () => {
    server.close();
    server.closeAllConnections();
  };
  const url = new URL("playground/", await listen(server, 8400));
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
  return {
    open: (options) => open(browser, url, options),
    unplug,
    async close() {
      await browser.close();
      unplug();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Opens the page and waits for its first run; `problems` collects what the browser complains of. */
async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  // The machine may be busy with other tests.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("request", (request) => {
    const own = request.url().startsWith(url.href) || request.url().startsWith("blob:");
    if (!own) problems.push(`asks for ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(url.href);
  const playground = new Playground(page, problems);
  await playground.ended();
  return playground;
}

/** The page as its users see it. */
export class Playground {
  constructor(page, problems) {
    this.page = page;
    this.problems = problems;
  }

  close() {
    return this.page.context().close();
  }

  /** Waits until no run is in progress. */
  async ended() {
    await this.page.waitForFunction(() => /^(?:done|failed)$/.test(document.body.dataset.state));
  }

  async run() {
    await this.page.click("#run");
    await this.ended();
  }

  /** Shows a file by a part of its name. */
  show(file) {
    return this.page.click(`#files [role=tab]:has-text("${file}")`);
  }

  /** Opens a lesson, and waits for its run. */
  async lesson(id) {
    await this.page.evaluate(() => (document.body.dataset.state = ""));
    await this.page.click("#lessons");
    await this.page.click(`[data-lesson="${id}"]`);
    await this.ended();
  }

  /** Replaces the text of the "schema" or "query" file, as pasting does. */
  async write(file, text) {
    await this.show(file);
    await this.page.click("#editor .cm-content");
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.press("Delete");
    if (text !== "") await this.page.keyboard.insertText(text);
  }

  /** Points at a place until a card is there, and gives its text: what the page learns meanwhile closes cards. */
  async pointed(place, card) {
    const there = this.page.locator(card);
    for (let tries = 0; tries < 10 && !(await there.isVisible()); tries += 1) {
      await this.page.mouse.move(0, 0);
      await this.page.hover(place);
      await there.waitFor({ timeout: 2000 }).catch(() => undefined);
    }
    return there.innerText();
  }

  /** The text of a pane; it is shown first. */
  async pane(name) {
    await this.page.click(`#tab-${name}`);
    return this.page.innerText(`#pane-${name}`);
  }

  status() {
    return this.page.innerText("#status");
  }

  /** The lines of a file that carry an error of compiling or running, as their texts. */
  async marked(file) {
    await this.show(file);
    return this.page.$$eval(
      "#editor .cm-line:has(.cm-lintRange-error:not(.cm-typed, .cm-advised))",
      (lines) => lines.map((line) => line.textContent.trim()),
    );
  }

  /** The lines of text at an open result tree: `key value`, by depth. */
  tree() {
    return this.page.$$eval("#pane-result .card .tree [role=treeitem]", (items) =>
      items.map((item) => {
        const [key, value] = item.querySelector(".row").children;
        const indent = "  ".repeat(Number(item.getAttribute("aria-level")) - 1);
        return `${indent}${key.textContent} ${value.textContent}`;
      }),
    );
  }
}
