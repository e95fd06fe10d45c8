import type { Database } from "./database.js";
import type { WithSubquery } from "./subquery.js";
import type { Writes } from "./writes.js";

/** What only reads, and so may be asked of a replica. */
const reads: ReadonlySet<PropertyKey> = new Set([
  "select",
  "selectDistinct",
  "$count",
  "query",
  "_query",
]);

/** A database whose reads go to replicas, with the database that takes all the rest. */
export type WithReplicas<D> = D & {
  /** The database that takes the writes. */
  readonly $primary: D;
  /** The databases that are read. */
  readonly $replicas: readonly D[];
};

/**
 * A database whose selects, counts and relation queries are those of a replica; writes, statements as
 * they are written and transactions are those of the primary.
 * @param pick chooses the replica of each read; at random by default
 */
export function withReplicas<D extends Database<any, any, any>>(
  primary: D,
  replicas: readonly [D, ...D[]],
  pick: (replicas: D[]) => D = (all) => all[Math.floor(Math.random() * all.length)]!,
): WithReplicas<D> {
  const choose = (): D => pick([...replicas]);
  const before = (...ctes: readonly WithSubquery[]): Writes =>
    routed(primary.with(...ctes), () => choose().with(...ctes), {});
  const own = { with: before, $primary: primary, $replicas: replicas };
  return routed(primary, choose, own) as WithReplicas<D>;
}

function routed<T extends object>(primary: T, choose: () => T, own: object): T {
  return new Proxy(Object.create(Object.getPrototypeOf(primary) as object) as T, {
    get(_target, key) {
      if (Object.hasOwn(own, key)) return Reflect.get(own, key) as unknown;
      const source = reads.has(key) ? choose() : primary;
      const member = Reflect.get(source, key) as unknown;
      return typeof member === "function" ? (member.bind(source) as unknown) : member;
    },
  });
}
