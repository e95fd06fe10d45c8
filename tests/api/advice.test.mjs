// The indexes that explain() advises.
import assert from "node:assert/strict";
import { test } from "node:test";
import { and, asc, eq, gt, load, observe, openSync, relations, sql } from "virga";
import { drizzle } from "virga/better-sqlite3";
import { integer, sqliteTable, text } from "virga/sqlite-core";

await load();

const towns = sqliteTable("towns", { id: integer().primaryKey(), name: text() });
const people = sqliteTable("people", {
  id: integer().primaryKey(),
  townId: integer("town_id").references(() => towns.id),
  name: text("full name"),
  age: integer(),
});
const schema = {
  towns,
  people,
  townsRelations: relations(towns, ({ many }) => ({ people: many(people) })),
  peopleRelations: relations(people, ({ one }) => ({
    town: one(towns, { fields: [people.townId], references: [towns.id] }),
  })),
};

function opened(t) {
  const client = openSync();
  t.after(() => client.close());
  client.exec(`
    create table towns (id integer primary key, name text);
    create table people (id integer primary key, town_id integer, "full name" text, age integer);
    create view adults as select * from people where age >= 18;
    insert into towns values (1, 'Rain'), (2, 'Hail');
    insert into people values (1, 1, 'Ada', 36), (2, 2, 'Brian', 20), (3, 1, 'Cleo', 9);`);
  return drizzle(client, { schema });
}

const advised = (query) => query.explain().statements.map(({ advice }) => advice);
const indexes = (query) => advised(query).map((each) => each.map(({ sql }) => sql));

test("a scan for a filter: equal columns first, then the range", (t) => {
  const db = opened(t);
  const query = db
    .select()
    .from(people)
    .where(and(gt(people.age, 10), eq(people.name, "Ada")));
  const [[advice]] = advised(query);
  assert.equal(
    advice.sql,
    'create index "people_full name_age_idx" on "people" ("full name", "age")',
  );
  assert.match(advice.queryPlan.join(), /SEARCH people USING INDEX people_full name_age_idx/);
  db.$client.exec(advice.sql);
  assert.deepEqual(indexes(query), [[]]);
});

test("a scan for each parent of a relation", (t) => {
  const db = opened(t);
  const query = db.query.towns.findMany({ limit: 1, with: { people: { limit: 5 } } });
  assert.deepEqual(indexes(query), [
    [],
    ['create index "people_town_id_idx" on "people" ("town_id")'],
  ]);
});

test("a sort", (t) => {
  const db = opened(t);
  const query = db.select().from(people).orderBy(asc(people.name), asc(people.age));
  assert.deepEqual(indexes(query), [
    ['create index "people_full name_age_idx" on "people" ("full name", "age")'],
  ]);
});

test("an update and a delete", (t) => {
  const db = opened(t);
  const index = ['create index "people_age_idx" on "people" ("age")'];
  assert.deepEqual(indexes(db.update(people).set({ age: 1 }).where(eq(people.age, 2))), [index]);
  assert.deepEqual(indexes(db.delete(people).where(eq(people.age, 2))), [index]);
});

test("no advice where no index helps", (t) => {
  const db = opened(t);
  const queries = [
    db.select().from(people),
    db.select().from(people).where(eq(people.id, 1)),
    db
      .select()
      .from(people)
      .where(sql`lower(${people.name}) = 'ada'`),
    db.query.people.findMany({ with: { town: true }, limit: 3 }),
  ];
  for (const query of queries) assert.deepEqual(indexes(query).flat(), []);
});

test("advice changes nothing, and can be tried and taken back", (t) => {
  const db = opened(t);
  const events = [];
  t.after(observe((event) => events.push(event)));
  const before = db.$client.export();
  db.select().from(people).where(eq(people.age, 36)).all();
  const [statement] = events[0].explain().statements;
  const [tried] = events[0].explainAfter(statement.advice[0].sql).statements;
  assert.deepEqual(tried.queryPlan, statement.advice[0].queryPlan);
  assert.equal(tried.rows, 1);
  assert.throws(() => events[0].explainAfter("create index broken on nowhere (nothing)"), {
    code: "sqlite",
  });
  assert.deepEqual(db.$client.export(), before);
});
