import { columnClasses, SQLiteColumn } from "./column.js";

/** The classes of columns by their kinds, for `is(column, SQLiteInteger)`. */
export const {
  SQLiteBigInt,
  SQLiteBlobBuffer,
  SQLiteBlobJson,
  SQLiteBoolean,
  SQLiteCustomColumn,
  SQLiteInteger,
  SQLiteInteger64,
  SQLiteNumeric,
  SQLiteNumericBigInt,
  SQLiteNumericNumber,
  SQLiteReal,
  SQLiteText,
  SQLiteTextJson,
  SQLiteTimestamp,
} = columnClasses(SQLiteColumn, [
  "SQLiteBigInt",
  "SQLiteBlobBuffer",
  "SQLiteBlobJson",
  "SQLiteBoolean",
  "SQLiteCustomColumn",
  "SQLiteInteger",
  "SQLiteInteger64",
  "SQLiteNumeric",
  "SQLiteNumericBigInt",
  "SQLiteNumericNumber",
  "SQLiteReal",
  "SQLiteText",
  "SQLiteTextJson",
  "SQLiteTimestamp",
]);
