// The keys under which tables and views keep what is not a column: the same as Drizzle's.
const symbol = <T extends symbol>(name: string): T => Symbol.for(`drizzle:${name}`) as T;

export const TableName: unique symbol = symbol("Name");
export const TableOriginalName: unique symbol = symbol("OriginalName");
export const TableBaseName: unique symbol = symbol("BaseName");
export const TableSchema: unique symbol = symbol("Schema");
export const TableColumns: unique symbol = symbol("Columns");
export const ExtraConfigColumns: unique symbol = symbol("ExtraConfigColumns");
export const ExtraConfigBuilder: unique symbol = symbol("ExtraConfigBuilder");
export const IsAlias: unique symbol = symbol("IsAlias");
export const IsDrizzleTable: unique symbol = symbol("IsDrizzleTable");
export const IsDrizzleView: unique symbol = symbol("IsDrizzleView");
/** Ours: the table that an alias stands for. */
export const AliasOf: unique symbol = symbol("AliasOf");
/** Ours: what a view selects. */
export const ViewQuery: unique symbol = symbol("ViewQuery");
