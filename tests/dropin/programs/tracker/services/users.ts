import { and, asc, count, eq, isNull, like, or, sql, type SQL } from "drizzle-orm";
import type { Db } from "../db";
import { users, type NewUser, type User } from "../db/schema";

export function createUser(db: Db, user: NewUser): User {
  return db.insert(users).values(user).returning().get();
}

export async function findByEmail(db: Db, email: string): Promise<User | undefined> {
  return db.query.users.findFirst({ where: eq(users.email, email) });
}

interface UserFilter {
  search?: string;
  role?: User["role"];
  withoutManager?: boolean;
}

export function listUsers(db: Db, filter: UserFilter, page = 1, pageSize = 2): User[] {
  const conditions: (SQL | undefined)[] = [
    filter.role ? eq(users.role, filter.role) : undefined,
    filter.withoutManager ? isNull(users.managerId) : undefined,
    filter.search
      ? or(like(users.name, `%${filter.search}%`), like(users.email, `%${filter.search}%`))
      : undefined,
  ];
  return db
    .select()
    .from(users)
    .where(and(...conditions))
    .orderBy(asc(users.name))
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .all();
}

export function renameUser(db: Db, id: number, name: string): User | undefined {
  const [user] = db.update(users).set({ name }).where(eq(users.id, id)).returning().all();
  return user;
}

export function usersByRole(db: Db): { role: string; n: number; names: string }[] {
  return db
    .select({
      role: users.role,
      n: count(),
      names: sql<string>`group_concat(${users.name}, ', ')`.as("names"),
    })
    .from(users)
    .groupBy(users.role)
    .orderBy(users.role)
    .all();
}

export function upsertUser(db: Db, user: NewUser): { changes: number } {
  const { changes } = db
    .insert(users)
    .values(user)
    .onConflictDoUpdate({ target: users.email, set: { name: sql`excluded.name` } })
    .run();
  return { changes };
}
