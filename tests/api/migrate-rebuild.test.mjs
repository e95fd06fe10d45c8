// Rebuilds of tables as drizzle-kit writes them, by drizzle-orm's migrate() and by ours: what they lose.
// The SQL is that of drizzle-kit 0.31.11 for a changed default of users.name.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { drizzle as drizzle045 } from "drizzle-orm/better-sqlite3";
import { migrate as migrate045 } from "drizzle-orm/better-sqlite3/migrator";
import { drizzle as drizzleV1 } from "drizzle-orm-v1/better-sqlite3";
import { migrate as migrateV1 } from "drizzle-orm-v1/better-sqlite3/migrator";
import { drizzle, open } from "virga";
import { migrate } from "virga/better-sqlite3/migrator";

const Peer = createRequire(import.meta.url)("better-sqlite3");
const nativeBinding = fileURLToPath(
  new URL("../../build/peer/better_sqlite3.node", import.meta.url),
);
const folder = mkdtempSync(join(tmpdir(), "virga-migrate-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const init = `CREATE TABLE \`users\` (
	\`id\` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	\`name\` text DEFAULT 'anon' NOT NULL
);
--> statement-breakpoint
CREATE TABLE \`posts\` (
	\`id\` integer PRIMARY KEY NOT NULL,
	\`user_id\` integer NOT NULL,
	FOREIGN KEY (\`user_id\`) REFERENCES \`users\`(\`id\`) ON UPDATE no action ON DELETE cascade
);
`;
const rebuild = `PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE \`__new_users\` (
	\`id\` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	\`name\` text DEFAULT 'anonymous' NOT NULL
);
--> statement-breakpoint
INSERT INTO \`__new_users\`("id", "name") SELECT "id", "name" FROM \`users\`;--> statement-breakpoint
DROP TABLE \`users\`;--> statement-breakpoint
ALTER TABLE \`__new_users\` RENAME TO \`users\`;--> statement-breakpoint
PRAGMA foreign_keys=ON;`;

const entry = (idx, tag) => ({ idx, version: "6", when: 1000 + idx, tag, breakpoints: true });
const journal = (...tags) =>
  JSON.stringify({
    version: "7",
    dialect: "sqlite",
    entries: tags.map((tag, idx) => entry(idx, tag)),
  });
const forms = {
  journal: (sql) => ({
    "0000_init.sql": init,
    "0001_rebuild.sql": sql,
    "meta/_journal.json": journal("0000_init", "0001_rebuild"),
  }),
  folders: (sql) => ({
    "20260101000000_init/migration.sql": init,
    "20260102000000_rebuild/migration.sql": sql,
  }),
};

const filled =
  "insert into users (id, name) values (1, 'Ada'), (2, 'Bob'), (9, 'Eve'); delete from users where id = 9; insert into posts (id, user_id) values (1, 1), (2, 1), (3, 2)";
const trigger = "create trigger log after insert on users begin update posts set id = id; end";
const view = "create view names as select name from users";

const counts = {
  users: "select count(*) n from users",
  posts: "select count(*) n from posts",
  triggers: "select count(*) n from sqlite_schema where type = 'trigger'",
  sequence: "select seq n from sqlite_sequence where name = 'users'",
};
const whole = { users: 2, posts: 3, triggers: 1, sequence: 9 };

function written(files) {
  const home = mkdtempSync(join(folder, "f-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  }
  return home;
}

/** The table of what has run, in v1's form. */
const bookkeeping =
  "create table __drizzle_migrations (id INTEGER PRIMARY KEY, hash text NOT NULL, created_at numeric, name text, applied_at TEXT)";

/** The first migration as if it had run, with rows and what else there is. */
function fill(client, more) {
  client.exec(`${init};${filled};${more};${bookkeeping}`);
  client.exec(
    "insert into __drizzle_migrations values (1, 'x', 1000, '20260101000000_init', null)",
  );
}

const counted = (client) =>
  Object.fromEntries(
    Object.entries(counts).map(([name, sql]) => [name, client.prepare(sql).get().n]),
  );

/** What the second migration leaves when drizzle-orm runs it. */
function theirs(drizzlePeer, run, files, more) {
  const client = new Peer(":memory:", { nativeBinding });
  client.pragma("foreign_keys = ON");
  fill(client, more);
  run(drizzlePeer({ client }), { migrationsFolder: written(files) });
  return counted(client);
}

/** What it leaves when we run it. */
async function ours(files, more) {
  const client = await open();
  fill(client, more);
  const result = migrate(drizzle(client), { migrationsFolder: written(files) });
  assert.equal(result.applied.length, 1);
  assert.equal(client.prepare("pragma foreign_keys").get().foreign_keys, 1);
  assert.match(
    client.prepare("select sql from sqlite_schema where name = 'users'").get().sql,
    /anonymous/,
  );
  return counted(client);
}

const peers = { journal: [drizzle045, migrate045], folders: [drizzleV1, migrateV1] };

for (const [form, files] of Object.entries(forms)) {
  test(`${form}: Drizzle's migrate() loses rows, triggers and counters in a rebuild; ours does not`, async () => {
    const lost = { users: 2, posts: 0, triggers: 0, sequence: 2 };
    assert.deepEqual(theirs(...peers[form], files(rebuild), trigger), lost);
    assert.deepEqual(await ours(files(rebuild), trigger), whole);
  });

  test(`${form}: a view on the table stops Drizzle's migrate(); ours keeps it`, async () => {
    const more = `${trigger};${view}`;
    assert.throws(
      () => theirs(...peers[form], files(rebuild), more),
      (error) =>
        /error in view names: no such table: main.users/.test(
          `${error.message} ${error.cause?.message}`,
        ),
    );
    assert.deepEqual(await ours(files(rebuild), more), whole);
  });
}

async function rebuilt(sql, more = "") {
  const client = await open();
  client.exec(init + filled + ";" + more);
  const files = forms.folders(sql);
  delete files["20260101000000_init/migration.sql"];
  return { client, run: () => migrate(drizzle(client), { migrations: files }) };
}

test("without breakpoints it is the same", async () => {
  const { client, run } = await rebuilt(
    rebuild.replaceAll("--> statement-breakpoint", ""),
    `${trigger};${view}`,
  );
  run();
  assert.equal(client.prepare(counts.posts).get().n, 3);
  assert.equal(client.prepare(counts.triggers).get().n, 1);
});

test("a trigger that the migration drops by name stays dropped", async () => {
  const { client, run } = await rebuilt(
    `DROP TRIGGER \`log\`;--> statement-breakpoint\n${rebuild}`,
    trigger,
  );
  run();
  assert.equal(client.prepare(counts.triggers).get().n, 0);
});

test("a rebuild that leaves out rows which others refer to is refused, and all is as before", async () => {
  const { client, run } = await rebuilt(
    rebuild.replace("FROM `users`", "FROM `users` WHERE id = 1"),
  );
  client.exec(bookkeeping);
  const before = client.export();
  assert.throws(run, {
    code: "constraint_foreign_key",
    message:
      'After the migration, 1 more row of "posts" that refer to "users" would have no such row.',
  });
  assert.deepEqual(client.export(), before);
  assert.equal(client.prepare("pragma foreign_keys").get().foreign_keys, 1);
});

test("rows that referred to nothing before do not stop it", async () => {
  const { client, run } = await rebuilt(rebuild);
  client.exec(
    "pragma foreign_keys = off; insert into posts values (7, 77); pragma foreign_keys = on",
  );
  run();
  assert.equal(client.prepare(counts.posts).get().n, 4);
});

test("a client whose foreign keys are off keeps them off", async () => {
  const { client, run } = await rebuilt(rebuild);
  client.exec("pragma foreign_keys = off");
  run();
  assert.equal(client.prepare("pragma foreign_keys").get().foreign_keys, 0);
});

test("a migration beside a rebuild, with foreign keys on, deletes by cascade", async () => {
  const { client } = await rebuilt(rebuild);
  const files = {
    "20260101000000_delete/migration.sql": "delete from users where id = 2",
    "20260102000000_rebuild/migration.sql": rebuild,
    "20260103000000_delete/migration.sql": "delete from users where id = 1",
  };
  migrate(drizzle(client), { migrations: files });
  assert.equal(client.prepare(counts.posts).get().n, 0);
});
