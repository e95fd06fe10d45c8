import type { Aggregate, Expr, OrderDocument } from "../../ast/query-document.js";
import { VirgaError } from "../../base/error.js";
import { candidatesHint } from "../../base/nearest.js";
import { TableColumns, type Source } from "../../schema/table.js";
import type { Text } from "../document.js";
import { orderText, sqlText, type Lowering } from "../lower.js";
import { FilterLowering, relatedText } from "./filter.js";
import type { ResolvedRelation } from "./relation.js";

const allAggregates = ["min", "max", "count", "avg", "first"] as const;
type OrderAggregate = (typeof allAggregates)[number];

/** One order: what it is by, and its direction as it was written. */
interface Found {
  readonly by: (aggregate: OrderAggregate | undefined) => Text<Expr>;
  readonly direction: unknown;
  readonly path: string;
  /** The aggregates that make one value of many rows; empty where there is one row. */
  readonly aggregates: readonly OrderAggregate[];
}

/** Orders that are objects: `{ name: "asc", author: { name: "asc" }, posts: "desc(count)" }`. */
export function orderObject(
  lowering: Lowering,
  source: Source,
  orders: object,
  path: string,
): readonly Text<OrderDocument>[] {
  return ordersOf(lowering, source, orders, path).map((found) => {
    const { aggregate, desc } = parse(found);
    return orderText(found.by(aggregate), desc);
  });
}

function ordersOf(
  lowering: Lowering,
  source: Source,
  orders: object,
  path: string,
): readonly Found[] {
  return Object.entries(orders as Readonly<Record<string, unknown>>)
    .filter(([, given]) => given !== undefined)
    .flatMap(([key, direction]) => {
      const place = `${path}.${key}`;
      const column = source[TableColumns][key];
      if (column) {
        const own = lowering.column(column);
        const by = (aggregate: OrderAggregate | undefined): Text<Expr> =>
          aggregated(own, aggregate);
        return [{ by, direction, path: place, aggregates: [] }];
      }
      const relation = lowering.catalog.relation(source, key);
      if (relation) return byRelated(lowering, relation, direction, place);
      const known = [
        ...Object.keys(source[TableColumns]),
        ...lowering.catalog.relationNames(source),
      ];
      throw new VirgaError({
        code: "unknown_column",
        message: `Unknown relational order field: "${key}"`,
        path: place,
        hint: candidatesHint(key, known),
      });
    });
}

/** Orders by columns of related rows, or by their number. */
function byRelated(
  lowering: Lowering,
  relation: ResolvedRelation,
  given: unknown,
  path: string,
): readonly Found[] {
  const filters = new FilterLowering(lowering);
  const where = filters.ofTarget(relation);
  const ofSource = filters.ofSource(relation);
  const wrap = (value: Text<Expr>, aggregate: OrderAggregate | undefined): Text<Expr> => {
    const related = relatedText(relation, where, value);
    if (!ofSource) return related;
    const other = aggregate === "count" ? "0" : "null";
    return sqlText(['"case when "', ofSource, '" then "', related, `" else ${other} end"`]);
  };
  if (typeof given !== "object" || given === null) {
    const by = (): Text<Expr> => wrap('{"fn":"count","args":[]}' as Text<Expr>, "count");
    return [{ by, direction: given, path, aggregates: ["count"] }];
  }
  return ordersOf(lowering, relation.target, given, path).map((inner) => ({
    ...inner,
    by: (aggregate) => wrap(inner.by(aggregate), aggregate),
    aggregates: relation.kind === "many" ? allAggregates : inner.aggregates,
  }));
}

function aggregated(value: Text<Expr>, aggregate: OrderAggregate | undefined): Text<Expr> {
  if (aggregate === undefined || aggregate === "first") return value;
  return `{"fn":"${aggregate satisfies Aggregate}","args":[${value}]}` as Text<Expr>;
}

/** `desc`, or for many rows `desc(max)`. */
function parse(found: Found): { aggregate: OrderAggregate | undefined; desc: boolean } {
  const { direction, aggregates, path } = found;
  const [, way, name] = /^(asc|desc)(?:\((\w+)\))?$/.exec(String(direction)) ?? [];
  const aggregate = aggregates.find((known) => known === name);
  if (way !== undefined && aggregate === name && (name !== undefined || aggregates.length === 0))
    return { aggregate, desc: way === "desc" };
  const candidates = aggregates.length === 0 ? [""] : aggregates.map((known) => `(${known})`);
  throw new VirgaError({
    code: "invalid_query",
    message: `Invalid order "${path.split(".").at(-1)}": unknown direction "${String(direction)}"`,
    path,
    hint: candidatesHint(
      String(direction),
      candidates.flatMap((suffix) => [`asc${suffix}`, `desc${suffix}`]),
    ),
  });
}
