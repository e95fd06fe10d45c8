// The documents that are shipped with the page: every link leads somewhere, and nothing is loaded from
// elsewhere, so they work from any folder of any host, and without a network.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const page = fileURLToPath(new URL("../../build/page/", import.meta.url));
const site = join(page, "docs");
const entries = readdirSync(site, { recursive: true });
const files = (ending) => entries.filter((name) => name.endsWith(ending)).map((n) => join(site, n));

const texts = new Map();
const textOf = (file) => texts.get(file) ?? texts.set(file, readFileSync(file, "utf8")).get(file);

/** The values of attributes, with what a browser makes of their entities. */
const attributes = (html, pattern) =>
  [...html.matchAll(pattern)].map(([, value]) => value.replaceAll("&amp;", "&"));

/** Why a link of `file` leads nowhere, or nothing. */
function broken(file, link) {
  const [path, fragment] = link.split("#");
  if (path.startsWith("/")) return "is not relative";
  const target = path === "" ? file : join(dirname(file), decodeURIComponent(path));
  if (!existsSync(target) || !statSync(target).isFile()) return "is no file";
  if (fragment === undefined || fragment === "" || !target.endsWith(".html")) return undefined;
  return textOf(target).includes(`id="${decodeURIComponent(fragment)}"`)
    ? undefined
    : "has no such place";
}

const isOutside = (link) => /^[a-z]+:/i.test(link) || link.startsWith("//");

test("every export and every declaration of a public header has a comment", () => {
  assert.equal(readFileSync(join(page, "../docs/warnings.txt"), "utf8"), "");
});

test("every link leads somewhere", () => {
  let count = 0;
  const wrong = files(".html").flatMap((file) => {
    const links = attributes(textOf(file), /\s(?:href|src)="([^"]*)"/g);
    count += links.length;
    return links
      .filter((link) => !isOutside(link))
      .map((link) => [link, broken(file, link)])
      .filter(([, why]) => why)
      .map(([link, why]) => `${relative(site, file)}: ${link} ${why}`);
  });
  assert.ok(count > 1000, `only ${count} links were found`);
  assert.equal(wrong.join("\n"), "");
});

test("nothing is loaded from elsewhere", () => {
  const loaded = /<(?:script|img|link|iframe|source|use)\b[^>]*?\s(?:src|href)="([^"]*)"/g;
  const pages = files(".html").flatMap((file) => attributes(textOf(file), loaded));
  const styles = files(".css").flatMap((file) =>
    attributes(textOf(file), /(?:url\(|@import )["']?([^"')]+)/g),
  );
  assert.ok(pages.length > 0 && styles.length > 0);
  const outside = [...pages, ...styles].filter((link) => isOutside(link) && !/^data:/.test(link));
  assert.equal([...new Set(outside)].join("\n"), "");
});

test("fonts and images of the style sheets are there", () => {
  for (const file of files(".css"))
    for (const link of attributes(textOf(file), /url\(["']?(?!data:)([^"')]+)/g))
      assert.ok(existsSync(join(dirname(file), link)), `${relative(site, file)}: ${link}`);
});

test("the page leads to the documents, and they lead back", () => {
  const html = readFileSync(join(page, "index.html"), "utf8");
  assert.ok(attributes(html, /href="([^"]*)"/g).includes("./docs/index.html"));
  for (const file of files(".html")) {
    const links = attributes(textOf(file), /<a href="([^"]*)"/g).filter((link) => !isOutside(link));
    assert.ok(
      links.some((link) => join(dirname(file), link) === join(page, "index.html")),
      file,
    );
  }
});

test("guides, modules and headers have their pages", () => {
  const titles = files(".html").map((file) => /<title>(.*?)<\/title>/.exec(textOf(file))[1]);
  const guides = ["JavaScript and TypeScript", "Coming from Drizzle", "C++", "The page"];
  for (const title of [...guides, "C++ reference"])
    assert.ok(titles.includes(`${title} | Virga`), title);
  const { exports } = JSON.parse(readFileSync(join(page, "../../package.json"), "utf8"));
  const names = new Map();
  for (const [name, targets] of Object.entries(exports)) {
    const [, types] = /"types":"([^"]+)"/.exec(JSON.stringify(targets)) ?? [];
    if (types && !names.has(types)) names.set(types, name.replace(/^\./, "virga"));
  }
  // Nothing but operators of `virga` under another name, and the file itself.
  const others = ["virga/sqlite-core/expressions", "virga/virga.wasm"];
  const pages = [...names.values()].filter((name) => !others.includes(name));
  assert.ok(pages.length > 5);
  for (const name of pages) assert.ok(titles.includes(`${name} | Virga`), name);
});
