import {
  and,
  avg,
  desc,
  eq,
  exists,
  getTableColumns,
  gte,
  inArray,
  notInArray,
  sql,
} from "drizzle-orm";
import { alias, type SQLiteSelect } from "drizzle-orm/sqlite-core";
import { db, type Db } from "../db";
import * as schema from "../db/schema";

const { issues, issuesToLabels, labels, openIssues, projects, users } = schema;

export function openIssue(
  tx: Db,
  issue: schema.NewIssue,
  labelNames: readonly string[] = [],
): schema.Issue {
  return tx.transaction((inner) => {
    const created = inner.insert(issues).values(issue).returning().get();
    const known = labelNames.length
      ? inner
          .select()
          .from(labels)
          .where(inArray(labels.name, [...labelNames]))
          .all()
      : [];
    for (const label of known) {
      inner.insert(issuesToLabels).values({ issueId: created.id, labelId: label.id }).run();
    }
    return created;
  });
}

/** Closes all issues of a project, or none when one is worth more than the limit. */
export function closeAll(slug: string, limit: number): number {
  try {
    return db.transaction(
      (tx) => {
        const { changes } = tx
          .update(issues)
          .set({ state: "closed" })
          .where(eq(issues.projectSlug, slug))
          .run();
        const [large] = tx
          .select({ id: issues.id })
          .from(issues)
          .where(and(eq(issues.projectSlug, slug), gte(issues.points, limit)))
          .all();
        if (large) tx.rollback();
        return changes;
      },
      { behavior: "immediate" },
    );
  } catch (error) {
    if ((error as Error).message !== "Rollback") throw error;
    return 0;
  }
}

function paged<T extends SQLiteSelect>(query: T, page: number) {
  return query.limit(2).offset((page - 1) * 2);
}

export function page(number: number) {
  const query = db
    .select({ ...getTableColumns(issues), assignee: users.name })
    .from(issues)
    .leftJoin(users, eq(users.id, issues.assigneeId))
    .orderBy(desc(issues.points))
    .$dynamic();
  return paged(query, number).all();
}

const byState = db.query.issues
  .findMany({
    columns: { id: true, title: true },
    where: (issue, { eq }) => eq(issue.state, sql.placeholder("state")),
    orderBy: (issue, { asc }) => [asc(issue.id)],
    limit: sql.placeholder("limit"),
    with: {
      assignee: { columns: { name: true } },
      issuesToLabels: { columns: {}, with: { label: true } },
    },
  })
  .prepare();

export const issuesByState = (state: "open" | "closed", limit = 10) =>
  byState.execute({ state, limit });

const countOf = db
  .select({ n: sql<number>`count(*)`.mapWith(Number) })
  .from(issues)
  .where(eq(issues.projectSlug, sql.placeholder("slug")))
  .prepare();

export const issueCount = (slug: string): number => countOf.get({ slug })?.n ?? 0;

export function report() {
  const totals = db.$with("totals").as(
    db
      .select({
        slug: issues.projectSlug,
        points: sql<number>`sum(coalesce(${issues.points}, 0))`.as("points"),
      })
      .from(issues)
      .groupBy(issues.projectSlug),
  );
  const manager = alias(users, "manager");
  return {
    totals: db
      .with(totals)
      .select({ title: projects.title, points: totals.points })
      .from(projects)
      .leftJoin(totals, eq(totals.slug, projects.slug))
      .orderBy(projects.slug)
      .all(),
    managers: db
      .selectDistinct({ user: users.name, manager: manager.name })
      .from(users)
      .innerJoin(manager, eq(manager.id, users.managerId))
      .all(),
    owners: db
      .select({ id: users.id })
      .from(users)
      .where(exists(db.select().from(projects).where(eq(projects.ownerId, users.id))))
      .all(),
    average: db
      .select({ points: avg(issues.points) })
      .from(issues)
      .get(),
    rest: db
      .select({ id: users.id })
      .from(users)
      .where(notInArray(users.id, db.select({ id: projects.ownerId }).from(projects)))
      .all(),
    open: db.select().from(openIssues).orderBy(openIssues.id).all(),
    raw: db.all(sql`select ${users.name} as name from ${users} where ${users.id} = ${1}`),
  };
}
