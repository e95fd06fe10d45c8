// The tarball of build/npm, installed into an empty project outside of the repository: its types, the
// tutorial as it is written, plain imports, and a bundle by Vite.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const project = mkdtempSync(join(tmpdir(), "virga-package-"));
after(() => rmSync(project, { recursive: true, force: true }));

/** Runs a program in the project; a failure shows what it printed. */
function run(program, ...args) {
  try {
    return execFileSync(program, args, { cwd: project, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    throw new Error(`${program} ${args.join(" ")}\n${error.stdout}\n${error.stderr}`);
  }
}

const tool = (path, ...args) => run(process.execPath, join(root, "node_modules", path), ...args);
const tsc = (...args) => tool("typescript-7/bin/tsc", ...args);
const vite = (...args) => tool("vite/bin/vite.js", ...args);

function write(path, content) {
  const file = join(project, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
}

/** The files of the tutorial: each starts with a comment that is its path. */
function tutorialFiles() {
  const text = readFileSync(new URL("tutorial.txt", import.meta.url), "utf8");
  return text.split(/^(?=\/\/ \S+\.ts$)/m).map((part) => [/^\/\/ (\S+)/.exec(part)[1], part]);
}

before(() => {
  const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent"];
  const pack = [
    "pack",
    join(root, "build/npm"),
    "--json",
    "--ignore-scripts",
    "--pack-destination",
    project,
  ];
  const [{ filename }] = [JSON.parse(run("npm", ...pack))].flat();
  write("package.json", { name: "empty", private: true, type: "module" });
  // `pg` is a package of one line; `drizzle-orm` is ours under another name.
  write("pg/package.json", { name: "pg", version: "0.0.0", type: "module", exports: "./index.js" });
  write("pg/index.js", 'export * from "drizzle-orm/pg";\n');
  write("pg/index.d.ts", 'export * from "drizzle-orm/pg";\n');
  const tarball = `file:./${filename}`;
  run("npm", "install", ...options, tarball, `drizzle-orm@${tarball}`, "./pg");
});

test("Node imports it", () => {
  write(
    "plain.mjs",
    `import { drizzle, open } from "virga";
    import { integer, sqliteTable } from "virga/sqlite-core";
    const client = await open();
    client.exec("create table t (a integer); insert into t values (7)");
    const t = sqliteTable("t", { a: integer("a") });
    console.log(JSON.stringify(drizzle(client).select().from(t).all()));`,
  );
  assert.equal(run(process.execPath, "plain.mjs"), '[{"a":7}]\n');
});

const profile = { id: "107", name: "Ada", email: "ada@example.com", accessToken: "ya29" };

test("the tutorial, as it is written, compiles and runs", () => {
  for (const [path, text] of tutorialFiles()) write(path, text);
  write(
    "main.ts",
    `import { createUserWithGoogleAccount, getUserProfile } from './services/auth';
    const profile = ${JSON.stringify(profile)};
    const created = await createUserWithGoogleAccount(profile);
    const again = await createUserWithGoogleAccount(profile);
    const user = await getUserProfile(created.id);
    const provider: string | undefined = user?.account.provider;
    // @ts-expect-error there is no such member
    user?.invalid;
    console.log(JSON.stringify({ created, again, user, provider }));`,
  );
  write("tsconfig.json", {
    compilerOptions: {
      strict: true,
      noEmit: true,
      target: "ES2022",
      module: "ESNext",
      moduleResolution: "Bundler",
      lib: ["ES2022", "DOM"],
      types: [],
    },
    files: ["main.ts"],
  });
  tsc("-p", ".");
  vite("build", "--ssr", "main.ts", "--outDir", "node", "--logLevel", "error");
  const { created, again, user, provider } = JSON.parse(run(process.execPath, "node/main.js"));
  assert.equal(created.account.accessToken, "ya29");
  assert.equal(created.account.refreshToken, null);
  assert.deepEqual(again, created);
  assert.deepEqual(user, created);
  assert.equal(provider, "google");
});

test("Vite bundles it for the browser, with the wasm file beside", () => {
  write("index.html", '<script type="module" src="./main.ts"></script>');
  const printed = vite("build", "--outDir", "page", "--logLevel", "warn");
  assert.equal(printed.trim(), "");
  const assets = readdirSync(join(project, "page/assets"));
  assert.deepEqual(assets.map((name) => name.split(".").at(-1)).sort(), ["js", "wasm"]);
});
