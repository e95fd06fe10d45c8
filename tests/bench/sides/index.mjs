// Everything that is measured. Modules are loaded when a side is opened: a process measures one side.
import { openNative, openOurs, openSqlJs } from "../hosts.mjs";
import { drizzleSide, drizzleV1Side } from "./drizzle.mjs";
import { floors } from "./floor.mjs";
import { kyselySide } from "./kysely.mjs";
import { nativeAdapter, sqlJsAdapter } from "./raw-adapters.mjs";
import { rawSide } from "./raw.mjs";

const native = "better-sqlite3";

/** The modules of drizzle-orm; `line` is the name of the package. */
const modulesOf = (line, driver) => async () => {
  const [orm, core, { drizzle }] = await Promise.all([
    import(line),
    import(`${line}/sqlite-core`),
    import(`${line}/${driver}`),
  ]);
  // 1.0's driver of better-sqlite3 takes its client with the configuration, all others before it.
  const together = line === "drizzle-orm-v1" && driver === native;
  const connect = (client, config) => drizzle({ client, ...config });
  return { orm, core, drizzle: together ? connect : drizzle };
};

const ourModules = ({ modules }) => modules;

/** Ours, of a folder with a build of the package, or of this tree. Relations of both lines. */
function ourSide(title, folder) {
  const open = () => openOurs(folder);
  const { workloads } = drizzleSide(title, open, ourModules);
  const { "tags-100": tags } = drizzleV1Side(title, open, ourModules).workloads;
  return { title, open, workloads: { ...workloads, "tags-100": tags } };
}

/** The sides by name. `raw-native` is the unit. */
export const sides = {
  ...floors,
  "raw-native": rawSide("by hand, better-sqlite3", openNative, nativeAdapter),
  "raw-sqljs": rawSide("by hand, sql.js", openSqlJs, sqlJsAdapter),
  ours: ourSide("Virga"),
  "ours-v1": drizzleV1Side("Virga, relations of 1.0", () => openOurs(), ourModules),
  "drizzle-0.45": drizzleSide(
    "drizzle 0.45, better-sqlite3",
    openNative,
    modulesOf("drizzle-orm", native),
  ),
  "drizzle-0.45-sqljs": drizzleSide(
    "drizzle 0.45, sql.js",
    openSqlJs,
    modulesOf("drizzle-orm", "sql-js"),
  ),
  "drizzle-v1-sqljs": drizzleV1Side(
    "drizzle 1.0-rc, sql.js",
    openSqlJs,
    modulesOf("drizzle-orm-v1", "sql-js"),
  ),
  "drizzle-v1": drizzleV1Side(
    "drizzle 1.0-rc, better-sqlite3",
    openNative,
    modulesOf("drizzle-orm-v1", native),
  ),
  "drizzle-v1-jit": drizzleV1Side(
    "drizzle 1.0-rc with jit, better-sqlite3",
    openNative,
    modulesOf("drizzle-orm-v1", native),
    { jit: true },
  ),
  kysely: kyselySide("kysely, better-sqlite3", openNative),
};

/** A side by its name; `ours:FOLDER` is another build of ours. */
export function sideOf(name) {
  if (name.startsWith("ours:")) return ourSide(`Virga in ${name.slice(5)}`, name.slice(5));
  return sides[name];
}
