import { entityKind } from "../base/entity.js";

/** A policy of row level security, which SQLite does not have. */
export class PgPolicy {
  static readonly [entityKind]: string = "PgPolicy";

  constructor(
    readonly name: string,
    readonly config: object = {},
  ) {
    Object.freeze(this);
  }

  link(_table: object): this {
    return this;
  }
}
