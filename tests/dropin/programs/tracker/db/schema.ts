import { relations, sql, type InferInsertModel, type InferSelectModel } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  sqliteView,
  text,
  uniqueIndex,
  type AnySQLiteColumn,
} from "drizzle-orm/sqlite-core";

const timestamps = {
  createdAt: integer("created_at", { mode: "timestamp" })
    .notNull()
    .default(sql`(1700000000)`),
  updatedAt: integer("updated_at", { mode: "timestamp_ms" }).$onUpdate(
    () => new Date("2024-05-06T07:08:09.010Z"),
  ),
};

export const users = sqliteTable(
  "users",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    email: text("email").notNull().unique(),
    name: text("name").notNull(),
    role: text("role", { enum: ["admin", "member", "guest"] })
      .notNull()
      .default("member"),
    settings: text("settings", { mode: "json" }).$type<{
      theme: "light" | "dark";
      tags?: string[];
    }>(),
    active: integer("active", { mode: "boolean" }).notNull().default(true),
    managerId: integer("manager_id").references((): AnySQLiteColumn => users.id, {
      onDelete: "set null",
    }),
    ...timestamps,
  },
  (table) => [index("users_role_idx").on(table.role)],
);

export const projects = sqliteTable(
  "projects",
  {
    slug: text("slug").primaryKey(),
    title: text("title", { length: 80 }).notNull(),
    budget: real("budget"),
    ownerId: integer("owner_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    ...timestamps,
  },
  (table) => [check("budget_positive", sql`${table.budget} > 0`)],
);

let issued = 0;

export const issues = sqliteTable(
  "issues",
  {
    id: text("id")
      .primaryKey()
      .$defaultFn(() => `ISS-${++issued}`),
    projectSlug: text("project_slug").notNull(),
    assigneeId: integer("assignee_id").references(() => users.id),
    title: text("title").notNull(),
    state: text("state").$type<"open" | "closed">().notNull().default("open"),
    points: integer("points"),
    slugAndTitle: text("slug_and_title").generatedAlwaysAs(sql`project_slug || ': ' || title`, {
      mode: "virtual",
    }),
    ...timestamps,
  },
  (table) => [
    foreignKey({ columns: [table.projectSlug], foreignColumns: [projects.slug] }),
    index("issues_open_idx")
      .on(table.projectSlug)
      .where(sql`${table.state} = 'open'`),
    uniqueIndex("issues_title_idx").on(table.projectSlug, table.title),
  ],
);

export const labels = sqliteTable("labels", {
  id: integer().primaryKey(),
  name: text().notNull(),
});

export const issuesToLabels = sqliteTable(
  "issues_to_labels",
  {
    issueId: text("issue_id")
      .notNull()
      .references(() => issues.id),
    labelId: integer("label_id")
      .notNull()
      .references(() => labels.id),
  },
  (t) => [primaryKey({ columns: [t.issueId, t.labelId] })],
);

export const openIssues = sqliteView("open_issues").as((qb) =>
  qb
    .select({
      id: issues.id,
      title: issues.title,
      project: sql<string>`${projects.title}`.as("project"),
    })
    .from(issues)
    .innerJoin(projects, sql`${issues.projectSlug} = ${projects.slug}`)
    .where(sql`${issues.state} = 'open'`),
);

export const usersRelations = relations(users, ({ one, many }) => ({
  manager: one(users, {
    fields: [users.managerId],
    references: [users.id],
    relationName: "reports",
  }),
  reports: many(users, { relationName: "reports" }),
  projects: many(projects),
  issues: many(issues),
}));

export const projectsRelations = relations(projects, ({ one, many }) => ({
  owner: one(users, { fields: [projects.ownerId], references: [users.id] }),
  issues: many(issues),
}));

export const issuesRelations = relations(issues, ({ one, many }) => ({
  project: one(projects, { fields: [issues.projectSlug], references: [projects.slug] }),
  assignee: one(users, { fields: [issues.assigneeId], references: [users.id] }),
  issuesToLabels: many(issuesToLabels),
}));

export const labelsRelations = relations(labels, ({ many }) => ({
  issuesToLabels: many(issuesToLabels),
}));

export const issuesToLabelsRelations = relations(issuesToLabels, ({ one }) => ({
  issue: one(issues, { fields: [issuesToLabels.issueId], references: [issues.id] }),
  label: one(labels, { fields: [issuesToLabels.labelId], references: [labels.id] }),
}));

export type User = typeof users.$inferSelect;
export type NewUser = InferInsertModel<typeof users>;
export type Issue = InferSelectModel<typeof issues>;
export type NewIssue = typeof issues.$inferInsert;
