// Postgres columns on SQLite: the same programs, stored as SQLite stores such values best (PG.md).
export * from "./pg-dates.js";
export * from "./pg-numbers.js";
export * from "./pg-shapes.js";
export * from "./pg-texts.js";
