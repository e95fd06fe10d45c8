// Drives Debian's Firefox by WebDriver BiDi, which Playwright speaks only with a Firefox of its own.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { WebSocket } from "ws";

const patience = 60_000;

/** All but this machine is asked for by a proxy that is not there: Firefox looks for news of its own. */
const preferences = {
  "network.proxy.type": 1,
  "network.proxy.http": "127.0.0.1",
  "network.proxy.http_port": 9,
  "network.proxy.ssl": "127.0.0.1",
  "network.proxy.ssl_port": 9,
};

/** Starts Firefox with a profile of its own and gives its one page. */
export async function startFirefox() {
  const profile = mkdtempSync(join(tmpdir(), "virga-firefox-"));
  const lines = Object.entries(preferences).map(
    (preference) => `user_pref(${preference.map((each) => JSON.stringify(each)).join(", ")});\n`,
  );
  writeFileSync(join(profile, "user.js"), lines.join(""));
  const browser = spawn(
    "firefox-esr",
    ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile", profile],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  const ended = new Promise((resolve) => browser.on("close", resolve));
  const address = await addressOf(browser);
  // Nobody reads on: a full pipe would stop the browser.
  browser.stderr.resume();
  const page = new FirefoxPage(await connect(address), async () => {
    browser.kill();
    await ended;
    rmSync(profile, { recursive: true, force: true });
  });
  await page.begin();
  return page;
}

/** Where the browser listens, as it says itself. */
async function addressOf(browser) {
  for await (const line of createInterface(browser.stderr)) {
    const [, address] = /WebDriver BiDi listening on (ws:\S+)/.exec(line) ?? [];
    if (address) return address;
  }
  throw new Error("Firefox ended before it listened");
}

function connect(address) {
  const socket = new WebSocket(`${address}/session`);
  return new Promise((resolve, reject) => {
    socket.on("open", () => resolve(socket));
    socket.on("error", reject);
  });
}

/** A page in Firefox; `problems` collects what it complains of. */
class FirefoxPage {
  problems = [];
  #socket;
  #end;
  #context;
  #count = 0;
  #waiting = new Map();

  constructor(socket, end) {
    this.#socket = socket;
    this.#end = end;
    socket.on("message", (text) => this.#receive(JSON.parse(text)));
  }

  async begin() {
    await this.#send("session.new", { capabilities: {} });
    await this.#send("session.subscribe", { events: ["log.entryAdded"] });
    const { contexts } = await this.#send("browsingContext.getTree", {});
    this.#context = contexts[0].context;
    const viewport = { width: 1280, height: 800 };
    await this.#send("browsingContext.setViewport", { context: this.#context, viewport });
  }

  async close() {
    await this.#send("session.end", {});
    this.#socket.close();
    await this.#end();
  }

  goto(url) {
    return this.#send("browsingContext.navigate", {
      context: this.#context,
      url,
      wait: "complete",
    });
  }

  /** What an expression is in the page, as JSON carries it. */
  async evaluate(expression) {
    const { result, exceptionDetails } = await this.#send("script.evaluate", {
      expression: `JSON.stringify(${expression})`,
      target: { context: this.#context },
      awaitPromise: false,
    });
    if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.text}`);
    return result.value === undefined ? undefined : JSON.parse(result.value);
  }

  /** Waits until an expression is true in the page. */
  async until(expression) {
    const end = Date.now() + patience;
    while (!(await this.evaluate(`Boolean(${expression})`))) {
      if (Date.now() > end) throw new Error(`Firefox waited in vain for ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  click(selector) {
    return this.evaluate(`document.querySelector(${JSON.stringify(selector)}).click()`);
  }

  text(selector) {
    return this.evaluate(`document.querySelector(${JSON.stringify(selector)}).innerText`);
  }

  /** Presses the keys of a text, one after the other, or all of a chord at once. */
  async type(keys, chord = false) {
    const downs = [...keys].map((value) => ({ type: "keyDown", value }));
    const ups = [...keys].map((value) => ({ type: "keyUp", value }));
    const actions = chord ? [...downs, ...ups] : downs.flatMap((down, at) => [down, ups[at]]);
    await this.#send("input.performActions", {
      context: this.#context,
      actions: [{ type: "key", id: "keyboard", actions }],
    });
  }

  #send(method, params) {
    const id = (this.#count += 1);
    this.#socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject, method }));
  }

  #receive({ type, id, result, method, params, error, message }) {
    if (method === "log.entryAdded" && params.level === "error") this.problems.push(params.text);
    const { resolve, reject, method: asked } = this.#waiting.get(id) ?? {};
    this.#waiting.delete(id);
    if (type === "success") resolve?.(result);
    if (type === "error") reject?.(new Error(`${asked}: ${error}: ${message}`));
  }
}
