import Database from "better-sqlite3";
import { drizzle, type BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import * as schema from "./schema";

export const sqlite = new Database(":memory:");
sqlite.pragma("journal_mode = WAL");
sqlite.pragma("foreign_keys = ON");

sqlite.exec(`
  create table users (
    id integer primary key autoincrement, email text not null unique, name text not null,
    role text not null default 'member', settings text, active integer not null default 1,
    manager_id integer references users(id) on delete set null,
    created_at integer not null default (1700000000), updated_at integer
  );
  create table projects (
    slug text primary key not null, title text not null, budget real check (budget > 0),
    owner_id integer not null references users(id) on delete cascade,
    created_at integer not null default (1700000000), updated_at integer
  );
  create table issues (
    id text primary key not null, project_slug text not null references projects(slug),
    assignee_id integer references users(id), title text not null,
    state text not null default 'open', points integer,
    slug_and_title text generated always as (project_slug || ': ' || title) virtual,
    created_at integer not null default (1700000000), updated_at integer,
    unique (project_slug, title)
  );
  create table labels (id integer primary key, name text not null);
  create table issues_to_labels (
    issue_id text not null references issues(id), label_id integer not null references labels(id),
    primary key (issue_id, label_id)
  );
  create view open_issues as
    select issues.id, issues.title, projects.title as project
    from issues join projects on issues.project_slug = projects.slug where issues.state = 'open';
`);

export const db = drizzle(sqlite, { schema });

/** What services take: the database, or a transaction in it. */
export type Db = BetterSQLite3Database<typeof schema>;
