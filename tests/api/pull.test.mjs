// A database becomes the source of a schema: it compiles, it describes the same database, and its
// relations find rows.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import { introspect, load, openSync, planMigration, schemaSource } from "virga";
import { drizzle } from "virga/better-sqlite3";

await load();

// Below the repository, where the package may import itself.
const build = fileURLToPath(new URL("../../build/test/", import.meta.url));
mkdirSync(build, { recursive: true });
const folder = mkdtempSync(join(build, "pull-"));
after(() => rmSync(folder, { recursive: true }));
const modules = { root: "virga", core: "virga/sqlite-core" };

async function pulled(name, sql) {
  const client = openSync();
  client.exec(sql);
  const source = schemaSource(await introspect(client), modules);
  writeFileSync(join(folder, `${name}.ts`), source);
  writeFileSync(join(folder, `${name}.mjs`), transformSync(source, { loader: "ts" }).code);
  const schema = await import(join(folder, `${name}.mjs`));
  return { client, source, schema, db: drizzle(client, { schema, relations: schema.relations }) };
}

const shop = `
  create table users (id integer primary key autoincrement, "full name" text not null, email text
    collate nocase not null unique, born integer default 0, note text default 'it''s', active boolean
    not null default true, seen text default current_timestamp);
  create table profiles (id integer primary key, user_id integer not null unique references users (id)
    on delete cascade, bio varchar(200));
  create table posts (id integer primary key, author_id integer not null references users (id),
    editor_id integer references users (id), parent_id integer references posts (id), body text,
    size integer generated always as (length(body)) stored, check (size < 1000));
  create index posts_author on posts (author_id, id desc) where editor_id is not null;
  create table tags (name text primary key) without rowid;
  create table posts_to_tags (post_id integer not null references posts (id), tag text not null
    references tags (name), primary key (post_id, tag)) strict;
  create table "2 class" (a integer, b integer, "let" blob, primary key (a, b));
  create table lines (id integer primary key, a integer, b integer,
    constraint to_class foreign key (a, b) references "2 class" (a, b) on update cascade);
  create view authors as select id, "full name" from users where id in (select author_id from posts);
  insert into users (id, "full name", email) values (1, 'Ada', 'a@x'), (2, 'Brian', 'b@x');
  insert into profiles values (1, 2, 'hi');
  insert into posts (id, author_id, editor_id, parent_id, body) values (1, 1, 2, null, 'x'), (2, 1, null, 1, 'y');
  insert into tags values ('new'), ('old');
  insert into posts_to_tags values (1, 'new'), (1, 'old'), (2, 'old');`;

test("a pulled schema describes the database it was pulled from", async () => {
  const { db } = await pulled("shop", shop);
  const plan = await planMigration(db);
  assert.deepEqual(plan.questions, []);
  assert.deepEqual(plan.changes, []);
});

test("its relations: one to one, one to many, to itself, many to many", async () => {
  const { db } = await pulled("relations", shop);
  const users = db.query.users
    .findMany({ with: { profiles: true, postsByAuthor: { with: { parent: true, tags: true } } } })
    .sync();
  assert.deepEqual(
    users.map(({ profiles, postsByAuthor }) => [
      profiles?.bio,
      postsByAuthor.map(({ parent, tags }) => [parent?.id, tags.map(({ name }) => name)]),
    ]),
    [
      [
        undefined,
        [
          [undefined, ["new", "old"]],
          [1, ["old"]],
        ],
      ],
      ["hi", []],
    ],
  );
  const tags = db.query.tags.findMany({ with: { posts: { columns: { id: true } } } }).sync();
  assert.deepEqual(
    tags.map(({ posts }) => posts.length),
    [1, 2],
  );
});

test("names that are no identifiers, or other things", async () => {
  const { source, db } = await pulled(
    "names",
    `create table "class" (id integer primary key, "1st" text, "a b" text, "a-b" text);
     create table integer (id integer primary key, "sql" text default ('\`' || '\${x}' || '\\'));
     create table "日本" ("名" text);`,
  );
  assert.match(source, /export const class_ = /);
  assert.match(source, /export const integer2 = /);
  assert.deepEqual((await planMigration(db)).changes, []);
  assert.equal(db.query, db.query);
});

test("the sources are valid TypeScript", async () => {
  await pulled("typed", shop);
  const compiler = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022"];
  execFileSync(process.execPath, [compiler, ...options, join(folder, "typed.ts")], {
    stdio: "inherit",
  });
});
