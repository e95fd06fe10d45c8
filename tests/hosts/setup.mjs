// A fresh folder for each host, with the packed tarball installed, and what runs programs in it.
import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { listen, staticServer } from "../../scripts/serve.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const repository = join(here, "../..");
const hosts = join(repository, "build/hosts");

/** A file of a package that is a host or a bundler. */
export const tool = (path) => join(hosts, "node_modules", path);
/** A file of a package that the repository has for its own work. */
export const ownTool = (path) => join(repository, "node_modules", path);

/** Runs a program to its end and gives what it prints; a failure shows that too. */
export async function run(cwd, program, args, env = {}) {
  const options = { cwd, env: { ...process.env, NO_COLOR: "1", ...env }, timeout: 150_000 };
  try {
    return (await promisify(execFile)(program, args, options)).stdout.trim();
  } catch (error) {
    throw new Error(`${program} ${args.join(" ")}\n${error.stdout}\n${error.stderr}`);
  }
}

export const node = (cwd, ...args) => run(cwd, process.execPath, args);

const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel", "error"];

/** Installs the hosts as package-lock.json has them, once. */
async function installHosts() {
  const lock = readFileSync(join(here, "package-lock.json"));
  const stamp = join(hosts, "node_modules/.installed-lock");
  if (existsSync(stamp) && readFileSync(stamp).equals(lock)) return;
  for (const name of ["package.json", "package-lock.json"])
    cpSync(join(here, name), join(hosts, name));
  const options = { cwd: hosts, timeout: 1_200_000 };
  // Not `npm ci`: it insists on the packages of all platforms, which not every registry has.
  await promisify(execFile)("npm", ["install", ...quiet], options);
  writeFileSync(stamp, lock);
}

/** Packs build/npm and installs the tarball; gives the tarball. */
async function installPackage() {
  const folder = join(hosts, "installed");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const pack = ["pack", join(repository, "build/npm"), "--json", "--pack-destination", folder];
  const [{ filename }] = Object.values(JSON.parse(await run(folder, "npm", pack)));
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  await run(folder, "npm", ["install", ...quiet, `./${filename}`]);
  return join(folder, filename);
}

/** Everything is there after this; gives the path of the tarball. */
export async function prepare() {
  mkdirSync(hosts, { recursive: true });
  await installHosts();
  return installPackage();
}

/** A fresh folder with the files of tests/hosts/NAME, the shared ones and the installed package. */
export function project(name, ...shared) {
  const folder = join(hosts, name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(here, name), folder, { recursive: true });
  for (const file of ["program.js", ...shared]) cpSync(join(here, file), join(folder, file));
  cpSync(join(hosts, "installed/node_modules/virga"), join(folder, "node_modules/virga"), {
    recursive: true,
  });
  const manifest = { name, private: true, type: "module" };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  return folder;
}

/** The program with addresses in the place of names, for hosts that have no import map. */
export function withoutNames(folder) {
  const text = readFileSync(join(folder, "program.js"), "utf8");
  const address = (_, entry) => `"../node_modules/virga/bundled${entry ?? "/index"}.js"`;
  mkdirSync(join(folder, "plain"));
  writeFileSync(join(folder, "plain/program.js"), text.replace(/"virga(\/[\w-]+)?"/g, address));
}

/** Starts a server and waits until it prints its address; gives that and a function that stops it. */
export async function start(cwd, program, args, env = {}) {
  const options = { cwd, env: { ...process.env, NO_COLOR: "1", CI: "1", ...env }, detached: true };
  const server = spawn(program, args, options);
  let printed = "";
  const url = await new Promise((resolve, reject) => {
    const read = (data) => {
      printed += data;
      const [address] = /http:\/\/(?:localhost|127\.0\.0\.1):\d+/.exec(printed) ?? [];
      if (address) resolve(address);
    };
    server.stdout.on("data", read);
    server.stderr.on("data", read);
    server.on("error", reject);
    server.on("exit", () => reject(new Error(`${program} ${args.join(" ")} ended\n${printed}`)));
  });
  const ended = new Promise((resolve) => server.on("exit", resolve));
  const stop = async () => {
    // Its whole group: such servers have children.
    process.kill(-server.pid, "SIGTERM");
    await ended;
  };
  return { url: `${url}/`, stop };
}

/** A registry on loopback that has the tarball and nothing else. */
export async function registry(tarball) {
  const { name, version } = JSON.parse(
    readFileSync(join(dirname(tarball), "node_modules/virga/package.json"), "utf8"),
  );
  const bytes = readFileSync(tarball);
  const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
  const server = createServer((request, response) => {
    if (request.url.endsWith(".tgz")) return response.end(bytes);
    if (request.url !== `/${name}`) return response.writeHead(404).end();
    const dist = { tarball: `http://${request.headers.host}/${name}.tgz`, integrity };
    const versions = { [version]: { name, version, dist } };
    return response.end(JSON.stringify({ name, "dist-tags": { latest: version }, versions }));
  });
  return { url: await listen(server, 8500), stop: () => stopServer(server) };
}

function stopServer(server) {
  server.close();
  server.closeAllConnections();
}

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-sync",
];
let browser;

/** What `globalThis.result` of a page becomes. */
export async function resultOf(url) {
  browser ??= chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
  const context = await (await browser).newContext();
  const problems = [];
  try {
    const page = await context.newPage();
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("response", (response) => {
      const asked = `${response.status()} ${response.url()}`;
      if (response.status() >= 400 && !asked.endsWith("favicon.ico")) problems.push(asked);
    });
    await page.goto(url);
    await page.waitForFunction(() => globalThis.result !== undefined, { timeout: 40_000 });
    return await page.evaluate(() => globalThis.result);
  } catch (error) {
    throw new Error([error.message, ...problems].join("\n"));
  } finally {
    await context.close();
  }
}

/** What `globalThis.result` of a page of static files becomes. */
export async function resultOfFiles(folder, page = "") {
  const server = staticServer(folder);
  try {
    return await resultOf((await listen(server, 8600)) + page);
  } finally {
    stopServer(server);
  }
}

export async function closeBrowser() {
  await (await browser)?.close();
}
