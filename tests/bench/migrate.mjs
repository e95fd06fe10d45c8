// How long a migration of a large schema takes to plan and rehearse: npm run bench:migrate
import { integer, sqliteTable, text } from "virga/sqlite-core";
import { load, openSync, planMigration, pushSchema } from "virga";
import { drizzle } from "virga/better-sqlite3";

await load();

/** A chain of tables with 20 columns each; every tenth is different in the new version. */
function schema(count, version) {
  const tables = {};
  for (let i = 0; i < count; i += 1) {
    const columns = { id: integer().primaryKey() };
    for (let c = 0; c < 18; c += 1) columns[`column${c}`] = c % 2 ? text() : integer().notNull();
    if (i > 0) columns.parent = integer().references(() => tables[`table${i - 1}`].id);
    if (version === 2 && i % 10 === 0) columns.added = text();
    tables[`table${i}`] = sqliteTable(`table${i}`, columns);
  }
  return tables;
}

const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** The median of five, in milliseconds, and what came out. */
async function timed(work) {
  const times = [];
  let result;
  for (let round = 0; round < 5; round += 1) {
    const start = performance.now();
    result = await work();
    times.push(performance.now() - start);
  }
  return { result, time: `${median(times).toFixed(0)} ms` };
}

console.log("tables  nothing to do  changes  plan and rehearsal, up and down");
for (const count of [10, 100, 1000]) {
  const client = openSync();
  const same = drizzle(client, { schema: schema(count, 1) });
  await pushSchema(same);
  const db = drizzle(client, { schema: schema(count, 2) });
  const nothing = await timed(() => planMigration(same));
  const { result, time } = await timed(() => planMigration(db));
  client.close();
  const cells = [String(count).padStart(6), nothing.time.padStart(13)];
  console.log([...cells, String(result.changes.length).padStart(7), time].join("  "));
}
