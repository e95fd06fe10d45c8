// The three engines under the sides: SQLite native, sql.js, and ours.
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { resolve } from "node:path";

const root = fileURLToPath(new URL("../../", import.meta.url));
const require = createRequire(import.meta.url);

/** better-sqlite3 as scripts/common.sh, build_bench_peer compiles it: with the flags of npm's build. */
export function openNative() {
  const Database = require("better-sqlite3");
  const nativeBinding = require(resolve(root, "build/peer-bench/better_sqlite3.node"));
  const client = new Database(":memory:", { nativeBinding });
  return {
    client,
    exec: (sql) => client.exec(sql),
    rows: (sql) => client.prepare(sql).raw().all(),
  };
}

/** sql.js. It has foreign keys off; the others have them on. */
export async function openSqlJs() {
  const SQL = await require("sql.js")();
  const client = new SQL.Database();
  client.exec("pragma foreign_keys = on");
  return {
    client,
    exec: (sql) => client.exec(sql),
    rows: (sql) => client.exec(sql)[0]?.values ?? [],
  };
}

/** Ours; `folder` is a build of the package, the one of this tree by default. */
export async function openOurs(folder = resolve(root, "build/npm")) {
  const load = (name) => import(pathToFileURL(resolve(folder, `${name}.js`)).href);
  const [orm, core, { drizzle }] = await Promise.all(
    ["index", "sqlite-core", "better-sqlite3"].map(load),
  );
  const client = await orm.open();
  return {
    modules: { orm, core, drizzle },
    client,
    exec: (sql) => client.exec(sql),
    rows: (sql) => drizzle(client).values(orm.sql.raw(sql)),
  };
}
