// Each host in a fresh folder with the packed tarball: README.md has the table.
import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { bundleWithRollup, bundleWithWebpack } from "./bundle.mjs";
import * as hosts from "./setup.mjs";

const { node, project, resultOf, resultOfFiles, run, tool } = hosts;
const expected = '[{"id":1,"name":"Ada","posts":[{"id":1,"userId":1,"title":"On rain"}]}]';

/** A test of a host: what it found are the rows. */
function host(name, find) {
  test(name, async () => assert.equal(await find(), expected));
}

let tarball, nodeProject;
before(async () => {
  tarball = await hosts.prepare();
  nodeProject = project("node");
});
after(hosts.closeBrowser);

// ---- runtimes

const versions = {
  "the Node at hand": process.execPath,
  "Node 20.18, without require of ES modules": tool("node-20.18/bin/node"),
  "Node 24": tool("node-24/bin/node"),
};
for (const [name, program] of Object.entries(versions)) {
  for (const file of ["main.mjs", "main.cjs", "both.mjs"])
    host(`${name}: ${file}`, () => run(nodeProject, program, ["--no-warnings", file]));
}

test("require in a folder whose name has to be escaped in an address", async () => {
  const folder = join(nodeProject, "100% #1?");
  cpSync(join(folder, "../node_modules"), join(folder, "node_modules"), { recursive: true });
  cpSync(join(folder, "../main.cjs"), join(folder, "main.cjs"));
  assert.equal(await node(folder, "main.cjs"), expected);
});

host("Node with the window of jsdom", () => node(project("jsdom"), "main.mjs"));

const bun = tool(`@oven/bun-linux-${process.arch === "arm64" ? "aarch64" : "x64"}/bin/bun`);
host("Bun: import", () => run(project("bun"), bun, ["main.ts"]));
host("Bun: require", () => run(nodeProject, bun, ["main.cjs"]));

host("Deno: npm specifier", async () => {
  const folder = project("deno");
  const server = await hosts.registry(tarball);
  const env = { NPM_CONFIG_REGISTRY: server.url, DENO_DIR: join(folder, "cache") };
  try {
    const deno = tool(`@deno/${process.platform}-${process.arch}-glibc/deno`);
    const args = ["run", "--node-modules-dir=none", "--allow-read", "main.ts"];
    return await run(folder, deno, args, env);
  } finally {
    server.stop();
  }
});

// ---- browsers without a bundler

host("a static folder with an import map", () => resultOfFiles(project("static")));

for (const [name, folder, page] of [
  ["a static folder without an import map", "static", "plain.html"],
  ["a module worker", "worker", ""],
  ["a service worker", "service-worker", ""],
])
  host(name, () => {
    const files = project(folder);
    hosts.withoutNames(files);
    return resultOfFiles(files, page);
  });

// ---- bundlers, none with a configuration

const bundled = ["bundled.js", "worker.js"];

const servers = {
  "vite dev": [hosts.ownTool("vite/bin/vite.js"), "8700"],
  "vite dev, of Vite 7": [tool("vite-7/bin/vite.js"), "8720"],
};
for (const [name, [vite, port]] of Object.entries(servers))
  host(`${name}: page and worker`, async () => {
    const folder = project("vite", ...bundled);
    const { url, stop } = await hosts.start(folder, process.execPath, [vite, "--port", port]);
    return resultOf(url).finally(stop);
  });

host("vite build: page and worker", async () => {
  const folder = project("vite", ...bundled);
  await node(folder, hosts.ownTool("vite/bin/vite.js"), "build");
  return resultOfFiles(join(folder, "dist"));
});

host("webpack: page and worker", async () => {
  const folder = project("webpack", ...bundled);
  await bundleWithWebpack(folder);
  return resultOfFiles(folder);
});

host("Rollup, with the plugins for packages and for assets", async () => {
  const folder = project("rollup");
  await bundleWithRollup(folder);
  return resultOfFiles(folder);
});

host("Parcel: page and worker", async () => {
  const folder = project("parcel", ...bundled);
  await node(folder, tool("parcel/lib/bin.js"), "build", "index.html");
  return resultOfFiles(join(folder, "dist"));
});

const esbuild = (folder, entry, ...args) =>
  run(folder, hosts.ownTool("esbuild/bin/esbuild"), [
    entry,
    "--bundle",
    "--outfile=out.js",
    ...args,
  ]);

host("esbuild, with virga.wasm copied beside its output", async () => {
  const folder = project("esbuild");
  await esbuild(folder, "main.js", "--format=esm", "--minify");
  cpSync(join(folder, "node_modules/virga/virga.wasm"), join(folder, "virga.wasm"));
  return resultOfFiles(folder);
});

host("esbuild with virga/inline, as one classic script", async () => {
  const folder = project("esbuild");
  await esbuild(folder, "inline.js", "--log-override:empty-import-meta=silent");
  return resultOfFiles(folder, "inline.html");
});

test("esbuild alone copies no files: the error says which one, where and what to do", async () => {
  const folder = project("esbuild");
  await esbuild(folder, "main.js", "--format=esm");
  await assert.rejects(resultOfFiles(folder), (error) => {
    assert.match(error.message, /could not be loaded from http:\S+\/virga\.wasm: .* status 404/);
    return true;
  });
});

// ---- servers

host("Next: a page rendered on the server, and in the browser", async () => {
  const folder = project("next");
  const next = tool("next/dist/bin/next");
  await run(folder, process.execPath, [next, "build"], { NEXT_TELEMETRY_DISABLED: "1" });
  const args = [next, "start", "--port", "8750", "--hostname", "127.0.0.1"];
  const { url, stop } = await hosts.start(folder, process.execPath, args);
  try {
    const page = await (await fetch(url)).text();
    const text = /<pre id="server">(.*?)<\/pre>/.exec(page)?.[1].replaceAll("&quot;", '"');
    assert.equal(text, expected);
    return await resultOf(url);
  } finally {
    await stop();
  }
});

for (const [name, file] of [
  ["the package alone", "worker.js"],
  ["the wasm module given", "given.js"],
])
  host(`Cloudflare's workers (workerd): ${name}`, async () => {
    const args = [
      tool("wrangler/bin/wrangler.js"),
      "dev",
      file,
      "--port",
      "8780",
      "--ip",
      "127.0.0.1",
    ];
    const { url, stop } = await hosts.start(project("cloudflare"), process.execPath, args, {
      WRANGLER_SEND_METRICS: "false",
    });
    try {
      return await (await fetch(url)).text();
    } finally {
      await stop();
    }
  });

test("every folder is in the table", () => {
  const table = readFileSync(new URL("README.md", import.meta.url), "utf8");
  const folders = readdirSync(new URL(".", import.meta.url), { withFileTypes: true });
  for (const { name } of folders.filter((entry) => entry.isDirectory()))
    if (name !== "node_modules") assert.match(table, new RegExp(`\\[${name}/\\]`), name);
});
