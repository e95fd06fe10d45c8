import type { Program } from "../protocol.js";
import * as virga from "virga";
import * as betterSqlite3 from "virga/better-sqlite3";
import * as nodePostgres from "virga/node-postgres";
import * as pg from "virga/pg";
import * as pgCore from "virga/pg-core";
import * as sqlJs from "virga/sql-js";
import * as sqliteCore from "virga/sqlite-core";
import * as sqliteExpressions from "virga/sqlite-core/expressions";

const libraries: Readonly<Record<string, object>> = {
  virga,
  "virga/better-sqlite3": betterSqlite3,
  "virga/node-postgres": nodePostgres,
  "virga/pg": pg,
  "virga/pg-core": pgCore,
  "virga/sql-js": sqlJs,
  "virga/sqlite-core": sqliteCore,
  "virga/sqlite-core/expressions": sqliteExpressions,
};

/** The modules that user code can import, by the names that `program/resolve.ts` gives them. */
export function librariesFor({ data }: Program): Readonly<Record<string, object>> {
  return { ...libraries, "playground/data": { data } };
}
