/** Names a class across copies of a library, as Drizzle's tools expect. */
export const entityKind: unique symbol = Symbol.for("drizzle:entityKind") as never;

/** A class that `is` can recognise. */
export interface EntityClass<T> {
  readonly [entityKind]: string;
  readonly prototype: T;
}

/** Whether `value` is an instance of `type` or of a class with the same entity kind. */
export function is<T>(value: unknown, type: EntityClass<T>): value is T {
  if (typeof value !== "object" || value === null) return false;
  if (typeof type === "function" && value instanceof type) return true;
  const kind = (type as Partial<EntityClass<T>>)[entityKind];
  if (kind === undefined) {
    const { name } = type as { name?: string };
    throw new Error(
      `Class "${name ?? "<unknown>"}" doesn't look like a Drizzle entity. An entity has a static [entityKind].`,
    );
  }
  let prototype: unknown = Object.getPrototypeOf(value);
  while (typeof prototype === "object" && prototype !== null) {
    const { constructor } = prototype as { constructor?: { [entityKind]?: unknown } };
    if (constructor?.[entityKind] === kind) return true;
    prototype = Object.getPrototypeOf(prototype);
  }
  return false;
}
