// Programs run in a cage: no network, no storage, no way to the page, whoever wrote them.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { listen } from "../../scripts/serve.mjs";
import { startPlayground } from "./playground.mjs";

let playground, canary, canaryUrl;
const visits = [];
before(async () => {
  playground = await startPlayground();
  canary = createServer((request, response) => {
    visits.push(request.url);
    response.writeHead(200, { "access-control-allow-origin": "*" }).end("export default 1;");
  });
  canaryUrl = await listen(canary, 8600);
});
after(async () => {
  await playground.close();
  canary.close();
});

/** What came of each attempt that a program makes. */
async function attempts(opened, list) {
  const body = Object.entries(list).map(
    ([name, code]) => `attempts[${JSON.stringify(name)}] = await attempt(async () => ${code});`,
  );
  await opened.write("schema", "");
  await opened.write(
    "query",
    `const attempt = async (work) => {
      try {
        const done = await Promise.race([work(), new Promise((_, no) => setTimeout(() => no(new Error("silence")), 500))]);
        return "got " + String(done);
      } catch (error) { return "refused: " + error; }
    };
    const attempts: Record<string, string> = {};
    ${body.join("\n")}
    export default JSON.stringify(attempts);`,
  );
  await opened.run();
  const text = await opened.page.locator("#pane-result .single").last().textContent();
  return JSON.parse(JSON.parse(text));
}

test("a program reaches no network, no storage, no page", async () => {
  const opened = await playground.open();
  const { page } = opened;
  const own = page.url();
  await page.evaluate(() => {
    localStorage.setItem("secret", "s");
    new BroadcastChannel("secret").onmessage = ({ data }) => (window.heard = data);
    window.addEventListener("message", ({ data }) => {
      // What the frame itself says, not its programs.
      if (JSON.stringify(data) !== '{"alive":true}') window.heard = data;
    });
  });
  const found = await attempts(opened, {
    "fetch of another host": `(await fetch("${canaryUrl}fetch")).text()`,
    "fetch of the page": `(await fetch("${own}")).text()`,
    XMLHttpRequest: `{ const x = new XMLHttpRequest(); x.open("GET", "${canaryUrl}xhr", false); x.send(); return x.responseText; }`,
    WebSocket: `new Promise((yes, no) => { const s = new WebSocket("${canaryUrl.replace("http", "ws")}"); s.onopen = () => yes("open"); s.onerror = () => no("closed"); })`,
    EventSource: `new Promise((yes, no) => { const s = new EventSource("${canaryUrl}events"); s.onopen = () => yes("open"); s.onerror = () => no("closed"); })`,
    importScripts: `importScripts("${canaryUrl}script")`,
    import: `eval('import("${canaryUrl}module")')`,
    worker: `new Promise((yes, no) => { const w = new Worker("${canaryUrl}worker"); w.onerror = () => no("closed"); })`,
    indexedDB: `new Promise((yes, no) => { const r = indexedDB.open("x"); r.onsuccess = () => yes("open"); r.onerror = () => no(r.error); })`,
    caches: `caches.open("x")`,
    "the file system": `(await navigator.storage.getDirectory()).name`,
    localStorage: `localStorage.getItem("secret")`,
    cookies: `cookieStore.getAll()`,
    origin: `{ if (origin !== "null") return origin; throw "opaque"; }`,
    "the page's messages": `{ postMessage({ type: "output" }); new BroadcastChannel("secret").postMessage("told"); throw "nothing came back"; }`,
    "the page's document": `document.title`,
  });
  for (const [name, outcome] of Object.entries(found)) assert.match(outcome, /^refused/, name);
  assert.deepEqual(visits, []);
  assert.equal(await page.evaluate(() => window.heard), undefined);
  await opened.close();
});

test("what a program does to its globals, and a program that closes its worker, harm no later run", async () => {
  const opened = await playground.open();
  await opened.write("schema", "");
  await opened.write(
    "query",
    `Object.prototype.polluted = 1; Array.prototype.map = () => { throw new Error("mine"); };
    globalThis.fetch = globalThis.MessagePort = undefined; 1;`,
  );
  await opened.run();
  await opened.write("query", "[1, 2].map((x) => x + (({} as any).polluted ?? 0)).join();");
  await opened.run();
  assert.equal(await opened.page.textContent("#pane-result .single"), '"1,2"');
  await opened.write("query", "self.close(); await new Promise(() => {});");
  await opened.page.click("#run");
  await opened.page.click("#stop");
  await opened.write("query", "2;");
  await opened.run();
  assert.equal(await opened.page.textContent("#pane-result .single"), "2");
  assert.deepEqual(opened.problems, []);
  await opened.close();
});

test("a program that takes all memory ends alone, and the next one runs", async () => {
  const opened = await playground.open();
  const { page } = opened;
  // Endless in the first run, and not in the second.
  const later = Date.now() + 12_000;
  await opened.write("query", `while (Date.now() < ${later});\nexport default 6 * 7;`);
  await page.click("#run");
  const frame = page.frames().find((one) => one !== page.mainFrame());
  const session = await page.context().newCDPSession(page);
  // To Playwright the whole page has crashed with its frame, so the rest goes by the protocol.
  const evaluate = async (expression) =>
    (await session.send("Runtime.evaluate", { expression })).result.value;
  const until = async (pattern) => {
    const end = Date.now() + 60_000;
    let text = "";
    while (!pattern.test(text) && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      text = await evaluate("document.body.innerText");
    }
    assert.match(text, pattern);
  };
  await until(/Running for/);
  // The end that it would come to when all memory of this machine is taken.
  const doomed = await page.context().newCDPSession(frame);
  doomed.send("Page.crash").catch(() => undefined);
  await until(/The browser ended the program: it took more memory than there is/);
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, later - Date.now())));
  await evaluate("document.querySelector('#run').click()");
  await until(/default export\nCopy\n\n42/);
  await opened.close();
});
