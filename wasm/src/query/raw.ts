import type { SQLWrapper } from "../ast/tree.js";
import { treeOf } from "../expr/expression.js";
import { sqlText } from "./lower.js";
import type { Outcome } from "./session.js";
import type { MakeDocument } from "./statement.js";

/** A statement as it is written: text, or a `sql` value. */
export type RawSQL = SQLWrapper | string;

/** What node-postgres gives for a statement. */
export interface QueryResult<Row> {
  /** The rows, by the names of the columns. */
  readonly rows: Row[];
  /** The rows of the result, or those that a write has changed. */
  readonly rowCount: number;
}

export function rawDocument(statement: RawSQL): MakeDocument {
  return (lowering) => {
    const chunks =
      typeof statement === "string"
        ? [JSON.stringify(statement)]
        : lowering.chunks(treeOf(statement, "A statement"));
    return `{"raw":${sqlText(chunks)}}`;
  };
}

export function queryResult<Row>({ rows, changes }: Outcome): QueryResult<Row> {
  return { rows: rows as Row[], rowCount: rows!.length || changes };
}
