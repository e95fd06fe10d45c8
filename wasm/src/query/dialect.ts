import type { SQLWrapper } from "../ast/tree.js";
import type { QuerySQL } from "./session.js";
import { entityKind } from "../base/entity.js";
import { offlineSQL } from "./offline.js";
import { rawDocument } from "./raw.js";

/** Turns SQL into text. */
export class SQLiteDialect {
  static readonly [entityKind]: string = "SQLiteDialect";

  /** The text of a `sql` value with its parameters. The wasm module has to be loaded. */
  sqlToQuery(sql: SQLWrapper): Pick<QuerySQL, "sql" | "params"> {
    const { sql: text, params } = offlineSQL(rawDocument(sql));
    return { sql: text, params };
  }
}

export class SQLiteSyncDialect extends SQLiteDialect {
  static override readonly [entityKind]: string = "SQLiteSyncDialect";
}

export class SQLiteAsyncDialect extends SQLiteDialect {
  static override readonly [entityKind]: string = "SQLiteAsyncDialect";
}
