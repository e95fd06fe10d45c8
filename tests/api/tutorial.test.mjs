// The scenario of the tutorial, through the stand-ins for node-postgres.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eq, like } from "virga";
import { drizzle } from "virga/node-postgres";
import { Pool } from "virga/pg";
import { tutorial } from "./schemas.mjs";

const { users, accounts } = tutorial;

function connect(t) {
  const pool = new Pool({ host: "localhost", port: 5432, database: "myapp" });
  t.after(() => pool.end());
  return drizzle(pool, { schema: tutorial });
}

function signUp(db, profile) {
  return db.transaction(async (tx) => {
    const existing = await tx.query.users.findFirst({
      where: eq(users.email, profile.email),
      with: { account: true },
    });
    if (existing) return existing;
    const [user] = await tx.insert(users).values(profile).returning();
    const account = { userId: user.id, provider: "google" };
    const [created] = await tx.insert(accounts).values(account).returning();
    return { ...user, account: created };
  });
}

test("a user and an account are made in a transaction and read back as one object", async (t) => {
  const db = connect(t);
  const created = await signUp(db, { name: "Alice", email: "alice@example.com" });
  assert.deepEqual(Object.keys(created), ["id", "name", "email", "createdAt", "account"]);
  assert.ok(created.createdAt instanceof Date);
  assert.ok(Math.abs(created.createdAt.getTime() - Date.now()) < 60_000);
  const again = await signUp(db, { name: "Alice", email: "alice@example.com" });
  assert.deepEqual(again, created);
  const profile = await db.query.users.findFirst({
    where: eq(users.id, created.id),
    with: { account: true },
  });
  assert.deepEqual(profile, created);
});

test("the other side leads back to the user", async (t) => {
  const db = connect(t);
  const { id, account } = await signUp(db, { name: "Bob", email: "bob@example.com" });
  const found = await db.query.accounts.findFirst({
    where: eq(accounts.id, account.id),
    with: { user: { columns: { id: true, name: true } } },
  });
  assert.deepEqual(found, { ...account, user: { id, name: "Bob" } });
});

test("a user without an account has null, no user is undefined", async (t) => {
  const db = connect(t);
  await db.insert(users).values({ name: "Cy", email: "cy@example.com" });
  const [cy] = await db.query.users.findMany({
    where: like(users.email, "%@example.com"),
    with: { account: true },
  });
  assert.equal(cy.account, null);
  assert.equal(await db.query.users.findFirst({ where: eq(users.id, 99) }), undefined);
});

test("update and delete give rows back; the account goes with its user", async (t) => {
  const db = connect(t);
  const { id } = await signUp(db, { name: "Dee", email: "dee@example.com" });
  const [updated] = await db.update(users).set({ name: "Di" }).where(eq(users.id, id)).returning();
  assert.equal(updated.name, "Di");
  await db.delete(users).where(eq(users.id, id));
  assert.deepEqual(await db.select().from(accounts), []);
});

test("a database that was ended refuses further queries", async () => {
  const pool = new Pool();
  const db = drizzle(pool, { schema: tutorial });
  await db.select().from(users);
  await pool.end();
  await assert.rejects(db.select().from(users), { code: "closed" });
});
