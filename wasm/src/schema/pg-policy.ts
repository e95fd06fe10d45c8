import { entityKind } from "../base/entity.js";

/** A policy of row level security, which SQLite does not have. */
export class PgPolicy {
  static readonly [entityKind]: string = "PgPolicy";

  constructor(
    /** The name of the policy. */
    readonly name: string,
    /** What was said of it. */
    readonly config: object = {},
  ) {
    Object.freeze(this);
  }

  /** Links the policy to a table; changes nothing. */
  link(_table: object): this {
    return this;
  }
}
