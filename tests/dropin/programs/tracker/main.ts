import { eq, sql } from "drizzle-orm";
import { db, sqlite } from "./db";
import { issues, labels, projects, users } from "./db/schema";
import { closeAll, issueCount, issuesByState, openIssue, page, report } from "./services/issues";
import * as people from "./services/users";

const print = (title: string, value: unknown): void =>
  console.log(title, JSON.stringify(value, null, 1));

const ada = people.createUser(db, {
  email: "ada@example.com",
  name: "Ada",
  role: "admin",
  settings: { theme: "dark", tags: ["a", "b"] },
});
const bob = people.createUser(db, { email: "bob@example.com", name: "Bob", managerId: ada.id });
people.createUser(db, { email: "eve@example.com", name: "Eve", managerId: ada.id, active: false });
print("created", [ada, bob]);

await db.insert(projects).values([
  { slug: "core", title: "The core", budget: 12.5, ownerId: ada.id },
  { slug: "page", title: "The page", ownerId: bob.id },
]);
await db.insert(labels).values([{ name: "bug" }, { name: "idea" }]);

openIssue(db, { projectSlug: "core", title: "Crash", points: 8, assigneeId: bob.id }, ["bug"]);
openIssue(db, { projectSlug: "core", title: "Faster", points: 3 }, ["idea", "bug"]);
db.transaction((tx) => {
  openIssue(tx, { projectSlug: "page", title: "Darker", points: 1, assigneeId: ada.id });
});

print("by email", await people.findByEmail(db, "ada@example.com"));
print("nobody", (await people.findByEmail(db, "nobody@example.com")) ?? "none");
print("search", people.listUsers(db, { search: "B", role: "member" }));
print("second page", people.listUsers(db, {}, 2));
print("roles", people.usersByRole(db));
print("renamed", people.renameUser(db, bob.id, "Robert"));
print("upsert", people.upsertUser(db, { email: "eve@example.com", name: "Eva" }));

print("page", page(1));
print("open", await issuesByState("open"));
print("count", issueCount("core"));
print("report", report());
print("not closed", closeAll("core", 5));
print("closed", closeAll("core", 50));
print("now closed", await issuesByState("closed", 1));

print(
  "projects",
  await db.query.projects.findMany({
    extras: { upper: sql<string>`upper(${projects.title})`.as("upper") },
    with: {
      owner: { columns: { name: true, settings: true }, with: { reports: true } },
      issues: { where: eq(issues.state, "open"), orderBy: issues.title, limit: 1 },
    },
  }),
);

for (const [name, work] of [
  ["unique", () => people.createUser(db, { email: "ada@example.com", name: "Ada II" })],
  ["foreign key", () => db.delete(users).where(eq(users.id, bob.id)).run()],
  ["check", () => db.update(projects).set({ budget: -1 }).run()],
] as const) {
  try {
    work();
    print(name, "no error");
  } catch (error) {
    print(name, /^\w+( \w+)? constraint failed/.exec((error as Error).message)?.[0]);
  }
}

const statement = db.select({ id: users.id }).from(users).where(eq(users.name, "Ada"));
print("rows", [statement.get(), statement.values(), await statement]);
print("changes", db.run(sql`update users set active = 0 where id > ${1}`).changes);
print("deleted", db.delete(issues).where(eq(issues.title, "nothing")).returning().all());
sqlite.close();
