import { camelCaseTable, snakeCaseTable } from "../schema/sqlite-table.js";
import { camelCaseView, snakeCaseView } from "./view.js";

/** Tables and views whose columns have their keys in snake_case as names. */
export const snakeCase = { table: snakeCaseTable, view: snakeCaseView };

/** Tables and views whose columns have their keys in camelCase as names. */
export const camelCase = { table: camelCaseTable, view: camelCaseView };
