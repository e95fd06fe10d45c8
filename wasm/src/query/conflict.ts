import type { ConflictDocument } from "../ast/query-document.js";
import type { SQLWrapper } from "../ast/tree.js";
import { VirgaError } from "../base/error.js";
import { treeOf } from "../expr/expression.js";
import type { Operand } from "../expr/operators.js";
import type { Table } from "../schema/table.js";
import { listMember, member, type Text } from "./document.js";
import type { Lowering } from "./lower.js";
import type { UpdateValues } from "./update.js";
import { assignments, type Values } from "./write-document.js";

/** Columns or expressions of a unique index. */
type Target = Operand | readonly Operand[];

/** Which conflicts are passed over: all, or those of a unique index. */
export interface NothingConfig {
  /** The columns or expressions of a unique index. */
  readonly target?: Target;
  /** The condition of a partial index. */
  readonly where?: SQLWrapper | undefined;
}

/** What becomes of the row that is in the way. */
export interface UpsertConfig<T extends Table> {
  /** The columns or expressions of a unique index. */
  readonly target: Target;
  /** The condition of a partial index. */
  readonly targetWhere?: SQLWrapper | undefined;
  /** The new values of the row that is there. */
  readonly set: UpdateValues<T>;
  /** Which rows are updated; the others stay as they are. */
  readonly setWhere?: SQLWrapper | undefined;
  /** @deprecated the same as `setWhere` */
  readonly where?: SQLWrapper | undefined;
}

/** What happens when a row collides. */
export interface Conflict {
  readonly target?: Target | undefined;
  readonly where?: SQLWrapper | undefined;
  readonly set?: Values;
  readonly setWhere?: SQLWrapper | undefined;
}

export function upsert<T extends Table>(config: UpsertConfig<T>): Conflict {
  const { target, set, where, targetWhere, setWhere } = config;
  if (where && (targetWhere ?? setWhere)) {
    throw new VirgaError({
      code: "invalid_query",
      message:
        'You cannot use both "where" and "targetWhere"/"setWhere" at the same time - ' +
        '"where" is deprecated, use "targetWhere" or "setWhere" instead.',
    });
  }
  return { target, where: targetWhere, set, setWhere: setWhere ?? where };
}

export function conflictText(
  lowering: Lowering,
  table: Table,
  { target, where, set, setWhere }: Conflict,
): Text<ConflictDocument> {
  const targets = target && [target].flat().map((one) => lowering.expression(one, "A target"));
  // SQLite finds a partial index only by literals.
  const inline = where && lowering.tree({ kind: "inline", tree: treeOf(where, "A condition") });
  const members = [
    targets ? listMember("target", targets) : "",
    member("where", inline),
    set ? listMember("set", assignments(lowering, table, set)) : "",
    member("setWhere", setWhere && lowering.expression(setWhere, "A condition")),
  ];
  return `{${members.join("").slice(1)}}` as Text<ConflictDocument>;
}
